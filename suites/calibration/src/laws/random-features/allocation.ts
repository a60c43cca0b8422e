import { bootstrapInterval, type Claim, formatNumber } from '@hyperlaw/report';
import { mean } from '@hyperlaw/theory';
import { Matrix, solve } from 'ml-matrix';
import { agreement } from '../../agreement.ts';
import { type Errors, meanErrors } from './errors.ts';

/** Budget of a size. */
const budgetOf = ([n, k]: readonly [number, number]): number =>
  4 ** Math.round(Math.log(n * k) / Math.log(4));

/** Indices of the sizes of a budget. */
export const ofBudget = ({ cell }: Errors, budget: number): readonly number[] =>
  cell.input.sizes.flatMap((size, i) => (budgetOf(size) === budget ? [i] : []));

/** Where a valley is deepest, and how steep its sides are. */
interface Valley {
  readonly at: number;
  /** Second derivative of ln error. */
  readonly curvature: number;
}

/**
 * The least-squares parabola of ln error through points of log₂(n/k). The same points are taken of theory and measurement,
 * so that the valley's other terms are in both.
 */
export function valley(points: readonly (readonly [x: number, error: number])[]): Valley {
  const centre = mean(points.map(([x]) => x));
  const solved = solve(
    new Matrix(points.map(([x]) => [1, x - centre, (x - centre) ** 2])),
    Matrix.columnVector(points.map(([, error]) => Math.log(error))),
  );
  const [slope, square] = [solved.get(1, 0), solved.get(2, 0)];
  return { at: centre - slope / (2 * square), curvature: 2 * square };
}

/** Points on either side of theory's best that the parabola goes through. */
const REACH = 2;

export function allocationClaim(errors: Errors): Claim {
  const { cell, expected, test } = errors;
  const budget = Math.max(...cell.input.sizes.map(budgetOf));
  const indices = ofBudget(errors, budget);
  const exact = indices.map((i) => expected[i]?.[0]?.test as number);
  const best = exact.indexOf(Math.min(...exact));
  const near = indices.slice(Math.max(0, best - REACH), best + REACH + 1);
  const ratio = (i: number): number => {
    const [n, k] = cell.input.sizes[i] as readonly [number, number];
    return Math.log2(n / k);
  };
  const { at: predicted, curvature } = valley(
    near.map((i) => [ratio(i), expected[i]?.[0]?.test as number] as const),
  );
  const [n, k] = cell.input.sizes[near[Math.floor(near.length / 2)] as number] as [number, number];
  return agreement({
    name: `Best division of n·k = ${budget} between samples and features: ${cell.title}`,
    predicted,
    formula: `$\\log_2 n/k = ${formatNumber(predicted)}$`,
    measured: bootstrapInterval(
      test,
      (draws) => {
        const means = meanErrors(draws, 0);
        return valley(near.map((i) => [ratio(i), means[i] as number] as const)).at;
      },
      { seed: 84, resamples: 400 },
    ),
    // Terms of order 1/min(n, k) grow by (ln 2)/2 of themselves along n/k: the tilt moves a valley by this much.
    tolerance: Math.LN2 / 2 / Math.min(n, k) / curvature,
    unit: 'log₂ n/k',
    test: `parabola through ${near.length} divisions, BCa bootstrap over ${test.length} draws`,
  });
}
