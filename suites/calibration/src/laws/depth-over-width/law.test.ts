import type { Experiment } from '@hyperlaw/sweep';
import { randomStream } from '@hyperlaw/tasks';
import {
  equalLayers,
  exactLogNorm,
  fussCatalanSpectrum,
  logDiagonalVariance,
  lyapunovExponents,
} from '@hyperlaw/theory';
import { describe, expect, it } from 'vitest';
import { findingOf } from '../../finding-of.ts';
import { madeUpEvidence } from '../../testing/made-up-evidence.ts';
import { frameOffsets } from './frame-offsets.ts';
import { depthOverWidth } from './law.ts';
import type { LogNorms, LogNormsInput } from './measure.ts';
import { type Products, type ProductsInput, productSpectra } from './products.ts';

/** What made-up results do: factors on the variance of norms and of r_ii, and on the exponents. */
const theory = { norms: 1, diagonal: 1, exponents: 1 };

function normals(seed: number, count: number): number[] {
  const out = new Float32Array(count);
  randomStream({ seed, role: 'noise' }).fillNormal(0, out);
  return [...out];
}

const madeUpResult = ({ kind, input }: Experiment, factors: typeof theory) =>
  kind === 'logNorms'
    ? norms(input as LogNormsInput, factors)
    : products(input as ProductsInput, factors);

const madeUp = (factors: typeof theory) =>
  madeUpEvidence(depthOverWidth, (experiment) => madeUpResult(experiment, factors));

function norms({ seed, nets, ...shape }: LogNormsInput, factors: typeof theory): LogNorms {
  const { mean, variance } = exactLogNorm(equalLayers(shape));
  return { values: normals(seed, nets).map((z) => mean + z * Math.sqrt(factors.norms * variance)) };
}

/** A Fuss–Catalan spectrum where n ≫ L, Lyapunov exponents with their fluctuations elsewhere. */
function products(input: ProductsInput, factors: typeof theory): Products {
  const { size, depth, seed } = input;
  const exponents = lyapunovExponents(size).map((x) => factors.exponents * x);
  const variances = logDiagonalVariance(size, depth);
  const quantiles = depth <= size / 16 ? fussCatalanSpectrum(depth, size) : null;
  const diagonal = Array.from({ length: input.products }, (_, product) =>
    normals(seed + product, size).map((z, i) => {
      const spread = Math.sqrt(factors.diagonal * (variances[i] as number));
      return depth * (exponents[i] as number) + spread * z;
    }),
  );
  const rigid = (product: number) =>
    normals(seed + product, size).map((z, i) => (quantiles?.[i] as number) + (0.5 * z) / size);
  const offsets = frameOffsets(size);
  const off = (row: readonly number[]) => row.map((sum, i) => sum + (offsets[i] as number));
  return { diagonal, singular: quantiles ? diagonal.map((_, k) => rigid(k)) : diagonal.map(off) };
}

const verdicts = (factors: typeof theory, of: RegExp) =>
  findingOf(depthOverWidth, madeUp(factors))
    .claims.filter(({ name }) => of.test(name))
    .map(({ verdict }) => verdict);

describe('depth over width', () => {
  it('holds where results follow theory', () => {
    const { claims, figures } = findingOf(depthOverWidth, madeUp(theory));
    expect(claims).toHaveLength(18);
    expect(claims.filter(({ verdict }) => verdict !== 'supported')).toEqual([]);
    for (const { chart } of figures) expect(() => chart.spec('wide')).not.toThrow();
  });

  it('fails where fluctuations are a third larger', () => {
    const norms = verdicts({ ...theory, norms: 1.33 }, /^Variance of ln‖Ju‖²/);
    expect(norms).toEqual(Array(4).fill('refuted'));
    const deep = verdicts({ ...theory, diagonal: 1.6 }, /^Variance of ln σ_i/);
    expect(deep).toEqual(['refuted']);
    expect(verdicts({ ...theory, diagonal: 1.33 }, /^Variance of Σ ln r_ii/)).toEqual(['refuted']);
  });

  it('fails where exponents are a tenth off', () => {
    const slopes = verdicts({ ...theory, exponents: 1.1 }, /^Slope|^Mean of Σ/);
    expect(slopes).toEqual(['refuted', 'refuted', 'refuted']);
  });

  it('is not measured where an experiment failed', () => {
    const failed = madeUpEvidence(depthOverWidth, () => null);
    expect(findingOf(depthOverWidth, failed).verdict).toBe('inconclusive');
    const half = madeUpEvidence(depthOverWidth, (experiment) =>
      experiment.kind === 'logNorms' ? null : madeUpResult(experiment, theory),
    );
    const { claims, figures } = findingOf(depthOverWidth, half);
    expect(claims.filter(({ verdict }) => verdict === 'supported')).toHaveLength(8);
    expect(figures).toHaveLength(3);
  });
});

describe('products of random matrices', () => {
  it('have singular values whose product is that of the diagonal: the determinant', async () => {
    const lab = { goOn: () => {}, count: () => {} };
    const input = { size: 6, depth: 40, products: 3, seed: 5 };
    const { singular, diagonal } = await productSpectra(input, lab);
    const sum = (row: readonly number[] | undefined) => row?.reduce((a, b) => a + b, 0) ?? 0;
    // Logarithms are kept to seven digits.
    singular.forEach((row, i) => {
      expect(sum(row) / sum(diagonal[i])).toBeCloseTo(1, 5);
    });
    expect(singular[0]).not.toEqual(singular[1]);
  });
});
