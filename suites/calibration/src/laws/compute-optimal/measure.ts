import type { Laboratory } from '@hyperlaw/cli';
import {
  computeOptimum,
  envelopeFit,
  exponentInterval,
  isoFlopFit,
  parametricFit,
  type ScalingCurve,
  type ScalingLaw,
} from '@hyperlaw/theory';
import { type Approach, designOf, type LossNoise } from './designs.ts';
import { sourceOf } from './source-of.ts';

/** Experiments on a planted law, made up again and again. */
export interface ScalingFitsInput {
  readonly approach: Approach;
  readonly law: ScalingLaw;
  readonly noise: LossNoise;
  readonly repetitions: number;
  /** Of the bootstrap behind each interval. */
  readonly resamples: number;
  /** C at which a fitted law is asked for its best division. */
  readonly compute: number;
  readonly seed: number;
}

/** What an approach found in every repetition. */
export interface ScalingFitsResult {
  /** Exponent a of N_opt ∝ C^a with its 95 % interval, `[repetition]`; null where it could not be determined. */
  readonly exponents: readonly (number | null)[];
  readonly intervals: readonly (readonly [low: number, high: number] | null)[];
  /** Tokens a parameter at `compute` by the fitted laws, `[repetition]`; null for approaches without one. */
  readonly tokensPerParameter: readonly number[] | null;
}

/** Makes up losses and fits them, in float64 on the host: nothing is trained. */
async function scalingFits(
  { approach, law, noise, repetitions, resamples, compute, seed }: ScalingFitsInput,
  { goOn }: Laboratory,
): Promise<ScalingFitsResult> {
  const normal = sourceOf(seed, 'normal');
  const random = sourceOf(seed, 'uniform');
  const exponents: (number | null)[] = [];
  const intervals: (readonly [number, number] | null)[] = [];
  const ratios: number[] = [];
  for (let r = 0; r < repetitions; r++) {
    const curves = designOf(approach, law, noise, normal);
    const exponentOf = estimatorOf(approach, curves);
    const { estimate, interval } = exponentInterval(
      curves,
      (resampled) => {
        goOn();
        return exponentOf(resampled);
      },
      { random, resamples },
    );
    const [low, high] = interval;
    const determined = Number.isFinite(estimate + low + high);
    exponents.push(Number.isFinite(estimate) ? estimate : null);
    intervals.push(determined ? [low, high] : null);
    if (approach === 'parametric') {
      const { parameters, tokens } = computeOptimum(parametricFit(curves).law, compute);
      ratios.push(tokens / parameters);
    }
  }
  return {
    exponents,
    intervals,
    tokensPerParameter: approach === 'parametric' ? ratios : null,
  };
}

/** The exponent of curves by an approach; resampled ones start where the measured ones ended. */
function estimatorOf(
  approach: Approach,
  measured: readonly ScalingCurve[],
): (curves: readonly ScalingCurve[]) => number {
  switch (approach) {
    case 'envelope':
      return (curves) => envelopeFit(curves, { budgets: 100 }).exponent;
    case 'isoflop':
      return (curves) => isoFlopFit(curves).exponent;
    case 'parametric': {
      const { law } = parametricFit(measured);
      return (curves) => parametricFit(curves, { starts: [law] }).exponent;
    }
  }
}

export const measureComputeOptimal = { scalingFits };
