import { LEVEL, type SizedLosses } from '@hyperlaw/report';
import { describe, expect, it } from 'vitest';
import { type Compared, decide, overall } from './decision-rule.ts';
import { type Comparison, comparisons } from './equal-budgets.ts';
import { everywhere, type MadeUp, madeUpSweep } from './testing/made-up-sweeps.ts';

const noise = { tuning: 0.03, seed: 0.05, noise: 0.04 };
const decideOn = (law: MadeUp, run = 0) => decide(madeUpSweep(law, { run }));
const better = (x: number) => -0.1 * x;
const worse = (x: number) => 0.1 * x;
const flat = () => 0;
const words = (law: MadeUp, run = 0) => {
  const { verdict, parts } = decideOn(law, run);
  return [...comparisons.map((each) => parts[each].verdict), verdict];
};
const everyTask = (
  sweep: Readonly<Record<Comparison, Compared>>,
  change: (task: SizedLosses) => SizedLosses,
) => {
  const of = ({ named, random }: Compared) => ({
    named: named.map(change),
    random: random.map(change),
  });
  return {
    width: of(sweep.width),
    parameters: of(sweep.parameters),
    compute: of(sweep.compute),
  };
};

describe('what the rule says of made-up data', () => {
  it('supports where deeper is better whatever is held equal', () => {
    expect(words({ ...noise, curve: everywhere(better) })).toEqual(Array(4).fill('supported'));
  });

  it('refutes where deeper is worse whatever is held equal', () => {
    expect(words({ ...noise, curve: everywhere(worse) })).toEqual(Array(4).fill('refuted'));
  });

  it('is mixed where the answer turns on what is held equal', () => {
    expect(words({ ...noise, curve: { width: better, parameters: flat, compute: worse } })).toEqual(
      [...['supported', 'inconclusive', 'refuted', 'mixed']],
    );
  });

  it('is inconclusive where only some of the comparisons are decided', () => {
    expect(
      words({ ...noise, curve: { width: better, parameters: better, compute: flat } }),
    ).toEqual([...['supported', 'supported', 'inconclusive', 'inconclusive']]);
  });

  it('is mixed where depth helps first and hurts later', () => {
    const law: MadeUp = { ...noise, curve: everywhere((x) => 0.12 * (x - 3) ** 2) };
    expect(words(law)).toEqual(Array(4).fill('mixed'));
  });

  it('stays with the claims where a loss saturates', () => {
    const law: MadeUp = { ...noise, curve: everywhere((x) => Math.log2(0.1 + 2 ** (-1.5 * x))) };
    expect(words(law)).toEqual(Array(4).fill('supported'));
  });

  it('is inconclusive where an effect is sure and too small to matter, but for its wins', () => {
    const law: MadeUp = {
      ...{ tuning: 1e-4, seed: 0.05, noise: 1e-4 },
      curve: everywhere((x) => -0.002 * x),
    };
    const { parts } = decideOn(law);
    for (const { claims } of comparisons.map((each) => parts[each])) {
      const tasks = claims.filter(({ task }) => task !== null);
      for (const { verdict } of tasks) expect(verdict).toBe('inconclusive');
    }
    expect(decideOn(law).verdict).toBe('inconclusive');
  });

  it('says of three answers what they come to', () => {
    expect(overall(['supported', 'supported', 'mixed'])).toBe('mixed');
    expect(overall(['supported', 'inconclusive', 'refuted'])).toBe('mixed');
    expect(overall(['refuted', 'refuted', 'inconclusive'])).toBe('inconclusive');
  });
});

