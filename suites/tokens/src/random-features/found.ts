import type { Evidence } from '@hyperlaw/cli';
import { bootstrapInterval, type Estimate } from '@hyperlaw/report';
import { isoFlopFit, mean, type ScalingCurve } from '@hyperlaw/theory';
import { attempt } from '../attempt.ts';
import type { BestFitResult } from './best-fit.ts';
import type { OnePassResult } from './one-pass.ts';
import { type FeatureCell, featureCells } from './plan.ts';

/** How features are trained: fitted to the end, or in one pass. */
export type Training = 'onePass' | 'fitted';

/** What was found of one difficulty and way of training. */
export interface FeatureFound {
  readonly difficulty: number;
  readonly training: Training;
  /** `[size]`: n, k. */
  readonly sizes: readonly (readonly [samples: number, features: number])[];
  readonly budgets: readonly number[];
  /** Mean test error at the rate, or ridge, that theory has as best, `[size]`. */
  readonly measured: readonly number[];
  readonly expected: readonly number[];
  /** Exponent of k_opt ∝ C^a, measured and by theory at the same sizes; null where too few budgets have a valley. */
  readonly exponent: Estimate | null;
  readonly theory: number | null;
  /** Mean over sizes near the optimum of measured over expected. */
  readonly ratio: Estimate;
  /** ln n/k at the middle budget by theory; null as above. */
  readonly logRatio: number | null;
}

/** Everything that was measured; cells of which every experiment failed, or all but one draw, are left out. */
export function featuresFound(evidence: Evidence): readonly FeatureFound[] {
  const found = featureCells(evidence.profile).flatMap((cell) => [
    onePassFound(cell, evidence),
    fittedFound(cell, evidence),
  ]);
  return found.filter((each) => each !== null);
}

function results<Result extends object>(evidence: Evidence, names: readonly string[]): Result[] {
  return names.flatMap((name) => {
    const found = evidence.measured<Result>(name);
    return found.status === 'done' ? [found.result] : [];
  });
}

function onePassFound(
  { difficulty, onePass: { names, input }, budgets }: FeatureCell,
  evidence: Evidence,
): FeatureFound | null {
  const found = results<OnePassResult>(evidence, names);
  if (found.length === 0) return null;
  const expected = found.flatMap((each) => each.expected);
  const measured = found.flatMap((each) => each.measured);
  const finite = (error: number | null | undefined) => error ?? Number.POSITIVE_INFINITY;
  const means = input.sizes.map((_, s) =>
    input.rates.map((_, r) => mean(expected.map((draw) => finite(draw[s]?.[r])))),
  );
  // Theory's best rate, so that no noise chooses.
  const best = means.map((ofRate) => ofRate.indexOf(Math.min(...ofRate)));
  const at = (draw: (typeof measured)[number]) =>
    input.sizes.map((_, s) => finite(draw[s]?.[best[s] as number]));
  return foundOf({
    ...{ difficulty, training: 'onePass', sizes: input.sizes, budgets: budgets.onePass },
    draws: measured.map(at),
    expected: means.map((ofRate, s) => ofRate[best[s] as number] as number),
  });
}

function fittedFound(
  { difficulty, fitted: { names, input }, budgets }: FeatureCell,
  evidence: Evidence,
): FeatureFound | null {
  const found = results<BestFitResult>(evidence, names);
  const [first] = found;
  if (!first) return null;
  return foundOf({
    ...{ difficulty, training: 'fitted', sizes: input.sizes, budgets: budgets.fitted },
    draws: found.flatMap((each) => each.measured),
    expected: first.expected,
  });
}

/** Octaves of k on either side of the least error that a parabola goes through. */
const REACH = 2;

/** Null where no two draws came to a number at all the sizes that count. */
function foundOf({
  draws,
  ...cell
}: Pick<FeatureFound, 'difficulty' | 'training' | 'sizes' | 'budgets' | 'expected'> & {
  /** `[draw][size]`. */
  readonly draws: readonly (readonly number[])[];
}): FeatureFound | null {
  const { sizes, budgets, expected } = cell;
  const near = budgets.flatMap((budget) => nearBest(sizes, expected, budget));
  const curves = (errors: readonly number[]): ScalingCurve[] =>
    near.map((i) => {
      const [n, k] = sizes[i] as readonly [number, number];
      return { parameters: k, tokens: [n], losses: [[errors[i] as number]] };
    });
  const fit = (errors: readonly number[]) => isoFlopFit(curves(errors));
  const meanErrors = (of: readonly (readonly number[])[]) =>
    sizes.map((_, s) => mean(of.map((draw) => draw[s] as number)));
  const usable = draws.filter((draw) => near.every((i) => Number.isFinite(draw[i])));
  if (usable.length < 2) return null;
  const theory = fit(expected);
  const determined = Number.isFinite(theory.exponent);
  const middle = budgets[Math.floor((budgets.length - 1) / 2)] as number;
  const log = Math.log(6 * middle);
  const options = { seed: 39, resamples: 400 };
  const exponent = attempt(() =>
    bootstrapInterval(usable, (some) => fit(meanErrors(some)).exponent, options),
  );
  return {
    ...cell,
    measured: meanErrors(usable),
    exponent,
    theory: determined ? theory.exponent : null,
    ratio: bootstrapInterval(
      usable,
      (some) => {
        const errors = meanErrors(some);
        return mean(near.map((i) => (errors[i] as number) / (expected[i] as number)));
      },
      options,
    ),
    logRatio: determined ? Math.log(middle) - 2 * (theory.intercept + theory.exponent * log) : null,
  };
}

/** Sizes of a budget about the one of least expected error. */
function nearBest(
  sizes: FeatureFound['sizes'],
  expected: readonly number[],
  budget: number,
): readonly number[] {
  const own = sizes.flatMap(([n, k], i) => (n * k === budget ? [i] : []));
  const byFeatures = own.sort((a, b) => (sizes[a]?.[1] ?? 0) - (sizes[b]?.[1] ?? 0));
  const errors = byFeatures.map((i) => expected[i] as number);
  const best = errors.indexOf(Math.min(...errors));
  return byFeatures.slice(Math.max(0, best - REACH), best + REACH + 1);
}
