import { bootstrapInterval, type Claim, formatNumber, meanInterval } from '@hyperlaw/report';
import {
  fussCatalanSpectrum,
  logDiagonalVariance,
  lyapunovExponents,
  mean,
} from '@hyperlaw/theory';
import { agreement } from '../../agreement.ts';
import { notMeasured } from '../../not-measured.ts';
import { frameOffsets } from './frame-offsets.ts';
import type { Spectrum } from './spectra.ts';

/** Whether exponents are told apart by a product of this depth, and whether it is close to deterministic. */
const isDeep = ({ ratio }: Spectrum): boolean => ratio >= 16;
const isWide = ({ ratio }: Spectrum): boolean => ratio <= 1 / 16;

export function spectrumClaims(spectra: readonly Spectrum[]): readonly Claim[] {
  const deep = spectra.filter(isDeep);
  const wide = [...spectra].filter(isWide).sort((a, b) => b.size - a.size)[0];
  return [
    ...diagonalClaims(spectra),
    ...(deep.length > 0
      ? [...deep.map(slopeClaim), ...fluctuationClaims(deep)]
      : [
          notMeasured('Exponents and fluctuations of ln σ_i, where L/n ≥ 16', 'no product so deep'),
        ]),
    ...(wide
      ? [deterministicClaim(wide), steadinessClaim(wide)]
      : [notMeasured('The deterministic spectrum, where n/L ≥ 16', 'no product so wide')]),
  ];
}

/**
 * Exact at every depth, so that all shapes enter. A tenth is well below what a wrong formula does: with degrees of freedom
 * off by one the means would move by √(L/2n) standard deviations and more, 0.2 to 3 at these shapes.
 */
function diagonalClaims(spectra: readonly Spectrum[]): readonly Claim[] {
  const standardised = spectra.flatMap(({ size, depth, diagonal }) => {
    const exponents = lyapunovExponents(size);
    const variances = logDiagonalVariance(size, depth);
    return diagonal.flatMap((row) =>
      row.map((sum, i) => {
        const away = sum - depth * (exponents[i] as number);
        return away / Math.sqrt(variances[i] as number);
      }),
    );
  });
  const sample = `${standardised.length} r_ii of products of ${spectra.length} shapes`;
  return [
    agreement({
      name: 'Mean of Σ ln r_ii less L λ_i, in standard deviations',
      predicted: 0,
      formula: '$0$, with $\\lambda_i = \\tfrac12[\\ln\\tfrac2n + \\psi(\\tfrac{n-i+1}2)]$',
      measured: meanInterval(standardised),
      tolerance: 0.1,
      test: `t interval over ${sample}`,
    }),
    agreement({
      name: 'Variance of Σ ln r_ii over its prediction',
      predicted: 1,
      formula: '$1$, with variance $\\tfrac L4 \\psi_1(\\tfrac{n-i+1}2)$',
      measured: meanInterval(standardised.map((z) => z * z)),
      tolerance: 0.1,
      test: `t interval of squares over ${sample}`,
    }),
  ];
}

/**
 * Where L ≫ n. ln σ_i is Σ ln r_ii up to an offset of order one, so (1/L) ln σ_i is λ_i up to order 1/L: over a range of
 * exponents of about ½ ln n + 1 that tilts the line by 2/L or so. The mean offset is known, and with it the tilt where
 * all exponents are far apart: 1.7/L.
 */
function slopeClaim({ size, depth, singular }: Spectrum): Claim {
  const exponents = lyapunovExponents(size);
  const centre = mean(exponents);
  const squares = exponents.reduce((sum, x) => sum + (x - centre) ** 2, 0);
  const slopeOf = (values: readonly number[]) =>
    values.reduce((sum, x, i) => sum + x * ((exponents[i] as number) - centre), 0) / squares;
  const slopes = singular.map((row) => slopeOf(row) / depth);
  const tilt = slopeOf(frameOffsets(size));
  return agreement({
    name: `Slope of (1/L) ln σ_i against λ_i, n = ${size}, L = ${depth}`,
    predicted: 1 + tilt / depth,
    formula: `$1 + ${formatNumber(tilt)}/L = ${(1 + tilt / depth).toFixed(4)}$`,
    measured: meanInterval(slopes),
    tolerance: 2 / depth,
    test: `t interval over ${slopes.length} products`,
  });
}