describe('with no effect', () => {
  const runs = 300;
  // Three binomial standard errors above the level.
  const most = (level: number) => level + 3 * Math.sqrt((level * (1 - level)) / runs);
  const laws: Readonly<Record<string, MadeUp>> = {
    'tuning and seeds alike': { ...noise, curve: everywhere(flat) },
    'tuning five times as noisy as seeds': {
      ...{ tuning: 0.1, seed: 0.05, noise: 0.02 },
      curve: everywhere(flat),
    },
    'tuning that can only miss': { ...noise, skewed: true, curve: everywhere(flat) },
    'seeds alone': { tuning: 0, seed: 0.05, noise: 0.04, curve: everywhere(flat) },
  };
  const shares = (law: MadeUp, random: number) => {
    const counts = { verdict: 0, comparison: 0, task: 0 };
    for (let run = 0; run < runs; run++) {
      const { verdict, parts } = decide(madeUpSweep(law, { run, random }));
      if (verdict !== 'inconclusive') counts.verdict++;
      // Comparisons share an arm and are alike in law: one stands for all.
      if (parts.width.verdict !== 'inconclusive') counts.comparison++;
      const tasks = parts.width.claims.filter(({ task }) => task !== null);
      if (tasks.some(({ verdict: word }) => word !== 'inconclusive')) counts.task++;
    }
    return {
      verdict: counts.verdict / runs,
      comparison: counts.comparison / runs,
      task: counts.task / runs,
    };
  };

  for (const [name, law] of Object.entries(laws)) {
    it(`errs about any task of a comparison, and overall, no more often than the level, noise of ${name}`, () => {
      const { verdict, comparison, task } = shares(law, 0);
      expect(task).toBeLessThanOrEqual(most(LEVEL));
      expect(comparison).toBeLessThanOrEqual(most(LEVEL));
      expect(verdict).toBeLessThanOrEqual(most(LEVEL));
    });
  }

  it('errs about a comparison no more often than the level with random tasks beside', () => {
    const { verdict, comparison } = shares({ ...noise, curve: everywhere(flat) }, 24);
    expect(comparison).toBeLessThanOrEqual(most(LEVEL));
    expect(verdict).toBeLessThanOrEqual(most(LEVEL));
  });

  it('errs less than twice as often about a task where tuning noise of neighbours is correlated by a tenth', () => {
    // What borrowing may do; noise of tuning five times that of seeds, which is the worst for it.
    const law: MadeUp = {
      ...{ tuning: 0.1, seed: 0.05, noise: 0.02, shared: 0.1 },
      curve: everywhere(flat),
    };
    const { verdict, comparison, task } = shares(law, 0);
    expect(task).toBeLessThan(2 * LEVEL);
    expect(comparison).toBeLessThanOrEqual(LEVEL);
    expect(verdict).toBeLessThanOrEqual(LEVEL);
  });

  it('errs little more often where deep nets are three times as noisy as shallow ones', () => {
    expect(shares({ ...noise, deepNoise: 3, curve: everywhere(flat) }, 0).task).toBeLessThan(
      2 * LEVEL,
    );
  });
});

describe('arms on the edge of their range', () => {
  const edged = (curve: (x: number) => number, edge: (depth: number) => boolean): MadeUp => ({
    ...noise,
    curve: everywhere(curve),
    status: (depth) => (edge(depth) ? 'edge' : 'interior'),
  });

  it('cannot support the claim if shallow, nor refute it if deep', () => {
    const shallow = decideOn(
      edged(
        (x) => 0.3 * Math.max(0, 3 - x),
        (depth) => depth < 8,
      ),
    );
    for (const each of comparisons) expect(shallow.parts[each].verdict).not.toBe('supported');
    const deep = decideOn(
      edged(
        (x) => (x > 4 ? 1 : 0),
        (depth) => depth > 16,
      ),
    );
    for (const each of comparisons) expect(deep.parts[each].verdict).toBe('inconclusive');
  });

  it('leave a claim that does not need them', () => {
    const { parts } = decideOn(edged(better, (depth) => depth === 64));
    for (const each of comparisons) expect(parts[each].verdict).toBe('supported');
  });
});

describe('runs that diverged', () => {
  it('count as having learnt nothing, and are not dropped', () => {
    const sweep = madeUpSweep({ ...noise, curve: everywhere(flat) }, { run: 9 });
    const broken = everyTask(sweep, (task) => ({
      ...task,
      arms: task.arms.map((arm) =>
        arm.size > 4 ? { ...arm, losses: arm.losses.map(() => null) } : arm,
      ),
    }));
    const { verdict, parts } = decide(broken);
    expect(verdict).not.toBe('supported');
    expect(parts.width.effects[0]?.diverged).toBe(24);
    for (const { slope } of parts.width.effects) expect(slope.estimate).toBeGreaterThan(0.5);
  });
});
