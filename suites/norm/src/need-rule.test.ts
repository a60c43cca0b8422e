import { LEVEL } from '@hyperlaw/report';
import { describe, expect, it } from 'vitest';
import { type Contest, NEED_MARGIN } from './need-gaps.ts';
import { decideNeed } from './need-rule.ts';
import { type MadeUp, madeUpContests } from './testing/made-up-contests.ts';

const noise = { tuning: 0.02, seed: 0.05, noise: 0.02 };
const verdictOf = (law: MadeUp, run = 0) => decideNeed(madeUpContests(law, { run })).verdict;

describe('what the rule says of made-up data', () => {
  it('refutes the need where one replacement is as good everywhere', () => {
    const law: MadeUp = { ...noise, gap: (_, r) => (r === 3 ? 0 : 0.6) };
    const decision = decideNeed(madeUpContests(law, { run: 1 }));
    expect(decision.verdict).toBe('refuted');
    const able = decision.replacements.filter(({ doesWithout }) => doesWithout);
    expect(able.map(({ id }) => id)).toEqual(['free-3']);
  });

  it('supports it where every replacement is worse in most tasks', () => {
    expect(verdictOf({ ...noise, gap: () => 0.5 })).toBe('supported');
    // The rest just behind, so that nothing is known of them.
    expect(verdictOf({ ...noise, gap: (k) => (k < 3 ? NEED_MARGIN : 0.5) })).toBe('supported');
  });

  it('is mixed where some tasks need norms and others do not', () => {
    const law: MadeUp = { ...noise, gap: (k, r) => (k % 2 === 0 ? 0.5 : r === 2 ? -0.1 : 0.3) };
    expect(verdictOf(law)).toBe('mixed');
  });

  it('is mixed, not refuted, where every task has a replacement of its own but one', () => {
    const law: MadeUp = { ...noise, gap: (k, r) => (k === 9 ? 0.6 : k % 7 === r ? -0.1 : 0.6) };
    expect(verdictOf(law)).toBe('mixed');
  });

  it('is inconclusive where gaps stand at the margin, or noise is as large as they are', () => {
    expect(verdictOf({ ...noise, gap: () => NEED_MARGIN })).toBe('inconclusive');
    const loud = { tuning: 0.3, seed: 0.05, noise: 0.3 };
    expect(verdictOf({ ...loud, gap: () => 0.2 })).toBe('inconclusive');
  });
});

describe('where gaps stand at the margin', () => {
  const runs = 200;
  // Three binomial standard errors above the level.
  const most = LEVEL + 3 * Math.sqrt((LEVEL * (1 - LEVEL)) / runs);
  const at = (law: Omit<MadeUp, 'gap'>, gap: MadeUp['gap']) => {
    let [decided, needed, not, able] = [0, 0, 0, 0];
    for (let run = 0; run < runs; run++) {
      const { verdict, results, replacements } = decideNeed(
        madeUpContests({ ...law, gap }, { run }),
      );
      if (verdict !== 'inconclusive') decided++;
      if (results.some(({ word }) => word === 'needed')) needed++;
      if (results.some(({ word }) => word === 'not needed')) not++;
      if (replacements.some(({ doesWithout }) => doesWithout)) able++;
    }
    return { decided: decided / runs, needed: needed / runs, not: not / runs, able: able / runs };
  };
  const laws: Readonly<Record<string, Omit<MadeUp, 'gap'>>> = {
    'tuning and seeds alike': { tuning: 0.03, seed: 0.05, noise: 0.03 },
    'tuning five times as noisy as seeds': { tuning: 0.05, seed: 0.05, noise: 0.01 },
    'seeds alone': { tuning: 0, seed: 0.05, noise: 0.04 },
  };

  for (const [name, law] of Object.entries(laws)) {
    it(`errs no more often than the level, noise of ${name}`, () => {
      const { decided, needed, not, able } = at(law, () => NEED_MARGIN);
      for (const share of [decided, needed, able]) expect(share).toBeLessThanOrEqual(most);
      // The champion is better tuned than its like, never worse: that some task does not need norms is found too seldom.
      expect(not).toBeLessThanOrEqual(most);
    });
  }

  it('does not say that a replacement does without where one task alone stands at the margin', () => {
    const law = laws['tuning and seeds alike'] as Omit<MadeUp, 'gap'>;
    const { able } = at(law, (k, r) => (k === 7 || r > 0 ? NEED_MARGIN : -0.3));
    expect(able).toBeLessThanOrEqual(most);
  });
});

describe('arms on the edge of their range', () => {
  it('cannot be proved worse without norms, nor be proved equalled with them', () => {
    const worse: MadeUp = { ...noise, gap: () => 0.5 };
    const free = (id: string) => (id.startsWith('free') ? 'edge' : 'interior');
    expect(verdictOf({ ...worse, status: free })).toBe('inconclusive');
    const normed = (id: string) => (id.startsWith('norm') ? 'edge' : 'interior');
    expect(verdictOf({ ...noise, gap: () => -0.1, status: normed })).toBe('inconclusive');
    // What an edge cannot undo stays.
    expect(verdictOf({ ...worse, status: normed })).toBe('supported');
    expect(verdictOf({ ...noise, gap: () => -0.1, status: free })).toBe('refuted');
  });
});

describe('replacements', () => {
  it('that were not tried in some contest cannot do without norms everywhere', () => {
    const contests = madeUpContests({ ...noise, gap: () => -0.1 }, { run: 3 });
    const without = (contest: Contest): Contest => ({
      ...contest,
      instances: contest.instances.map((instance) => ({
        ...instance,
        free: instance.free.filter(({ id }) => id !== 'free-2'),
      })),
    });
    const { replacements } = decideNeed(contests.map((c, k) => (k === 0 ? without(c) : c)));
    expect(replacements.find(({ id }) => id === 'free-2')?.doesWithout).toBe(false);
    expect(replacements.find(({ id }) => id === 'free-1')?.doesWithout).toBe(true);
  });

  it('that diverge count as having learnt nothing, and are not dropped', () => {
    const contests = madeUpContests({ ...noise, gap: () => 0 }, { run: 4 }).map((contest) => ({
      ...contest,
      instances: contest.instances.map((instance) => ({
        ...instance,
        free: instance.free.map((one) => ({ ...one, losses: one.losses.map(() => null) })),
      })),
    }));
    const { verdict, results } = decideNeed(contests);
    expect(verdict).toBe('supported');
    expect(results[0]?.gaps[0]?.diverged).toBe(16);
    expect(results[0]?.gaps[0]?.estimate).toBeGreaterThan(5);
  });
});
