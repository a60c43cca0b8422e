import { LEVEL } from '@hyperlaw/report';
import { describe, expect, it } from 'vitest';
import { decide, taskClaims, taskEffect } from './decision-rule.ts';
import type { TaskMeasurements } from './measurements.ts';
import { type MadeUp, madeUpSweep } from './testing/made-up-sweeps.ts';

const noise = { tuning: 0.03, seed: 0.05, noise: 0.04 };
const decideOn = (law: MadeUp, run = 0) => {
  const { named, random } = madeUpSweep(law, { run });
  return decide(named, random);
};
const words = (law: MadeUp, run = 0) => {
  const { claims } = decideOn(law, run);
  return claims.filter(({ task }) => task !== null).map(({ verdict }) => verdict);
};
const allOf = (word: string) => Array.from({ length: 7 }, () => word);

describe('what the rule says of made-up data', () => {
  it('supports where wider is better', () => {
    const law: MadeUp = { ...noise, curve: (x) => -0.1 * x };
    expect(decideOn(law).verdict).toBe('supported');
    expect(words(law)).toEqual(allOf('supported'));
  });

  it('refutes where wider is worse', () => {
    const law: MadeUp = { ...noise, curve: (x) => 0.1 * x };
    expect(decideOn(law).verdict).toBe('refuted');
    expect(words(law)).toEqual(allOf('refuted'));
  });

  it('is mixed where wider helps first and hurts later', () => {
    const law: MadeUp = { ...noise, curve: (x) => 0.12 * (x - 5.5) ** 2 };
    expect(decideOn(law).verdict).toBe('mixed');
    expect(words(law)).toEqual(allOf('mixed'));
  });

  it('is mixed where wider helps in some tasks and hurts in others', () => {
    const better = madeUpSweep({ ...noise, curve: (x) => -0.1 * x }, { run: 1 });
    const worse = madeUpSweep({ ...noise, curve: (x) => 0.1 * x }, { run: 2, named: 2 });
    expect(decide([...better.named, ...worse.named], better.random).verdict).toBe('mixed');
  });

  it('stays with the claims where a loss saturates', () => {
    const law: MadeUp = { ...noise, curve: (x) => Math.log2(0.1 + 8 * 2 ** (-1.5 * x)) };
    expect(words(law)).toEqual(allOf('supported'));
  });

  it('is inconclusive where an effect is sure and too small to matter', () => {
    const law: MadeUp = { tuning: 1e-4, seed: 0.05, noise: 1e-4, curve: (x) => -0.002 * x };
    expect(words(law)).toEqual(allOf('inconclusive'));
  });

  it('decides nothing on two widths and two tasks, as in a smoke run', () => {
    const { named } = madeUpSweep({ ...noise, curve: () => 0 }, { run: 3, named: 2 });
    const two = named.map((task) => ({ ...task, mup: task.mup.slice(0, 2), sp: [] }));
    expect(decide(two, []).verdict).toBe('inconclusive');
  });
});

describe('with no effect', () => {
  const runs = 400;
  // Three binomial standard errors above the level.
  const most = (level: number) => level + 3 * Math.sqrt((level * (1 - level)) / runs);
  const decided = (law: MadeUp, run: number) => {
    const { named } = madeUpSweep(law, { run, random: 0 });
    return taskClaims(named).some(({ verdict }) => verdict !== 'inconclusive');
  };
  const errorsOf = (law: MadeUp) =>
    Array.from({ length: runs }, (_, run) => decided(law, run)).filter(Boolean).length / runs;

  it('no verdict is more frequent than the level, nor is a claim of the sample', () => {
    const law: MadeUp = { ...noise, curve: () => 0 };
    let [verdicts, shares, means] = [0, 0, 0];
    for (let run = 0; run < runs; run++) {
      const { verdict, claims } = decideOn(law, run);
      const [share, mean] = claims.filter(({ task }) => task === null);
      if (verdict === 'supported' || verdict === 'refuted') verdicts++;
      if (share?.verdict !== 'inconclusive') shares++;
      if (mean?.verdict !== 'inconclusive') means++;
    }
    for (const count of [verdicts, shares, means]) {
      expect(count / runs).toBeLessThanOrEqual(most(LEVEL));
    }
  });

  const laws: Readonly<Record<string, MadeUp>> = {
    'tuning and seeds alike': { ...noise, curve: () => 0 },
    'tuning five times as noisy as seeds': { tuning: 0.1, seed: 0.05, noise: 0.02, curve: () => 0 },
    'tuning that can only miss': { ...noise, skewed: true, curve: () => 0 },
    'seeds alone': { tuning: 0, seed: 0.05, noise: 0.04, curve: () => 0 },
  };
  for (const [name, law] of Object.entries(laws)) {
    it(`any claim at all about seven tasks is rarer than the level, where noise is of ${name}`, () => {
      expect(errorsOf(law)).toBeLessThanOrEqual(most(LEVEL));
    });
  }

  it('errs little more often where narrow nets are three times as noisy as wide ones', () => {
    // The scatter is then less than the noise of the narrowest arm, on which the slope leans most.
    expect(errorsOf({ ...noise, narrowNoise: 3, curve: () => 0 })).toBeLessThan(2 * LEVEL);
  });
});

