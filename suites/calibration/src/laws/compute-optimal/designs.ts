import { computeOptimum, type ScalingCurve, type ScalingLaw, scalingLoss } from '@hyperlaw/theory';

/** How losses scatter about a planted law. */
export interface LossNoise {
  /** Standard deviation of ln loss between seeds, shared by all points of a curve. */
  readonly betweenSeeds: number;
  /** The same from point to point of a curve. */
  readonly withinCurve: number;
  readonly seeds: number;
}

/** The three approaches of 2203.15556. */
export type Approach = 'envelope' | 'isoflop' | 'parametric';

/** Equally spaced in the logarithm, ends included. */
export const geometric = (first: number, last: number, count: number): readonly number[] =>
  Array.from({ length: count }, (_, i) => first * (last / first) ** (i / (count - 1)));

/** Budgets C of the approach that compares sizes at equal compute. */
export const budgets = geometric(1e19, 1e22, 6);

/** A guess of the best size is off by this factor, as far as one knows before the experiment. */
const GUESS = 1.3;

/**
 * The runs that each approach asks for, with made-up losses:
 * - `envelope`: training curves of 14 sizes from 3·10⁷ to 3·10¹⁰, of half a token a parameter to 1500
 * - `isoflop`: six budgets from 10¹⁹ to 10²², nine sizes each within a factor of five of a guess
 * - `parametric`: seven sizes from 10⁸ to 10¹⁰, each on six amounts of data from 10⁹ to 3·10¹¹
 */
export function designOf(
  approach: Approach,
  law: ScalingLaw,
  noise: LossNoise,
  normal: () => number,
): readonly ScalingCurve[] {
  const curve = (parameters: number, tokens: readonly number[]): ScalingCurve => ({
    parameters,
    tokens,
    losses: Array.from({ length: noise.seeds }, () => {
      const shared = noise.betweenSeeds * normal();
      return tokens.map(
        (d) => scalingLoss(law, parameters, d) * Math.exp(shared + noise.withinCurve * normal()),
      );
    }),
  });
  switch (approach) {
    case 'envelope':
      return geometric(3e7, 3e10, 14).map((n) => curve(n, geometric(n / 2, 1500 * n, 30)));
    case 'isoflop':
      return budgets.flatMap((compute) => {
        const guess = GUESS * computeOptimum(law, compute).parameters;
        return geometric(guess / 5, guess * 5, 9).map((n) => curve(n, [compute / (6 * n)]));
      });
    case 'parametric':
      return geometric(1e8, 1e10, 7).flatMap((n) =>
        geometric(1e9, 3e11, 6).map((d) => curve(n, [d])),
      );
  }
}
