import { cpuLaboratory } from '@hyperlaw/cli/testing';
import type { Experiment } from '@hyperlaw/sweep';
import { randomStream } from '@hyperlaw/tasks';
import { describe, expect, it } from 'vitest';
import { findingOf } from '../../finding-of.ts';
import { madeUpEvidence } from '../../testing/made-up-evidence.ts';
import { targetLoss } from './inputs.ts';
import { learningRateRules } from './law.ts';
import type { LinearRunsInput } from './linear-runs.ts';
import { measureLearningRateRules } from './measure.ts';
import { type NetRampInput, type NetSweepInput, rampRate } from './nets.ts';
import { raceLoss } from './race-theory.ts';
import { exactLosses } from './range-found.ts';
import { sizes } from './sizes.ts';

/** How a made-up world departs from theory. */
interface Departure {
  /** Added to the power of the batch size in best rates. */
  readonly power?: number;
  /** Factor on the rates of ramps on linear regression. */
  readonly ramps?: number;
  /** Decades between the losses' turn in ramps of nets and where it should be. */
  readonly decades?: number;
  /** Names of experiments that failed. */
  readonly failed?: RegExp;
  /** Factor on SGD's losses on linear regression at one batch size. */
  readonly off?: { readonly batch: number; readonly factor: number };
}

/** The middle of planned rates, which is where theory puts the best. */
const middleOf = (rates: readonly number[]): number => rates[(rates.length - 1) / 2] as number;

function world({ power = 0, ramps = 1, decades = 0, failed, off }: Departure) {
  const made = (experiment: Experiment): object | null => {
    if (failed?.test(experiment.name)) return null;
    const noises = new Float32Array(4096);
    randomStream({ seed: 1, role: 'noise', path: [experiment.name] }).fillNormal(0, noises);
    let used = 0;
    const noise = () => noises[used++ % noises.length] as number;
    const sweep = (rates: readonly number[], batch: number, count: number, least: number) => {
      const best = middleOf(rates) * batch ** power;
      const shifts = Array.from({ length: count }, () => 0.05 * noise());
      return rates.map((rate) =>
        shifts.map((shift) => least * (1 + 0.1 * (Math.log2(rate / best) - shift) ** 2)),
      );
    };
    switch (experiment.kind) {
      case 'linearRuns': {
        const input = experiment.input as LinearRunsInput;
        const { rates, batch, groups } = input;
        if (rates.length > 1) {
          const { optimizer } = input;
          const times = optimizer === 'sgd' && batch === off?.batch ? off.factor : 1;
          const scatter = Array.from({ length: groups }, () => times * (1 + 0.01 * noise()));
          // As theory has it, of rates in units of the made-up best.
          const race = (rate: number) =>
            scatter.map((each) => each * raceLoss(optimizer, batch, rate / batch ** power));
          const losses = experiment.name.includes('race')
            ? rates.map(race)
            : sweep(rates, 1, groups, targetLoss);
          return { losses: losses.map((row) => row.map((loss) => [loss])) };
        }
        const exact = exactLosses({ ...input, rates: rates.map((rate) => rate * ramps) });
        const finite = (loss: number) => (Number.isFinite(loss) ? loss : null);
        const group = () => exact.map((loss) => finite(loss * (1 + 1e-4 * noise())));
        return { losses: [Array.from({ length: groups }, group)] };
      }
      case 'netSweep': {
        const { rates, batch, seeds } = experiment.input as NetSweepInput;
        return {
          losses: sweep(rates, experiment.name.includes('n=32') ? batch : 1, seeds.length, 2),
        };
      }
      default: {
        const input = experiment.input as NetRampInput;
        const best =
          input.optimizer === 'adam'
            ? 2 ** -7
            : input.task.kind === 'teacher'
              ? 2 ** -5
              : 2 ** -1.5;
        const lossAt = (rate: number) => {
          const x = Math.log10(rate / best) - decades;
          return 3 - Math.tanh(3 * (x + 0.5)) + (x > 0 ? 50 * x ** 2 : 0);
        };
        const run = () =>
          Array.from(
            { length: input.steps },
            (_, t) => lossAt(rampRate(input, t)) + 1e-3 * noise(),
          );
        return { losses: input.seeds.map(run) };
      }
    }
  };
  return findingOf(learningRateRules, madeUpEvidence(learningRateRules, made));
}

describe('the law of learning-rate rules', () => {
  it('holds where results follow theory and rules of thumb', () => {
    const { verdict, claims, figures } = world({});
    expect(claims.filter((claim) => claim.verdict !== 'supported')).toEqual([]);
    expect(verdict).toBe('supported');
    expect(figures.map(({ chart }) => chart.spec('wide'))).toHaveLength(6);
  });

  it('fails where the best rate takes another power, and ramps turn elsewhere', () => {
    const { claims } = world({ ramps: 2, decades: -2, power: 0.15 });
    const refuted = claims.filter(({ verdict }) => verdict === 'refuted');
    const of = (word: string) => refuted.filter(({ name }) => name.includes(word)).length;
    expect(of('over the exact recursion’s')).toBe(2);
    expect(of('over the swept optimum')).toBe(8);
    // Large batches would have their best rates beyond the sweeps, and stay undecided.
    expect(of('Power of the batch size')).toBe(4);
  });

  it('fails where one batch size does, which a mean over all would hide', () => {
    const { claims } = world({ off: { batch: 8, factor: 1.15 } });
    const refuted = claims.filter(({ verdict }) => verdict === 'refuted').map(({ name }) => name);
    expect(refuted).toEqual([expect.stringMatching(/^Loss of SGD at theory’s best rate/)]);
  });

  it('says what it could not measure where a whole part failed', () => {
    const { claims } = world({ failed: /race/ });
    expect(JSON.stringify(claims)).not.toMatch(/Infinity|NaN|null … /);
    const missing = claims.filter(({ test }) => test === 'not measured');
    // Twenty races, and all eight claims that rest on them.
    expect(missing).toHaveLength(28);
    expect(world({ failed: /./ }).figures).toEqual([]);
  });

  it('resamples no fewer seeds than a bootstrap needs', () => {
    for (const profile of ['standard', 'full'] as const) {
      // Of fewer than five units an interval that says 95 % covers much less.
      expect(sizes[profile].netSeeds).toBeGreaterThanOrEqual(5);
      expect(sizes[profile].rangeSeeds).toBeGreaterThanOrEqual(5);
    }
  });

  it('keeps what was measured where an experiment failed', () => {
    const { verdict, claims, figures } = world({ failed: /race sgd B=4$/ });
    expect(verdict).toBe('inconclusive');
    expect(claims.filter(({ test }) => test === 'not measured')).toHaveLength(1);
    expect(figures).toHaveLength(6);
  });
});

it('trains linear regression along the exact recursion', async () => {
  const input: LinearRunsInput = {
    ...{ optimizer: 'sgd', batch: 4, rates: [0.004], growth: 1.02, groups: 2, perGroup: 64 },
    ...{ steps: 60, stops: [20, 60], seed: 7 },
  };
  const { losses } = await measureLearningRateRules.linearRuns(input, cpuLaboratory());
  const exact = exactLosses(input);
  for (const group of losses[0] ?? []) {
    group.forEach((loss, i) => {
      // A run's loss scatters by about a fifth of itself, the mean of 64 by an eighth of that.
      expect(Math.abs((loss ?? 0) / (exact[i] as number) - 1)).toBeLessThan(0.1);
    });
  }
});
