import type { TaskLaw } from '@hyperlaw/tasks';
import {
  bestConstantRate,
  bestNormalizedRate,
  constantHalfLife,
  expectedLossCurve,
  largestStableRate,
  minimumOn,
  type TargetReached,
} from '@hyperlaw/theory';
import { initialLoss, initialSquaredErrors, linearLaw, problem } from './linear.ts';
import type { LinearRunsInput } from './linear-runs.ts';
import type { NetRampInput, NetSweepInput } from './nets.ts';
import { FINDER } from './range-test.ts';
import type { Sizes } from './sizes.ts';

const teacher: TaskLaw = {
  kind: 'teacher',
  ...{ inputDim: 8, outputDim: 1, width: 16, depth: 2, activation: 'relu', noise: 0, instance: 0 },
};

const bytes: TaskLaw = {
  kind: 'typescript-bytes',
  ...{ context: 8, codeDim: 4, vocabulary: 32, instance: 0 },
};

export const tasks = (): readonly TaskLaw[] => [linearLaw, teacher, bytes];

export const optimizers = ['sgd', 'adam'] as const;
export type RuleOptimizer = (typeof optimizers)[number];

/** Excess loss to reach on linear regression. */
export const targetLoss = 0.03 * initialLoss;

const ratesAround = (centre: number, count: number, density: number): readonly number[] =>
  Array.from({ length: count }, (_, i) => centre * 2 ** ((i - (count - 1) / 2) / density));

const seedsFrom = (first: number, count: number): readonly number[] =>
  Array.from({ length: count }, (_, i) => first + i);

/** Adam's memories at a batch size, of constant half-life in examples. */
function betasAt(
  batch: number,
  base: { readonly batch: number; readonly beta1: number; readonly beta2: number },
) {
  const kappa = batch / base.batch;
  return {
    beta1: constantHalfLife(base.beta1, kappa),
    beta2: constantHalfLife(base.beta2, kappa),
  };
}

/** Races that were asked for: each takes a tenth of a second, and plans, claims and lines want the same ones. */
const known = new Map<string, TargetReached>();

/** What theory says of the race to the target: exact for SGD, for Adam in the limit that `normalizedSteps` is. */
export function theoreticalRace(optimizer: RuleOptimizer, batchSize: number): TargetReached {
  const key = `${optimizer} ${batchSize}`;
  const race = { batchSize, initialSquaredErrors, targetLoss };
  const best =
    known.get(key) ??
    (optimizer === 'sgd' ? bestConstantRate(problem, race) : bestNormalizedRate(problem, race));
  known.set(key, best);
  return best;
}

const GROUPS = 8;

/**
 * Linear regression at every batch size for as many steps as theory's best rate takes to the target. The rate that has the
 * lowest loss then is the one that reaches the target first, and losses, unlike first passages, are smooth in the rate.
 */
export function races({ raceBatches, raceRuns }: Sizes): readonly LinearRunsInput[] {
  return optimizers.flatMap((optimizer, o) =>
    raceBatches.map((batch, b) => {
      const best = theoreticalRace(optimizer, batch);
      const steps = Math.max(1, Math.round(best.steps));
      return {
        ...{ optimizer, batch, groups: GROUPS, steps, stops: [steps], growth: 1 },
        rates: ratesAround(best.learningRate, 7, 2),
        betas: betasAt(batch, { batch: 2, beta1: 0.9, beta2: 0.99 }),
        // Large batches scatter less, and cost more.
        perGroup: Math.max(Math.min(2, raceRuns), Math.round(raceRuns * Math.min(1, 64 / batch))),
        seed: 3_300_000 + 100_000 * o + 10_000 * b,
      };
    }),
  );
}

/** Where bytes are trained on so many examples, whatever the batch size. */
export function netBatches({
  netBatches: batches,
  netExamples,
  netSeeds,
}: Sizes): readonly NetSweepInput[] {
  return optimizers.flatMap((optimizer) =>
    batches.map((batch) => {
      const kappa = batch / 2;
      const centre = optimizer === 'sgd' ? 2 ** -5.25 * kappa : 2 ** -9 * Math.sqrt(kappa);
      return {
        ...{ task: bytes, optimizer, width: 32, batch, steps: Math.round(netExamples / batch) },
        seeds: seedsFrom(3501, netSeeds),
        rates: ratesAround(centre, 9, 2),
        ...(optimizer === 'adam' && {
          betas: betasAt(batch, { batch: 2, beta1: 0.98, beta2: 0.998 }),
        }),
      };
    }),
  );
}

/** Batch size of range tests on linear regression. */
const RAMP_BATCH = 16;

/** The finder's ramp, taken in so many steps. */
export function linearRamps({ rampSteps, rampRuns }: Sizes): readonly LinearRunsInput[] {
  return rampSteps.map((steps, i) => ({
    ...{ optimizer: 'sgd', batch: RAMP_BATCH, groups: GROUPS, perGroup: rampRuns, steps },
    rates: [FINDER.from],
    growth: (FINDER.to / FINDER.from) ** (1 / (steps - 1)),
    stops: Array.from({ length: steps }, (_, t) => t + 1),
    seed: 3_600_000 + 10_000 * i,
  }));
}

/** The best constant rate for so many steps, of the exact expected loss. */
export function bestForSteps(steps: number): number {
  const top = largestStableRate(problem, RAMP_BATCH);
  const lossAt = (learningRate: number) =>
    expectedLossCurve(problem, {
      ...{ learningRate, batchSize: RAMP_BATCH, initialSquaredErrors, steps },
    })[steps] as number;
  const { at } = minimumOn(
    (log) => Math.log(lossAt(Math.exp(log))),
    [Math.log(top / 1000), Math.log(top)],
  );
  return Math.exp(at);
}

/** Constant rates for as many steps. */
export function linearSweeps({ sweptSteps, rampRuns }: Sizes): readonly LinearRunsInput[] {
  return sweptSteps.map((steps, i) => ({
    ...{ optimizer: 'sgd', batch: RAMP_BATCH, groups: GROUPS, perGroup: rampRuns },
    ...{ steps, growth: 1, stops: [steps] },
    rates: ratesAround(bestForSteps(steps), 7, 2),
    seed: 3_700_000 + 10_000 * i,
  }));
}

/** A net's range test, and the sweep that it is laid beside. */
export interface NetRange {
  readonly title: string;
  readonly ramp: NetRampInput;
  readonly sweep: NetSweepInput;
}

export function netRanges({ rangeSteps, rangeSeeds, ramps }: Sizes): readonly NetRange[] {
  return (
    [
      ['ReLU teacher', teacher],
      ['bytes', bytes],
    ] as const
  ).flatMap(([name, task]) =>
    optimizers.map((optimizer): NetRange => {
      const net = { task, optimizer, width: 64, batch: 32 };
      const middle = { sgd: task.kind === 'teacher' ? 2 ** -5 : 2 ** -1.5, adam: 2 ** -7 };
      return {
        title: `${name}, ${optimizer === 'sgd' ? 'SGD' : 'Adam'}`,
        ramp: { ...net, ...FINDER, seeds: seedsFrom(3901, ramps) },
        sweep: {
          ...{ ...net, steps: rangeSteps, seeds: seedsFrom(3801, rangeSeeds) },
          rates: ratesAround(middle[optimizer], 13, 2),
        },
      };
    }),
  );
}
