import type { ScalingCurve } from '../scaling-curves.ts';
import { computeOptimum, type ScalingLaw, scalingLoss } from '../scaling-law.ts';

/** For tests: equally spaced in the logarithm, ends included. */
export const geometric = (first: number, last: number, count: number): number[] =>
  Array.from({ length: count }, (_, i) => first * (last / first) ** (i / (count - 1)));

/** For tests: how losses scatter. */
export interface PlantedNoise {
  readonly normal: () => number;
  /** Standard deviation of ln loss between seeds, shared by a whole curve; a third of it is added at every point. */
  readonly deviation: number;
  readonly seeds: number;
}

/** For tests: curves of a planted law with multiplicative noise. */
function planted(law: ScalingLaw, { normal, deviation, seeds }: PlantedNoise) {
  return (parameters: number, tokens: readonly number[]): ScalingCurve => ({
    parameters,
    tokens,
    losses: Array.from({ length: seeds }, () => {
      const shared = deviation * normal();
      return tokens.map(
        (d) => scalingLoss(law, parameters, d) * Math.exp(shared + (deviation / 3) * normal()),
      );
    }),
  });
}

/** For tests: training curves of 14 sizes, from half a token a parameter to 1500. */
export function plantedCurves(law: ScalingLaw, noise: PlantedNoise): ScalingCurve[] {
  const curve = planted(law, noise);
  return geometric(3e7, 3e10, 14).map((size) => curve(size, geometric(size / 2, 1500 * size, 30)));
}

/** For tests: six budgets, nine sizes about the optimum of each. */
export function plantedIsoFlops(law: ScalingLaw, noise: PlantedNoise): ScalingCurve[] {
  const run = planted(law, noise);
  return geometric(1e19, 1e22, 6).flatMap((compute) => {
    const { parameters } = computeOptimum(law, compute);
    return geometric(parameters / 5, parameters * 5, 9).map((n) => run(n, [compute / (6 * n)]));
  });
}

/** For tests: seven sizes times six amounts of data. */
export function plantedGrid(law: ScalingLaw, noise: PlantedNoise): ScalingCurve[] {
  const run = planted(law, noise);
  return geometric(1e8, 1e10, 7).flatMap((n) => geometric(1e9, 3e11, 6).map((d) => run(n, [d])));
}
