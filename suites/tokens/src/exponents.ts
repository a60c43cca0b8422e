import {
  computeOptimum,
  type ExponentInterval,
  envelopeFit,
  exponentInterval,
  isoFlopFit,
  meanLogLosses,
  type OptimumLine,
  parametricFit,
  type ScalingCurve,
  type ScalingLaw,
  trainingCompute,
} from '@hyperlaw/theory';
import { attempt } from './attempt.ts';

/** The three approaches of 2203.15556. */
export type Approach = 'envelope' | 'isoflop' | 'parametric';

/** All of them, in the paper's order. */
export const approaches: readonly Approach[] = ['envelope', 'isoflop', 'parametric'];

/** What they are called. */
export const approachTitles: Readonly<Record<Approach, string>> = {
  envelope: 'approach 1, envelope',
  isoflop: 'approach 2, parabolas',
  parametric: 'approach 3, the law fitted',
};

/** The compute-optimal line of one task and net. */
export interface Scaling {
  /** a of N_opt ∝ C^a; null where an approach finds no two budgets with an optimum inside the sizes. */
  readonly exponents: Readonly<Record<Approach, ExponentInterval | null>>;
  /** ln D/N at the reference budget, on the line of approach 2. */
  readonly logRatio: ExponentInterval | null;
  /** Approach 2's line; null as above. */
  readonly line: OptimumLine | null;
  /** Approach 3's law; null where it could not be fitted. */
  readonly law: ScalingLaw | null;
}

/** How intervals are drawn. */
export interface ScalingOptions {
  /** Uniform numbers in [0, 1). */
  readonly random: () => number;
  /** N·D at which the ratio is read. */
  readonly reference: number;
  /** Default 200. */
  readonly resamples?: number;
}

/** Farthest from the optimum, as a factor of N either way, that a parabola's points may lie. */
const WINDOW = 4;

/**
 * The points of every budget that lie about its optimum by a law. A valley is no parabola: unless sizes lie alike about
 * the optimum at every budget, those that happen to be there on one side more than on the other move its vertex.
 */
function centred(curves: readonly ScalingCurve[], law: ScalingLaw): readonly ScalingCurve[] {
  return curves.filter(({ parameters, tokens }) => {
    const compute = trainingCompute(parameters, tokens[0] as number);
    const off = parameters / computeOptimum(law, compute).parameters;
    return off < WINDOW && off > 1 / WINDOW;
  });
}

/**
 * Fits all approaches to tuned losses, every point a run of its own and a curve of its own.
 *
 * Approach 2 takes sizes within a factor of 4 of approach 3's optimum. Seeds are averaged first, and intervals resample the residuals of approach 3's fit, widened for its five constants:
 * these hold the noise of seeds and of tuning, and what the law misses. A mean loss that tuning got wrong is not seen by
 * seeds.
 */
export function scalingOf(
  curves: readonly ScalingCurve[],
  { random, reference, resamples = 200 }: ScalingOptions,
): Scaling {
  const means = curves.map((curve) => ({
    ...curve,
    losses: [meanLogLosses(curve).map(Math.exp)],
  }));
  const fit = attempt(() => parametricFit(means));
  if (!fit || fit.residuals.length < 8) return nothing;
  const points = fit.residuals.length;
  const widen = Math.sqrt(points / (points - 5));
  const residuals = fit.residuals.map((each) => widen * each);
  const interval = (of: (curves: readonly ScalingCurve[]) => number): ExponentInterval | null => {
    const found = attempt(() =>
      exponentInterval(means, (drawn) => attempt(() => of(drawn)) ?? Number.NaN, {
        random,
        resamples,
        residuals,
      }),
    );
    const ends = found ? [found.estimate, ...found.interval] : [Number.NaN];
    return found && ends.every(Number.isFinite) ? found : null;
  };
  const parabolas = (drawn: readonly ScalingCurve[]) => isoFlopFit(centred(drawn, fit.law));
  const ratio = (drawn: readonly ScalingCurve[]): number => {
    const { exponent, intercept } = parabolas(drawn);
    return Math.log(reference) - 2 * (intercept + exponent * Math.log(6 * reference));
  };
  return {
    exponents: {
      envelope: interval((drawn) => envelopeFit(bySize(drawn), { budgets: 100 }).exponent),
      isoflop: interval((drawn) => parabolas(drawn).exponent),
      parametric: interval((drawn) => parametricFit(drawn, { starts: [fit.law] }).exponent),
    },
    logRatio: interval(ratio),
    line: lineOrNull(attempt(() => parabolas(means))),
    law: fit.law,
  };
}

/** A line through fewer than two budgets is none. */
const lineOrNull = (line: OptimumLine | null): OptimumLine | null =>
  line && Number.isFinite(line.exponent) ? line : null;

/** Points of a size as one curve: of a run each, since the rate depends on the horizon. */
function bySize(points: readonly ScalingCurve[]): readonly ScalingCurve[] {
  const sizes = [...new Set(points.map(({ parameters }) => parameters))];
  return sizes.map((parameters) => {
    const own = points
      .filter((point) => point.parameters === parameters)
      .sort((a, b) => (a.tokens[0] as number) - (b.tokens[0] as number));
    return {
      parameters,
      tokens: own.map(({ tokens }) => tokens[0] as number),
      losses: [own.map(({ losses }) => losses[0]?.[0] as number)],
    };
  });
}

const nothing: Scaling = {
  exponents: { envelope: null, isoflop: null, parametric: null },
  ...{ logRatio: null, line: null, law: null },
};
