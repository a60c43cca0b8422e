import { type Figure, lawChart, meanInterval, type TheoryLine } from '@hyperlaw/report';
import {
  fussCatalanSpectrum,
  logDiagonalVariance,
  lyapunovExponents,
  mean,
} from '@hyperlaw/theory';
import type { Spectrum } from './spectra.ts';
import { squaredDeviations } from './spectrum-claims.ts';

const FACETS = [
  { ratio: 1 / 16, facet: 'wide: L/n = 1/16' },
  { ratio: 1, facet: 'L/n = 1' },
  { ratio: 16, facet: 'deep: L/n = 16' },
] as const;

/** One shape a ratio, the widest. */
function shown(spectra: readonly Spectrum[]) {
  return FACETS.flatMap(({ ratio, facet }) => {
    const own = spectra.filter((spectrum) => spectrum.ratio === ratio);
    const widest = own.reduce<Spectrum | undefined>(
      (best, next) => (best === undefined || next.size > best.size ? next : best),
      undefined,
    );
    return widest ? [{ ...widest, facet }] : [];
  });
}

const place = (i: number, size: number): number => (i + 0.5) / size;

/** Sixteen singular values of many, the smallest among them. */
const places = (size: number): readonly number[] => {
  const every = Math.ceil(size / 16);
  const some = Array.from({ length: Math.ceil(size / every) }, (_, k) => k * every);
  return some.at(-1) === size - 1 ? some : [...some, size - 1];
};

export function spectrumFigure(spectra: readonly Spectrum[]): Figure {
  const cells = shown(spectra);
  return {
    id: 'depth-over-width-spectrum',
    title: 'Singular spectra of products of random matrices',
    caption: `Singular values in order, the largest left; bars reach from the 2.5th to the 97.5th percentile over products: how much the spectrum of one product fluctuates. Shapes are ${cells.map(({ size, depth }) => `$n = ${size}$, $L = ${depth}$`).join('; ')}. *Look for* a sharp spectrum on the dashed line at the left, and a fluctuating one on the solid line at the right.`,
    chart: lawChart({
      x: { title: 'place in the spectrum, (i − ½)/n', domain: [0, 1] },
      y: { title: '(1/L) ln σᵢ' },
      theory: cells.flatMap(({ size, depth, facet }): TheoryLine[] => {
        const line = (logs: readonly number[]) => logs.map((y, i) => [place(i, size), y] as const);
        return [
          { label: 'Lyapunov exponents', facet, points: line(lyapunovExponents(size)) },
          ...(depth <= size
            ? [
                {
                  label: 'Fuss–Catalan, n ≫ L',
                  stroke: 'dashed' as const,
                  facet,
                  points: line(fussCatalanSpectrum(depth, size).map((log) => log / depth)),
                },
              ]
            : []),
        ];
      }),
      measured: cells.flatMap(({ size, depth, facet, singular }) =>
        places(size).map((i) => {
          const values = singular.map((row) => (row[i] as number) / depth).sort((a, b) => a - b);
          const at = (p: number) => values[Math.round(p * (values.length - 1))] as number;
          return { x: place(i, size), y: mean(values), low: at(0.025), high: at(0.975), facet };
        }),
      ),
      measuredLabel: 'mean, and spread of single products',
    }),
  };
}

export function spreadFigure(spectra: readonly Spectrum[]): Figure {
  const cells = shown(spectra);
  return {
    id: 'depth-over-width-spread',
    title: 'How much a spectrum fluctuates',
    caption:
      'Variance over products of $\\ln\\sigma_i$, of the same products, against that of $\\sum \\ln r_{ii}$. *Look for* points far below the line at the left, where spectra are nearly deterministic, and on it at the right.',
    chart: lawChart({
      x: { title: 'place in the spectrum, (i − ½)/n', domain: [0, 1] },
      y: { title: 'variance of ln σᵢ', scale: 'log10' },
      theory: cells.map(({ size, depth, facet }) => ({
        label: '(L/4) ψ₁((n − i + 1)/2)',
        facet,
        points: logDiagonalVariance(size, depth).map((y, i) => [place(i, size), y] as const),
      })),
      measured: cells.flatMap((spectrum) =>
        places(spectrum.size).map((i) => {
          const { estimate, interval } = meanInterval(squaredDeviations(spectrum, i));
          const [low, high] = interval;
          return { x: place(i, spectrum.size), y: estimate, low, high, facet: spectrum.facet };
        }),
      ),
    }),
  };
}

export function fluctuationFigure(spectra: readonly Spectrum[]): Figure {
  const sizes = [...new Set(spectra.map(({ size }) => size))];
  return {
    id: 'depth-over-width-top',
    title: 'Depth over width controls the fluctuations of the largest singular value',
    caption:
      'Variance over products of $\\ln\\sigma_1$. *Look for* points that join the line where $L > n$; where $L < n$ they fall below it: in a wide product every direction fluctuates as the line says, but $\\sigma_1$ is one of many and close to its deterministic value.',
    chart: lawChart({
      x: { title: 'depth over width, L/n', scale: 'log2' },
      y: { title: 'variance of ln σ₁', scale: 'log10' },
      series: { title: 'n' },
      theory: sizes.map((size) => ({
        label: 'L ≫ n: (L/4) ψ₁(n/2)',
        series: size,
        points: [1 / 16, 16].map(
          (ratio) => [ratio, logDiagonalVariance(size, ratio * size)[0] as number] as const,
        ),
      })),
      measured: spectra.map((spectrum) => {
        const { estimate, interval } = meanInterval(squaredDeviations(spectrum, 0));
        return {
          series: spectrum.size,
          x: spectrum.ratio,
          y: estimate,
          low: interval[0],
          high: interval[1],
        };
      }),
    }),
  };
}
