import type { HostArray, TensorSpec } from '../tensor-spec.ts';
import { sizeOf } from '../tensor-spec.ts';

/** Uniform numbers in [0, 1). */
export type Random = () => number;

/** Numbers from a seed, the same ever after (mulberry32). */
export function seeded(seed: number): Random {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let t = Math.imul(state ^ (state >>> 15), state | 1);
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61);
    return ((t ^ (t >>> 14)) >>> 0) / 2 ** 32;
  };
}

/** A tensor to be drawn. */
export interface Input {
  readonly spec: TensorSpec;
  draw(random: Random): HostArray;
}

const floats = (shape: readonly number[], each: (random: Random) => number): Input => ({
  spec: { shape, dtype: 'float32' },
  draw: (random) => Float32Array.from({ length: sizeOf(shape) }, () => each(random)),
});

function gaussian(random: Random): number {
  const radius = Math.sqrt(-2 * Math.log(1 - random()));
  return radius * Math.cos(2 * Math.PI * random());
}

/** Standard normal numbers. */
export const real = (...shape: number[]): Input => floats(shape, gaussian);

/** Numbers between bounds. */
export const between =
  (low: number, high: number) =>
  (...shape: number[]): Input =>
    floats(shape, (random) => low + (high - low) * random());

/** Numbers well above zero. */
export const positive = between(0.2, 3);

/** Whole numbers from `low` to below `high`. */
export const whole =
  (low: number, high: number) =>
  (...shape: number[]): Input => ({
    spec: { shape, dtype: 'int32' },
    draw: (random) =>
      Int32Array.from({ length: sizeOf(shape) }, () => low + Math.floor((high - low) * random())),
  });

/** Indices below a limit. */
export const index = (limit: number) => whole(0, limit);

/** Truth values. */
export const flag = (...shape: number[]): Input => ({
  spec: { shape, dtype: 'bool' },
  draw: (random) => Uint8Array.from({ length: sizeOf(shape) }, () => (random() < 0.5 ? 0 : 1)),
});

/** Different numbers in random order, so that no two tie for the largest. */
export const distinct = (...shape: number[]): Input => ({
  spec: { shape, dtype: 'float32' },
  draw: (random) => {
    const size = sizeOf(shape);
    const keys = Array.from({ length: size }, random);
    const order = [...keys.keys()].sort((a, b) => (keys[a] as number) - (keys[b] as number));
    return Float32Array.from(order, (rank) => (rank - size / 2) / 4);
  },
});

/** Given numbers. */
export const exactly = (...values: number[]): Input => ({
  spec: { shape: [values.length], dtype: 'float32' },
  draw: () => Float32Array.from(values),
});