/**
 * Where L ≫ n. The variance L/2n = 8 of ln σ_1 changes by its covariance with the offset, of order √8 of which little is
 * explained by all but the last factors: 1/8 of it, and twice that is allowed for. Other ln σ_i have a larger variance.
 */
function fluctuationClaims(deep: readonly Spectrum[]): readonly Claim[] {
  /** Squared deviations over their prediction, of each product the mean over some i. */
  const ratios = (upTo: (size: number) => number) =>
    deep.flatMap((spectrum) => {
      const predicted = logDiagonalVariance(spectrum.size, spectrum.depth);
      const places = Array.from({ length: upTo(spectrum.size) }, (_, i) =>
        squaredDeviations(spectrum, i).map((square) => square / (predicted[i] as number)),
      );
      return spectrum.singular.map((_, product) =>
        mean(places.map((place) => place[product] as number)),
      );
    });
  const [top, all] = [ratios(() => 1), ratios((size) => size)];
  const test = `t interval of squares over ${all.length} products with L/n ≥ 16`;
  return [
    agreement({
      name: 'Variance of ln σ_1 over that of Σ ln r_11, where L/n ≥ 16',
      predicted: 1,
      formula: '$1$, with variance $\\tfrac L4 \\psi_1(\\tfrac n2) \\approx L/2n$',
      measured: meanInterval(top),
      tolerance: 0.25,
      test,
    }),
    agreement({
      name: 'Variance of ln σ_i over that of Σ ln r_ii, mean over i, where L/n ≥ 16',
      predicted: 1,
      formula: '$1$, with variance $\\tfrac L4 \\psi_1(\\tfrac{n-i+1}2)$',
      measured: meanInterval(all),
      tolerance: 0.25,
      test,
    }),
  ];
}

/**
 * Where n ≫ L: the singular values of one product are the quantiles of a fixed law, up to about ln n spacings of 1/n of
 * the spectrum each (the rigidity of such ensembles).
 */
function deterministicClaim({ size, depth, singular }: Spectrum): Claim {
  const quantiles = fussCatalanSpectrum(depth, size);
  const spread = spreadOf(quantiles);
  const distances = singular.map(
    (row) => mean(row.map((x, i) => Math.abs(x - (quantiles[i] as number)))) / spread,
  );
  return agreement({
    name: `Mean distance of ln σ_i of one product from the deterministic spectrum, n = ${size}, L = ${depth}`,
    predicted: 0,
    formula: '$0$ as $n \\to \\infty$',
    measured: meanInterval(distances),
    tolerance: Math.log(size) / size,
    unit: 'standard deviations of the spectrum',
    test: `t interval over ${distances.length} products`,
  });
}

/** By the same rigidity the ln σ_i of different products differ by ln n/n; each Σ ln r_ii alone by √(L/n), far more. */
function steadinessClaim({ size, depth, singular }: Spectrum): Claim {
  const spread = spreadOf(fussCatalanSpectrum(depth, size));
  const scatter = (rows: readonly (readonly number[])[]): number => {
    const deviations = Array.from({ length: size }, (_, i) => {
      const squares = squaredDeviations({ singular: rows }, i);
      return Math.sqrt(mean(squares));
    });
    return mean(deviations) / spread;
  };
  const free = mean(logDiagonalVariance(size, depth).map(Math.sqrt));
  return agreement({
    name: `Standard deviation of ln σ_i between products, mean over i, n = ${size}, L = ${depth}`,
    predicted: 0,
    formula: '$0$ as $n \\to \\infty$',
    measured: bootstrapInterval(singular, scatter, { seed: 78, resamples: 500 }),
    tolerance: Math.log(size) / size,
    unit: 'standard deviations of the spectrum',
    test: `BCa bootstrap over ${singular.length} products`,
    note: `Σ ln r_ii of the same products has ${(free / spread).toFixed(2)}.`,
  });
}

const spreadOf = (quantiles: readonly number[]): number => {
  const centre = mean(quantiles);
  return Math.sqrt(mean(quantiles.map((x) => (x - centre) ** 2)));
};

/** Squared deviations of one ln σ_i from its mean over products, scaled so that their mean is the sample variance. */
export function squaredDeviations(
  { singular }: Pick<Spectrum, 'singular'>,
  i: number,
): readonly number[] {
  const values = singular.map((row) => row[i] as number);
  const centre = mean(values);
  return values.map((x) => ((x - centre) ** 2 * values.length) / (values.length - 1));
}
