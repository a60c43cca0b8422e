import { bootstrapInterval, type Claim, meanInterval } from '@hyperlaw/report';
import { gaussianLogNorm } from '@hyperlaw/theory';
import { agreement } from '../../agreement.ts';
import { activations, type NormCell, titles } from './norms.ts';

/** Relative squared fluctuation of one layer times n, and so β/L times n. */
const PER_LAYER = { relu: 5, linear: 2 } as const;

/** Groups that a bootstrap resamples: over thousands of nets it would take seconds. */
const GROUPS = 64;

/** Whether ln‖Ju‖² is N(−β/2, β), of the widest nets: standardised by β alone. */
export function normalClaims(cells: readonly NormCell[]): readonly Claim[] {
  const width = Math.max(...cells.map((cell) => cell.width));
  return activations.flatMap((activation): Claim[] => {
    const own = cells.filter((cell) => cell.activation === activation && cell.width === width);
    const standardised = own.flatMap(({ alive, layers }) => {
      const { mean, variance } = gaussianLogNorm(layers);
      return alive.map((value) => (value - mean) / Math.sqrt(variance));
    });
    const sample = `${standardised.length} nets of ${own.length} depths`;
    const name = (what: string) => `${what}, n = ${width}: ${titles[activation]}`;
    const formula = `$\\beta = ${PER_LAYER[activation]}L/n$`;
    // β stops at the first order of a layer's squared fluctuation, and what is left out is of the next, 5/n of it. The
    // variance may have twice that, still less than the fifth by which a coefficient of 4 or 6 would be off.
    const order = PER_LAYER.relu / width;
    return [
      agreement({
        name: name('Mean of (ln‖Ju‖² + β/2)/√β'),
        predicted: 0,
        formula: `0, with ${formula}`,
        measured: meanInterval(standardised),
        tolerance: order,
        test: `t interval over ${sample}`,
      }),
      agreement({
        name: name('Variance of ln‖Ju‖² over β'),
        predicted: 1,
        formula: `1, with ${formula}`,
        measured: meanInterval(standardised.map((z) => z * z)),
        tolerance: 2 * order,
        test: `t interval of squares over ${sample}`,
      }),
      agreement({
        name: name('Skewness of ln‖Ju‖²'),
        predicted: 0,
        formula: '0 of a normal law',
        measured: bootstrapInterval(grouped(own), skewnessOf, { seed: 77 }),
        // Moves the 2.5th and the 97.5th percentile by a tenth of a standard deviation. Expected at finite depth is
        // −√(1/L) of a layer's own fluctuation or little more: −0.1 here.
        tolerance: 0.2,
        test: `mean over depths, BCa bootstrap over ${GROUPS} groups of the nets`,
      }),
    ];
  });
}

/** Sums over some nets of the powers of ln‖Ju‖² less the mean of their shape, over its standard deviation. */
interface Powers {
  readonly count: number;
  readonly sum: number;
  readonly squares: number;
  readonly cubes: number;
}

/** Nets of all shapes in groups, each standardised by its own shape's sample. */
function grouped(cells: readonly NormCell[]): readonly Powers[] {
  const all = cells.flatMap(({ alive }) => {
    const { estimate: centre } = meanInterval(alive);
    const deviation = Math.sqrt(meanInterval(alive.map((v) => (v - centre) ** 2)).estimate);
    return alive.map((value) => (value - centre) / deviation);
  });
  return Array.from({ length: GROUPS }, (_, group) => {
    const own = all.filter((_, i) => i % GROUPS === group);
    const total = (power: number) => own.reduce((sum, z) => sum + z ** power, 0);
    return { count: own.length, sum: total(1), squares: total(2), cubes: total(3) };
  });
}

function skewnessOf(groups: readonly Powers[]): number {
  const mean = (key: 'sum' | 'squares' | 'cubes') =>
    groups.reduce((total, group) => total + group[key], 0) /
    groups.reduce((total, { count }) => total + count, 0);
  const [m, s, c] = [mean('sum'), mean('squares'), mean('cubes')];
  return (c - 3 * m * s + 2 * m ** 3) / (s - m * m) ** 1.5;
}
