import { LEVEL } from '@hyperlaw/report';
import { normals, randomStream } from '@hyperlaw/tasks';
import { describe, expect, it } from 'vitest';
import { type Axis, axisNames } from './axes.ts';
import { type Drifts, decide } from './decision-rule.ts';
import { type Proposal, proposalNames } from './proposals.ts';

/** Made-up drifts of every proposal along every axis, normal about their mean; a pure function of the run. */
function madeUp(
  mean: (proposal: Proposal, axis: Axis) => number,
  { run = 0, noise = 0.08, tasks = 6 }: { run?: number; noise?: number; tasks?: number } = {},
): readonly Drifts[] {
  const normal = normals(randomStream({ seed: run, role: 'made-up', path: [] }));
  return axisNames.flatMap((axis) =>
    proposalNames.map((proposal) => ({
      ...{ axis, proposals: [proposal] },
      drifts: Array.from({ length: tasks }, () => mean(proposal, axis) + noise * normal()),
    })),
  );
}
const answerOf = (drifts: readonly Drifts[], proposal: Proposal) =>
  decide(drifts).answers.find((answer) => answer.proposal === proposal)?.verdict;

describe('what the rule says of made-up drifts', () => {
  it('supports where one proposal stays put along every axis', () => {
    const drifts = madeUp((proposal) => (proposal === 'all-scaling-mssp' ? 0 : -1));
    expect(decide(drifts).verdict).toBe('supported');
    expect(answerOf(drifts, 'all-scaling-mssp')).toBe('supported');
    expect(answerOf(drifts, 'sp')).toBe('refuted');
  });

  it('gives a decided claim the p of the test that decided it', () => {
    const { claims } = decide(madeUp((proposal) => (proposal === 'sp' ? -1 : 0)));
    const decided = claims.filter(({ claim }) => claim.verdict !== 'inconclusive');
    expect(decided.length).toBeGreaterThan(claims.length / 2);
    for (const { claim } of decided) expect(claim.pValue).toBeLessThanOrEqual(LEVEL);
  });

  it('does not count SP among the proposals', () => {
    const drifts = madeUp((proposal) => (proposal === 'sp' ? 0 : -1));
    expect(decide(drifts).verdict).toBe('refuted');
  });

  it('refutes where every proposal moves along some axis, each along its own', () => {
    const drifts = madeUp((proposal, axis) =>
      axisNames.indexOf(axis) === proposalNames.indexOf(proposal) % axisNames.length ? 0.8 : 0,
    );
    expect(decide(drifts).verdict).toBe('refuted');
  });

  it('judges a proposal on the axes that it is for, and on no other', () => {
    const drifts = madeUp((_, axis) => (axis === 'all' || axis === 'experts' ? -0.7 : 0));
    expect(answerOf(drifts, 'fixed-experts')).toBe('supported');
    expect(answerOf(drifts, 'all-scaling')).toBe('refuted');
    expect(answerOf(drifts, 'router-as-output')).toBe('mixed');
    expect(answerOf(drifts, 'bottleneck')).toBe('supported');
  });

  it('is inconclusive where tasks are too few, or disagree', () => {
    expect(decide(madeUp(() => 0, { tasks: 2 })).verdict).toBe('inconclusive');
    expect(decide(madeUp(() => 0.2, { noise: 0.5 })).verdict).toBe('inconclusive');
  });

  it('names the rule that stays put along every axis, once under all its names', () => {
    const pair: readonly Proposal[] = ['all-scaling', 'bottleneck'];
    const single = madeUp((proposal) => (pair.includes(proposal) ? 0 : -1));
    const drifts = single
      .filter(({ proposals: [name] }) => name !== 'bottleneck')
      .map((own) => (own.proposals[0] === 'all-scaling' ? { ...own, proposals: pair } : own));
    const { everywhere } = decide(drifts);
    expect(everywhere).toHaveLength(6);
    const found = everywhere.filter(({ verdict }) => verdict === 'supported');
    expect(found.map(({ proposals }) => proposals)).toEqual([pair]);
  });

  it('finds no rule where an axis is missing', () => {
    const drifts = madeUp(() => 0).filter(({ axis }) => axis !== 'fine');
    expect(decide(drifts).verdict).toBe('inconclusive');
  });

  it('takes proposals that train alike as one claim', () => {
    const together: Drifts = {
      ...{ axis: 'width', proposals: ['router-as-output', 'fixed-experts'] },
      drifts: [0.01, -0.02, 0.02, 0.0],
    };
    const { claims, answers } = decide([together]);
    expect(claims).toHaveLength(1);
    expect(claims[0]?.claim.name).toContain('router as output = fixed experts');
    expect(answers.find(({ proposal }) => proposal === 'fixed-experts')?.verdict).toBe('supported');
  });
});

describe('errs no more often than the level', () => {
  const runs = 300;
  // Three binomial standard errors above it.
  const most = LEVEL + 3 * Math.sqrt((LEVEL * (1 - LEVEL)) / runs);
  const share = (mean: number, noise: number, wrong: (verdicts: readonly string[]) => boolean) => {
    let count = 0;
    for (let run = 0; run < runs; run++) {
      const { claims } = decide(madeUp(() => mean, { run, noise }));
      if (wrong(claims.map(({ claim }) => claim.verdict))) count++;
    }
    return count / runs;
  };

  it('in refuting any claim, where drifts stand on the margin', () => {
    for (const noise of [0.05, 0.2]) {
      expect(share(0.25, noise, (words) => words.includes('refuted'))).toBeLessThanOrEqual(most);
    }
  });

  it('in finding a rule, where every rule stands on the margin along one axis', () => {
    let count = 0;
    for (let run = 0; run < runs; run++) {
      const drifts = madeUp((_, axis) => (axis === 'all' ? 0.25 : 0), { run, noise: 0.1 });
      if (decide(drifts).verdict === 'supported') count++;
    }
    // Without correction for seven rules, about one in six.
    expect(count / runs).toBeLessThanOrEqual(most);
  });

  it('in supporting a claim whose drift stands on the margin', () => {
    const rate = share(0.25, 0.1, ([word]) => word === 'supported');
    expect(rate).toBeLessThanOrEqual(most);
  });
});
