import type { Laboratory } from '@hyperlaw/cli';
import { randomStream } from '@hyperlaw/tasks';
import { accumulateQr, logSingularValues, type SquareMatrix } from '@hyperlaw/theory';

/** Products of `depth` Gaussian `size` × `size` matrices, entries of variance 1/size. */
export interface ProductsInput {
  readonly size: number;
  readonly depth: number;
  readonly products: number;
  readonly seed: number;
}

/** Each `[product, size]`. */
export interface Products {
  /** ln σ_i, the largest first. */
  readonly singular: readonly (readonly number[])[];
  /** Σ ln r_ii of the QR decomposition carried through the product, in the order of the frame. */
  readonly diagonal: readonly (readonly number[])[];
}

/**
 * Singular values of products of random matrices, and the diagonal of their triangular factors. In float64 on the host:
 * the condition number of a deep product leaves nothing of its small singular values in float32.
 */
export async function productSpectra(
  { size, depth, products, seed }: ProductsInput,
  { goOn, count }: Pick<Laboratory, 'goOn' | 'count'>,
): Promise<Products> {
  const stream = randomStream({ seed, role: 'init', path: ['product-spectra'] });
  const all = Array.from({ length: products }, (_, product) => {
    goOn();
    const factors = factorsOf(stream, { size, depth, first: product * depth });
    return { singular: logSingularValues(factors), diagonal: accumulateQr(factors) };
  });
  // Two decompositions and two products a factor, each of about 2 n³ operations.
  count({ flops: 8 * products * depth * size ** 3 });
  const rounded = (values: readonly number[]) => values.map((x) => Number(x.toPrecision(7)));
  return {
    singular: all.map(({ singular }) => rounded(singular)),
    diagonal: all.map(({ diagonal }) => rounded(diagonal)),
  };
}

function factorsOf(
  stream: ReturnType<typeof randomStream>,
  { size, depth, first }: { readonly size: number; readonly depth: number; readonly first: number },
): SquareMatrix[] {
  const entries = new Float32Array(size * size);
  return Array.from({ length: depth }, (_, l) => {
    stream.fillNormal((first + l) * entries.length, entries);
    return Array.from({ length: size }, (_, i) =>
      Float64Array.from(entries.subarray(i * size, (i + 1) * size), (x) => x / Math.sqrt(size)),
    );
  });
}
