import { type Figure, lawChart, meanInterval } from '@hyperlaw/report';
import { mean, optimalAllocation } from '@hyperlaw/theory';
import { ofBudget } from './allocation.ts';
import { type Errors, expectedErrors } from './errors.ts';
import { sizeRatios } from './ratios.ts';
import type { Ridge } from './ridges.ts';

const ridgeTitle = (ridge: Ridge): string =>
  typeof ridge !== 'number' ? 'best δ' : `δ = Σλ/${Math.round(1 / ridge)}`;

const geometric = (low: number, high: number, count: number): readonly number[] =>
  Array.from({ length: count }, (_, i) => low * (high / low) ** (i / (count - 1)));

export function errorsFigure(grids: readonly Errors[]): Figure {
  // Short enough for half the width of a phone.
  const facetOf = (title: string, ridge: Ridge) =>
    `${title.replace(' power law', '')}, ${ridgeTitle(ridge)}`;
  const panels = grids.flatMap((grid) => {
    const { title, input } = grid.cell;
    return input.ridges.map((ridge, r) => ({ grid, ridge, r, facet: facetOf(title, ridge) }));
  });
  return {
    id: 'random-features-errors',
    title: 'Test error of random features',
    caption:
      'Test error against the number of features, by number of samples, for a slow and a fast power law and for two levels, and three ridges each. Lines are the eigenframework, points means over draws of samples and features with 95 % intervals. *Look for* the peak at as many features as samples under the smallest ridge, which the best ridge takes away: under it every line falls, and lines of more samples lie lower.',
    chart: lawChart({
      x: { title: 'features k', scale: 'log2' },
      y: { title: 'test error', scale: 'log10' },
      series: { title: 'samples n' },
      columns: 3,
      theory: panels.flatMap(({ grid, ridge, facet }) => {
        const sides = [...new Set(grid.cell.input.sizes.map(([n]) => n))];
        const ks = geometric(Math.min(...sides), Math.max(...sides), 25);
        return sides.map((n) => ({
          facet,
          series: n,
          label: 'eigenframework',
          points: ks.map((k) => [k, expectedErrors(grid.task, [n, k], ridge).test] as const),
        }));
      }),
      measured: panels.flatMap(({ grid, r, facet }) =>
        grid.cell.input.sizes.map(([n, k], s) => ({
          ...{ facet, series: n, x: k },
          ...interval(grid.test.map((draw) => draw[s]?.[r] as number)),
        })),
      ),
      measuredLabel: 'mean over draws, 95 % interval',
    }),
  };
}

export function convergenceFigure(grids: readonly Errors[]): Figure {
  const sides = [...new Set(grids.flatMap(({ cell }) => cell.input.sizes.map(([n]) => n)))];
  const panels = (['test', 'train'] as const).map((kind) => ({ kind, facet: `${kind} error` }));
  return {
    id: 'random-features-convergence',
    title: 'How large is large',
    caption:
      'Measured error over the eigenframework’s against the smaller of samples and features, a mean over the larger and over ridges, with 95 % intervals over draws. *Look for* points that come down to one: a deterministic equivalent leaves out terms of order $1/\\min(n, k)$, the shaded band, and train error, which has the effective ridge squared in it, more than once that much.',
    chart: lawChart({
      x: { title: 'smaller of n and k', scale: 'log2' },
      y: { title: 'measured over predicted' },
      series: { title: 'spectrum' },
      columns: 2,
      theory: panels.map(({ facet }) => ({
        facet,
        label: 'n, k → ∞',
        points: [Math.min(...sides), Math.max(...sides)].map((side) => [side, 1] as const),
        band: {
          label: '1 ± 1/min(n, k)',
          points: geometric(Math.min(...sides), Math.max(...sides), 41).map(
            (side) => [side, 1 - 1 / side, 1 + 1 / side] as const,
          ),
        },
      })),
      measured: panels.flatMap(({ kind, facet }) =>
        grids.flatMap((grid, g) => {
          const all = sizeRatios(grid, kind);
          return sides.map((side) => {
            const own = grid.cell.input.sizes.flatMap((size, i) =>
              Math.min(...size) === side ? [i] : [],
            );
            return {
              ...{ facet, series: grid.cell.title, x: side * 1.06 ** (g - 1) },
              ...interval(all.map((ofDraw) => mean(own.map((i) => ofDraw[i] as number)))),
            };
          });
        }),
      ),
      measuredLabel: 'mean over draws, 95 % interval',
    }),
  };
}

export function allocationFigure(allocations: readonly Errors[]): Figure {
  const budgets = [
    ...new Set(
      allocations.flatMap(({ cell }) =>
        cell.input.sizes.map(([n, k]) => 4 ** Math.round(Math.log(n * k) / Math.log(4))),
      ),
    ),
  ];
  return {
    id: 'random-features-allocation',
    title: 'How to divide a budget between samples and features',
    caption:
      'Test error at the optimal ridge against n/k for a fixed product n·k; dotted, theory’s best division of the largest product. *Look for* valleys at different ratios: the faster the spectrum falls, the more samples a feature is worth.',
    chart: lawChart({
      x: { title: 'samples over features, n/k', scale: 'log2' },
      y: { title: 'test error', scale: 'log10' },
      series: { title: 'n·k' },
      columns: 3,
      theory: allocations.flatMap(({ task, cell }) =>
        budgets.map((budget) => ({
          facet: cell.title,
          series: budget,
          label: 'eigenframework',
          points: geometric(1 / 16, 16, 41).map((ratio) => {
            const n = Math.sqrt(budget * ratio);
            return [ratio, expectedErrors(task, [n, budget / n], 'optimal').test] as const;
          }),
        })),
      ),
      measured: allocations.flatMap((errors) =>
        budgets.flatMap((budget) =>
          ofBudget(errors, budget).map((i) => {
            const [n, k] = errors.cell.input.sizes[i] as readonly [number, number];
            return {
              ...{ facet: errors.cell.title, series: budget, x: n / k },
              ...interval(errors.test.map((draw) => draw[i]?.[0] as number)),
            };
          }),
        ),
      ),
      measuredLabel: 'mean over draws, 95 % interval',
      rules: allocations.map(({ task, cell }) => {
        const { samples, features } = optimalAllocation(task, Math.max(...budgets));
        return { axis: 'x' as const, at: samples / features, label: 'best', facet: cell.title };
      }),
    }),
  };
}

function interval(values: readonly number[]) {
  const { estimate, interval: ends } = meanInterval(values);
  return { y: estimate, low: ends[0], high: ends[1] };
}