describe('arms on the edge of their range', () => {
  const better: MadeUp = { ...noise, curve: (x) => -0.1 * x };
  const fallOfNarrow: MadeUp = {
    ...noise,
    curve: (x) => 0.3 * Math.max(0, 6 - x),
    status: (width) => (width < 64 ? 'edge' : 'interior'),
  };
  const claimsOf = (tasks: readonly TaskMeasurements[]) => taskClaims(tasks);

  it('cannot support the claim if narrow', () => {
    const { named } = madeUpSweep(fallOfNarrow, { run: 5 });
    for (const { verdict } of claimsOf(named)) expect(verdict).not.toBe('supported');
    const interior = named.map((task) => ({
      ...task,
      mup: task.mup.map((arm) => ({ ...arm, status: 'interior' as const })),
    }));
    for (const { verdict } of claimsOf(interior)) expect(verdict).toBe('supported');
  });

  it('are joined by arms that SP beats at their width', () => {
    const { named } = madeUpSweep({ ...noise, curve: (x) => 0.3 * Math.max(0, 6 - x) }, { run: 5 });
    const flat = madeUpSweep({ ...noise, curve: () => 0 }, { run: 6 }).named;
    const tasks = named.map((task, i) => ({ ...task, sp: flat[i]?.sp ?? [] }));
    for (const { verdict, note } of claimsOf(tasks)) {
      expect(verdict).not.toBe('supported');
      expect(note).toMatch(/Width 8, 16, 32(, \d+)* beaten by another parameterization\./);
    }
  });

  it('cannot refute the claim if wide', () => {
    const { named } = madeUpSweep(
      {
        ...noise,
        curve: (x) => (x > 7 ? 1 : 0),
        status: (width) => (width > 128 ? 'edge' : 'interior'),
      },
      { run: 6 },
    );
    for (const { verdict } of claimsOf(named)) expect(verdict).toBe('inconclusive');
  });

  it('leave a claim that does not need them', () => {
    const { named } = madeUpSweep(
      { ...better, status: (width) => (width === 8 ? 'edge' : 'interior') },
      { run: 7 },
    );
    for (const { verdict, note } of claimsOf(named)) {
      expect(verdict).toBe('supported');
      expect(note).toMatch(/Width 8 on the edge of its range\..* Where that favours the effect/);
    }
  });

  it('of a share count only as losses', () => {
    const { random } = madeUpSweep(
      { ...better, status: (width) => (width === 8 ? 'edge' : 'interior') },
      { run: 8 },
    );
    expect(decide([], random).claims[0]?.verdict).toBe('inconclusive');
  });
});

describe('runs that diverged', () => {
  it('count as having learnt nothing, on either side', () => {
    const { named } = madeUpSweep({ ...noise, curve: () => 0 }, { run: 9 });
    const diverged = (from: number) =>
      named.map((task) => ({
        ...task,
        mup: task.mup.map((arm, i) => ({
          ...arm,
          losses: arm.losses.map((loss) => (i >= from ? null : loss)),
        })),
      }));
    const slopes = diverged(3).map((task) => taskEffect(task).slope.estimate);
    for (const slope of slopes) expect(slope).toBeGreaterThan(0.5);
  });
});
