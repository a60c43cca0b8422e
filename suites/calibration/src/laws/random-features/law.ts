import type { Evidence } from '@hyperlaw/cli';
import { mean } from '@hyperlaw/theory';
import { type Finding, type Law, NotMeasured } from '../../law.ts';
import { findingOfParts, measuredOr, part } from '../../not-measured.ts';
import { allocationClaim } from './allocation.ts';
import { gridClaims } from './claims.ts';
import { type Errors, readErrors } from './errors.ts';
import { allocationFigure, convergenceFigure, errorsFigure } from './figures.ts';
import { plan } from './plan.ts';
import { sizeRatios } from './ratios.ts';
import { ridgeClaims } from './ridge-claims.ts';
import { ridgeFigure } from './ridge-figure.ts';

function find(evidence: Evidence): Finding {
  const grids = measuredOr(
    () => readErrors(evidence, 'grid'),
    (reason) => new NotMeasured(reason),
  );
  const parts = [
    part('Errors over a grid of sizes', () => {
      if (grids instanceof NotMeasured) throw grids;
      return {
        claims: gridClaims(grids),
        figures: [errorsFigure(grids), convergenceFigure(grids)],
      };
    }),
    part('The best ridge', () => {
      const cells = readErrors(evidence, 'ridge');
      return { claims: ridgeClaims(cells), figures: [ridgeFigure(cells)] };
    }),
    part('The best division', () => {
      const cells = readErrors(evidence, 'allocation');
      return { claims: cells.map(allocationClaim), figures: [allocationFigure(cells)] };
    }),
  ];
  return findingOfParts(parts, [
    'Samples and features are drawn in the eigenbasis of a kernel with 1024 modes: Gaussian eigenfunctions, and features $\\sum_i \\sqrt{\\lambda_i}\\, w_i \\phi_i$ with Gaussian $w_i$, so that the test error of a fit is known exactly from its function. The engine forms the features and the fitted functions in float32; the ridge regressions between the two are solved in float64 on the host, since near $n = k$ a small ridge leaves float32 no digits. Problems of all sizes are blocks of one draw, so their errors are paired.',
    ...(grids instanceof NotMeasured ? [] : [sizesText(grids)]),
    'The spectra are $\\lambda_i = i^{-1.2}$ and $i^{-2}$, with targets $v_i^2 \\propto i^{-1.6}$ and $i^{-1.4}$, and two levels: 64 modes of eigenvalue 1 that hold four fifths of the target, and 960 of 0.02. The target’s variance is 1, that of the label noise 0.09. Ridges are fractions of $\\sum\\lambda$, so that the deterministic limit is meant: at $n = k$ it fails for ridges below about $\\sum\\lambda/n^2$.',
    'At some sizes the ridge is varied besides, from a sixteenth to sixteen times the best, in octaves. Where the mean error over draws is least is read from a parabola of its logarithm through the five ridges in the middle, and the parabola’s own bias is taken out by laying it through the eigenframework too.',
  ]);
}

/** How errors depart from the framework at the least sizes and at the largest. */
function sizesText(grids: readonly Errors[]): string {
  const sides = grids.flatMap(({ cell }) => cell.input.sizes.map(([n]) => n));
  const off = (kind: 'test' | 'train', side: number): string => {
    const values = grids.flatMap((grid) =>
      sizeRatios(grid, kind).flatMap((draw) =>
        draw.filter((_, i) => Math.min(...(grid.cell.input.sizes[i] ?? [])) === side),
      ),
    );
    return `${(100 * (mean(values) - 1)).toFixed(1)} %`;
  };
  const [least, most] = [Math.min(...sides), Math.max(...sides)];
  return `Both equations hold for large $n$ and $k$. Where the smaller of them is ${least}, mean test error is off by ${off('test', least)} and mean train error by ${off('train', least)}; where it is ${most}, by ${off('test', most)} and ${off('train', most)}. The tolerance of a mean over the grid is once $1/\\min(n, k)$; claims of infinite sizes take a line in $1/\\min(n, k)$ out of every draw.`;
}

export const randomFeatures: Law = {
  id: 'random-features',
  title: 'Random features',
  law: 'Two equations for $(\\kappa, \\hat\\kappa)$, $\\sum\\frac{\\lambda}{\\lambda + \\hat\\kappa} + \\frac{\\delta}{\\kappa} = n$ and $\\sum\\frac{\\lambda}{\\lambda + \\hat\\kappa} + \\frac{k\\kappa}{\\hat\\kappa} = k$, give the errors of random-feature regression at every number of samples $n$, features $k$ and ridge $\\delta$; at the optimal ridge more of either is better ([2311.14646](https://arxiv.org/abs/2311.14646)).',
  plan,
  find,
};
