import { type Claim, meanInterval } from '@hyperlaw/report';
import { fussCatalanSpectrum, logDiagonalVariance, lyapunovExponents } from '@hyperlaw/theory';
import { agreement } from '../../agreement.ts';
import type { Spectrum } from './spectra.ts';

/** Whether exponents are told apart by a product of this depth, and whether it is close to deterministic. */
const isDeep = ({ ratio }: Spectrum): boolean => ratio >= 16;
const isWide = ({ ratio }: Spectrum): boolean => ratio <= 1 / 16;

export function spectrumClaims(spectra: readonly Spectrum[]): readonly Claim[] {
  const deep = spectra.filter(isDeep);
  const wide = [...spectra].filter(isWide).sort((a, b) => b.size - a.size)[0];
  return [
    ...diagonalClaims(spectra),
    ...(deep.length > 0 ? deepClaims(deep) : []),
    ...(wide ? [deterministicClaim(wide)] : []),
  ];
}

/** Exact at every depth, so that all shapes enter. */
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
 * exponents of about ½ ln n + 1 that tilts the line by 2/L or so, 0.03 for L = 64. The variance L/2n = 8 of ln σ_1
 * changes by its covariance with the offset, of order √8 of which little is explained by all but the last factors: 1/8
 * of it, and twice that is allowed for.
 */
function deepClaims(deep: readonly Spectrum[]): readonly Claim[] {
  const slopes = deep.flatMap(({ size, depth, singular }) => {
    const exponents = lyapunovExponents(size);
    const centre = exponents.reduce((sum, x) => sum + x, 0) / size;
    const squares = exponents.reduce((sum, x) => sum + (x - centre) ** 2, 0);
    return singular.map(
      (row) =>
        row.reduce((sum, x, i) => sum + (x / depth) * ((exponents[i] as number) - centre), 0) /
        squares,
    );
  });
  const ratios = deep.flatMap((spectrum) => {
    const predicted = logDiagonalVariance(spectrum.size, spectrum.depth)[0] as number;
    return squaredDeviations(spectrum, 0).map((square) => square / predicted);
  });
  const where = `${slopes.length} products with L/n ≥ 16`;
  return [
    agreement({
      name: 'Slope of (1/L) ln σ_i against λ_i, where L/n ≥ 16',
      predicted: 1,
      measured: meanInterval(slopes),
      tolerance: 0.03,
      test: `t interval over ${where}`,
    }),
    agreement({
      name: 'Variance of ln σ_1 over that of Σ ln r_11, where L/n ≥ 16',
      predicted: 1,
      formula: '$1$, with variance $\\tfrac L4 \\psi_1(\\tfrac n2) \\approx L/2n$',
      measured: meanInterval(ratios),
      tolerance: 0.25,
      test: `t interval of squares over ${where}`,
    }),
  ];
}

/**
 * Where n ≫ L: the singular values of one product are the quantiles of a fixed law, up to about ln n spacings of 1/n of
 * the spectrum each (the rigidity of such ensembles).
 */
function deterministicClaim({ size, depth, singular }: Spectrum): Claim {
  const quantiles = fussCatalanSpectrum(depth, size);
  const centre = quantiles.reduce((sum, x) => sum + x, 0) / size;
  const spread = Math.sqrt(quantiles.reduce((sum, x) => sum + (x - centre) ** 2, 0) / size);
  const distances = singular.map(
    (row) =>
      row.reduce((sum, x, i) => sum + Math.abs(x - (quantiles[i] as number)), 0) / size / spread,
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

/** Squared deviations of one ln σ_i from its mean over products, scaled so that their mean is the sample variance. */
export function squaredDeviations(
  { singular }: Pick<Spectrum, 'singular'>,
  i: number,
): readonly number[] {
  const values = singular.map((row) => row[i] as number);
  const centre = values.reduce((sum, x) => sum + x, 0) / values.length;
  return values.map((x) => ((x - centre) ** 2 * values.length) / (values.length - 1));
}
