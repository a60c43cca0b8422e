import { bootstrapStratified, type Claim, meanInterval } from '@hyperlaw/report';
import { mean } from '@hyperlaw/theory';
import { agreement } from '../../agreement.ts';
import { type Errors, meanErrors } from './errors.ts';
import { ridges } from './plan.ts';
import { atInfiniteSize, ratios, smallness } from './ratios.ts';

/** Deterministic equivalents of a mean leave out terms of relative order 1/min(n, k); their mean over the grid. */
const leftOut = (errors: Errors): number => mean(smallness(errors));

const optimal = ridges.indexOf('optimal');

/** Pairs of sizes of which the second has twice the samples or features. */
function doublings(
  { cell }: Errors,
  which: readonly ('samples' | 'features')[],
): readonly (readonly [from: number, to: number])[] {
  const { sizes } = cell.input;
  return sizes.flatMap(([n, k], from) =>
    which.flatMap((side) => {
      const [wantedN, wantedK] = side === 'samples' ? [2 * n, k] : [n, 2 * k];
      const to = sizes.findIndex(([m, l]) => m === wantedN && l === wantedK);
      return to < 0 ? [] : [[from, to] as const];
    }),
  );
}

/** Changes of log₂ error with each doubling at the optimal ridge. */
const changes = (
  grid: Errors,
  errors: readonly number[],
  which: readonly ('samples' | 'features')[],
): readonly number[] =>
  doublings(grid, which).map(([from, to]) =>
    Math.log2((errors[to] as number) / (errors[from] as number)),
  );

const expectedAtOptimum = ({ expected }: Errors): readonly number[] =>
  expected.map((ofSize) => ofSize[optimal]?.test as number);

/** A statistic of the changes of all spectra, over resampled draws. */
function overDraws(
  grids: readonly Errors[],
  which: readonly ('samples' | 'features')[],
  statistic: (all: readonly number[]) => number,
  seed: number,
) {
  return bootstrapStratified(
    grids.map(({ test }) => test),
    (strata) =>
      statistic(
        grids.flatMap((grid, i) => changes(grid, meanErrors(strata[i] ?? [], optimal), which)),
      ),
    { seed, resamples: 400 },
  );
}

/** Claims on the grid of sizes. */
export function gridClaims(grids: readonly Errors[]): readonly Claim[] {
  const draws = grids[0]?.test.length ?? 0;
  const sides = grids[0]?.cell.input.sizes.map(([n]) => n) ?? [];
  const largest = Math.max(...sides);
  return [
    ...grids.map((grid) =>
      agreement({
        name: `Test error of random features over the eigenframework’s: ${grid.cell.title}`,
        predicted: 1,
        measured: meanInterval(ratios(grid, 'test')),
        tolerance: leftOut(grid),
        test: `mean over ${grid.cell.input.sizes.length} sizes and ${ridges.length} ridges, t interval over ${draws} draws`,
      }),
    ),
    agreement({
      name: 'Train error of random features over the eigenframework’s',
      predicted: 1,
      measured: meanInterval(grids.flatMap((grid) => ratios(grid, 'train'))),
      tolerance: mean(grids.map(leftOut)),
      test: `mean over sizes and ridges, t interval over ${draws} draws of ${grids.length} spectra`,
      note: 'Predicted for infinite sizes: the extrapolated claims are that.',
    }),
    ...(['test', 'train'] as const).map((kind) =>
      agreement({
        name: `${kind === 'test' ? 'Test' : 'Train'} error of random features over the eigenframework’s, extrapolated to infinite n and k`,
        predicted: 1,
        measured: meanInterval(grids.flatMap((grid) => atInfiniteSize(grid, kind))),
        // The next order, 1/min(n, k)², of the least sizes counts in full in a line through all.
        tolerance: mean(grids.map(leftOut)),
        test: `line in 1/min(n, k) of every draw, t interval over ${draws} draws of ${grids.length} spectra`,
      }),
    ),
    ...(['samples', 'features'] as const).map((side, i) =>
      agreement({
        name: `Change of log₂ test error with a doubling of ${side}, at the optimal ridge`,
        predicted: mean(grids.flatMap((grid) => changes(grid, expectedAtOptimum(grid), [side]))),
        measured: overDraws(grids, [side], mean, 81 + i),
        // What is left out of the least sizes, 1/min(n, k), shared out over the doublings to the largest.
        tolerance: Math.LOG2E / Math.min(...sides) / Math.log2(largest / Math.min(...sides)),
        unit: 'log₂ error per doubling',
        test: `mean over all doublings, BCa bootstrap over ${draws} draws of each spectrum`,
      }),
    ),
    agreement({
      name: 'Share of doublings of samples or features that lower the test error, at the optimal ridge',
      predicted: 1,
      measured: overDraws(
        grids,
        ['samples', 'features'],
        (found) => mean(found.map((change) => (change < 0 ? 1 : 0))),
        83,
      ),
      // Theory has every one of them lower it, by 1 % or more.
      tolerance: 0.05,
      test: `of means over ${draws} draws, BCa bootstrap over draws`,
    }),
  ];
}
