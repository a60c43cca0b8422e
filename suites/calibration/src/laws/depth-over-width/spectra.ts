import type { Evidence, Profile } from '@hyperlaw/cli';
import type { Experiment } from '@hyperlaw/sweep';
import { resultOf } from '../../law.ts';
import type { Products, ProductsInput } from './products.ts';

type Shape = Omit<ProductsInput, 'seed'>;

const shape = (size: number, depth: number, products: number): Shape => ({ size, depth, products });

/** Ratios of depth to size from 1/16 to 16, each at more than one size where that is affordable. */
const shapes: Readonly<Record<Profile, readonly Shape[]>> = {
  smoke: [shape(4, 64, 20), shape(16, 1, 20), shape(16, 16, 10)],
  standard: [
    ...[shape(8, 2, 300), shape(8, 8, 300), shape(8, 32, 300), shape(8, 128, 300)],
    ...[
      shape(16, 1, 200),
      shape(16, 4, 200),
      shape(16, 16, 200),
      shape(16, 64, 200),
      shape(16, 256, 150),
    ],
    ...[shape(32, 2, 100), shape(32, 8, 100), shape(32, 32, 100)],
    ...[shape(64, 4, 60), shape(64, 16, 40)],
  ],
  full: [8, 16, 32, 64].flatMap((size) =>
    [1 / 16, 1 / 4, 1, 4, 16]
      .filter((ratio) => ratio * size >= 1)
      .map((ratio) => shape(size, ratio * size, 1000)),
  ),
};

/** Products of one shape, and what their singular values do. */
export interface Spectrum extends ProductsInput, Products {
  /** L/n. */
  readonly ratio: number;
}

function inputsOf(profile: Profile): readonly ProductsInput[] {
  return shapes[profile].map((own) => ({ ...own, seed: 71_000_000 + 1000 * own.size + own.depth }));
}

const nameOf = ({ size, depth }: ProductsInput): string =>
  `depth-over-width product ${size}x${depth}`;

/** One experiment a shape. */
export function planSpectra(profile: Profile): readonly Experiment[] {
  return inputsOf(profile).map((input) => ({
    name: nameOf(input),
    kind: 'productSpectra',
    input,
    data: [],
    version: 1,
    cost: (20e-9 * input.size ** 3 + 0.4e-6 * input.size ** 2) * (input.depth + 2) * input.products,
  }));
}

/** What was measured of every shape; throws `NotMeasured` where one experiment failed. */
export function spectraOf(evidence: Evidence): readonly Spectrum[] {
  return inputsOf(evidence.profile).map((input) => ({
    ...input,
    ...resultOf<Products>(evidence, nameOf(input)),
    ratio: input.depth / input.size,
  }));
}
