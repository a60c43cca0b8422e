import { type PowerLawLaw, powerLawSpectrum } from '@hyperlaw/tasks';
import {
  bestConstantRate,
  excessLoss,
  type LinearRegression,
  largestStableRate,
  type SgdStep,
  type TargetReached,
} from '@hyperlaw/theory';

/** The regression that is raced: eigenvalues ∝ 1/i, and so are the target's squares. */
export const powerLaw = {
  kind: 'power-law',
  inputDim: 64,
  capacity: 1,
  source: 1,
  link: 'linear',
  basis: 'coordinates',
  noise: 0.5,
  instance: 3,
} as const satisfies PowerLawLaw;

const { eigenvalues, coefficients } = powerLawSpectrum(powerLaw);

/** The same in the theory's terms, started at w = 0. */
export const problem: LinearRegression = {
  eigenvalues: Array.from(eigenvalues),
  labelNoise: powerLaw.noise,
};
/** w*: the task's target is Σ v_i x_i/√λ_i. */
const initialResidual: readonly number[] = Array.from(
  coefficients,
  (v, i) => v / Math.sqrt(eigenvalues[i] as number),
);
export const initialSquaredErrors: readonly number[] = initialResidual.map((w) => w * w);

/** Excess loss to reach: a twentieth of the first. */
export const targetLoss = excessLoss(problem, initialSquaredErrors) / 20;

const sizeOf = (batch: number | 'population'): number =>
  batch === 'population' ? Number.POSITIVE_INFINITY : batch;

/** A quarter of the largest stable rate: closer to it the loss has no fourth moment, and a mean over runs says little. */
export function stepOf(batch: number | 'population'): SgdStep {
  const batchSize = sizeOf(batch);
  return { batchSize, learningRate: largestStableRate(problem, batchSize) / 4 };
}

/** Steps to the target by the exact recursion, with the best constant rate. */
export const raceOf = (batch: number): TargetReached =>
  bestConstantRate(problem, { batchSize: batch, initialSquaredErrors, targetLoss });
