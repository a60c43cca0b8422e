import { computeOptimum, type ScalingCurve, type ScalingLaw, scalingLoss } from '@hyperlaw/theory';
import type { Found } from '../decision-rule.ts';
import { type Approach, scalingOf } from '../exponents.ts';

/** For tests: sizes about as the standard profile has them. */
const SIZES = [270, 420, 700, 1080, 1900, 3200, 6200, 10_500, 22_000];
const BUDGETS = [4e6, 1.6e7, 6.4e7, 2.56e8];

/** For tests: the budget at which ratios are read. */
export const REFERENCE = 3e7;

/** For tests: losses of one run a point, noisy as tuning and seeds make them. */
export function madeUpCurves(
  law: ScalingLaw,
  { normal, noise }: { readonly normal: () => number; readonly noise: number },
): ScalingCurve[] {
  return BUDGETS.flatMap((budget) =>
    SIZES.flatMap((parameters): ScalingCurve[] => {
      const tokens = budget / parameters;
      if (tokens < 1600 || tokens > 256_000) return [];
      const loss = scalingLoss(law, parameters, tokens) * Math.exp(noise * normal());
      return [{ parameters, tokens: [tokens], losses: [[loss]] }];
    }),
  );
}

/** For tests: a law of given exponents whose optimum at a budget has so many parameters, and no floor. */
export function plantedLaw(
  { share, alpha }: { readonly share: number; readonly alpha: number },
  { budget, parameters }: { readonly budget: number; readonly parameters: number },
): ScalingLaw {
  const beta = (alpha * share) / (1 - share);
  const law = {
    ...{ irreducible: 1e-9, parameterScale: parameters ** alpha, parameterExponent: alpha },
    ...{ tokenScale: 1, tokenExponent: beta },
  };
  // αA/N^α = βB/D^β at the optimum.
  const tokens = budget / parameters;
  const tokenScale = (alpha / beta) * tokens ** beta;
  const made = { ...law, tokenScale };
  const off = computeOptimum(made, 6 * budget).parameters / parameters;
  if (Math.abs(off - 1) > 1e-6) throw new Error(`misplanted optimum: off by ${off}`);
  return made;
}

/** For tests: what would be found on languages whose exponents are planted, from losses on. */
export function foundOn(
  plants: readonly { readonly difficulty: number; readonly law: ScalingLaw }[],
  options: {
    readonly normal: () => number;
    readonly random: () => number;
    readonly noise: number;
    readonly resamples?: number;
  },
): Found[] {
  return plants.map(({ difficulty, law }) => ({
    difficulty,
    scaling: scalingOf(madeUpCurves(law, options), { ...options, reference: REFERENCE }),
  }));
}

/** For tests: exponents and ratios with noise of a known size, without losses behind them. */
export function madeUpFound(
  difficulties: readonly number[],
  of: (difficulty: number) => { readonly exponent: number; readonly logRatio: number },
  {
    normal,
    deviation,
    apart = 0.5,
  }: {
    readonly normal: () => number;
    readonly deviation: number;
    /** Share of an approach's noise that is its own. */
    readonly apart?: number;
  },
): Found[] {
  return difficulties.map((difficulty) => {
    const { exponent, logRatio } = of(difficulty);
    const shared = normal();
    const around = (estimate: number, scale = 1) => {
      const noise = Math.sqrt(1 - apart ** 2) * shared + apart * normal();
      const at = estimate + scale * deviation * noise;
      const reach = 1.96 * scale * deviation;
      const interval = [at - reach, at + reach] as const;
      return { estimate: at, interval, level: 0.95, undetermined: 0 };
    };
    const exponents = Object.fromEntries(
      (['envelope', 'isoflop', 'parametric'] as const).map((each): [Approach, object] => [
        each,
        around(exponent),
      ]),
    ) as Found['scaling']['exponents'];
    return { difficulty, scaling: { exponents, logRatio: around(logRatio, 10) } };
  });
}
