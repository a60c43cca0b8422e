import { studentCritical } from './student-critical.ts';

/** Two settings of one hyperparameter, trained with several seeds each, and how far apart they may be. */
export interface LimitCheckOptions {
  /** Losses `[seed, point]` on a common grid of times, or final losses as curves of one point; positive. */
  readonly before: readonly (readonly number[])[];
  /** The same after the change, for instance with a tenth of the learning rate at the same times τ. */
  readonly after: readonly (readonly number[])[];
  /** `paired`: seed s of both shares its initialization and data. `independent`: nothing is shared. */
  readonly design: 'paired' | 'independent';
  /** Largest root mean square difference of ln loss that counts as the same dynamics, for instance 0.05. */
  readonly margin: number;
  /** Confidence level of the interval; default 0.95. */
  readonly level?: number;
}

/** Whether the dynamics moved. */
export interface LimitCheck {
  /** Root mean square over the grid of the mean difference of ln loss. */
  readonly distance: number;
  /** Covers the distance of the expected curves with at least the level. */
  readonly interval: readonly [low: number, high: number];
  /** The same spread between seeds of one setting, for scale. */
  readonly seedSpread: number;
  /** `still`: the interval lies below the margin. `moved`: above. `undecided`: across it. */
  readonly decision: 'still' | 'moved' | 'undecided';
}

/** Mean over seeds `[point]`, and the variance between seeds averaged over points. */
function momentsOf(curves: readonly (readonly number[])[]) {
  const points = (curves[0] as readonly number[]).length;
  const mean = Array.from(
    { length: points },
    (_, i) => curves.reduce((sum, curve) => sum + (curve[i] as number), 0) / curves.length,
  );
  const squares = curves.reduce(
    (sum, curve) => sum + curve.reduce((s, value, i) => s + (value - (mean[i] as number)) ** 2, 0),
    0,
  );
  return { mean, variance: squares / (points * (curves.length - 1)) };
}

const rootMeanSquare = (values: readonly number[]): number =>
  Math.sqrt(values.reduce((sum, value) => sum + value ** 2, 0) / values.length);

/**
 * Says whether a change of a hyperparameter moved the loss curves by more than a margin.
 *
 * The mean difference m(τ) of ln loss estimates the difference of the expected curves; by the triangle inequality the
 * norms of both differ by at most the norm of the error of m. That error is bounded by Student's t times its standard error:
 * exact where seeds shift curves as a whole, and on the safe side where their noise has several shapes, since
 * the square of its norm is then less dispersed. Degrees of freedom of independent designs are Welch's.
 * Throws on fewer than two seeds, ragged or unpaired curves, and losses that are not positive (diverged runs: say so, and
 * do not leave them out).
 */
export function limitCheck({
  before,
  after,
  design,
  margin,
  level = 0.95,
}: LimitCheckOptions): LimitCheck {
  check({ before, after, design, margin });
  const [first, second] = [before, after].map((curves) =>
    curves.map((curve) => curve.map((loss) => Math.log(loss))),
  ) as [number[][], number[][]];
  const [from, to] = [momentsOf(first), momentsOf(second)];
  const difference = to.mean.map((value, i) => value - (from.mean[i] as number));
  const error = standardError();
  const distance = rootMeanSquare(difference);
  const reach = error.size === 0 ? 0 : studentCritical(level, error.freedom) * error.size;
  const interval = [Math.max(0, distance - reach), distance + reach] as const;
  return {
    distance,
    interval,
    seedSpread: Math.sqrt((from.variance + to.variance) / 2),
    decision: interval[1] < margin ? 'still' : interval[0] > margin ? 'moved' : 'undecided',
  };

  function standardError(): { readonly size: number; readonly freedom: number } {
    switch (design) {
      case 'paired': {
        const { variance } = momentsOf(
          second.map((curve, s) => curve.map((value, i) => value - (first[s]?.[i] as number))),
        );
        return { size: Math.sqrt(variance / first.length), freedom: first.length - 1 };
      }
      case 'independent': {
        const [a, b] = [from.variance / first.length, to.variance / second.length];
        const spread = a ** 2 / (first.length - 1) + b ** 2 / (second.length - 1);
        return { size: Math.sqrt(a + b), freedom: (a + b) ** 2 / spread };
      }
    }
  }
}

function check({ before, after, design, margin }: LimitCheckOptions): void {
  const points = before[0]?.length ?? 0;
  const all = [...before, ...after];
  if (before.length < 2 || after.length < 2) {
    throw new Error(`too few seeds: ${before.length} and ${after.length} (2 or more each)`);
  }
  if (design === 'paired' && before.length !== after.length) {
    throw new Error(`unpaired curves: ${before.length} and ${after.length} seeds (equally many)`);
  }
  if (points === 0 || all.some((curve) => curve.length !== points)) {
    throw new Error(`ragged curves: ${all.map((curve) => curve.length)} points (equally many)`);
  }
  const wrong = all.flat().find((loss) => !(loss > 0 && loss < Number.POSITIVE_INFINITY));
  if (wrong !== undefined) throw new Error(`unusable loss: ${wrong} (a positive number)`);
  if (!(margin > 0)) throw new Error(`unknown margin: ${margin} (a positive number)`);
}
