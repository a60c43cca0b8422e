import type { Evidence } from '@hyperlaw/cli';
import { defineProtocol, madeUpOutcome, planSize, type Tune } from '@hyperlaw/sweep';
import { describe, expect, it } from 'vitest';
import { suite } from './suite.ts';

/** A tuner that trains nothing: losses follow a law of width and noise. */
function madeUpTune(harm: (task: { noise: number }) => number): Tune & { trials: number } {
  const tune: Tune = async (arms, protocol) => {
    made.trials += planSize(arms, protocol).trials;
    return arms.map((arm) => {
      const { of } = arm.task as { readonly of: { readonly noise: number; instance: number } };
      const { width } = (arm.shape as { readonly model: { readonly width: number } }).model;
      const level = -2 + (harm(of) * Math.log2(width / 8)) / 4 + 0.01 * ((of.instance % 7) - 3);
      return madeUpOutcome(arm, {
        setting: arm.space.map(() => 0),
        lossOf: (seed) => 2 ** (level + 0.002 * ((seed * width) % 5)),
        ...{ tuningSeeds: 2, judgeSeeds: 3 },
      });
    });
  };
  const made = Object.assign(tune, { trials: 0 });
  return made;
}

async function evidence(tune: Tune): Promise<Evidence> {
  return {
    ...{ profile: 'standard', arms: [], protocol: defineProtocol(), tasks: [], skipped: [] },
    ...{ outcomes: [], measured: () => ({ status: 'failed', reason: 'none' }) },
    studied: (await suite.study?.('standard', tune)) ?? {},
  };
}

describe('the suite', () => {
  it('finds, within its budget, harm that a made-up tuner plants where labels are noisiest', async () => {
    const tune = madeUpTune(({ noise }) => (noise === 2 ? 0.4 : -0.4));
    const made = await evidence(tune);
    expect(tune.trials).toBeLessThan(25_000);
    const { verdict, statement, claims } = suite.judge(made);
    expect(verdict).toBe('supported');
    expect(statement).toMatch(/^A counterexample: in the task leap \d, d=\d+, n=\d+, σ=2, /);
    expect(claims[0]?.effect).toBeCloseTo(0.4, 1);
    const figures = suite.page(made, {} as never).figures.map(({ id }) => id);
    expect(figures).toEqual([
      'finalists',
      'found',
      'progress',
      'belief',
      'family',
      'winners-curse',
    ]);
  });

  it('is inconclusive, and says how far it went, where wider never hurts', async () => {
    const { verdict, statement } = suite.judge(await evidence(madeUpTune(() => -0.2)));
    expect(verdict).toBe('inconclusive');
    expect(statement).toMatch(
      /^No counterexample was found with 100 of the 6,400 tasks .* and none by more than −1/,
    );
  });
});
