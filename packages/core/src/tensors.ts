import type { Tensor } from '@tensorflow/tfjs';

/** Shape and type of one named tensor of a program. */
export interface TensorSpec {
  readonly shape: readonly number[];
  readonly dtype: 'float32' | 'int32' | 'bool';
}

export type Specs = Readonly<Record<string, TensorSpec>>;
export type Tensors = Readonly<Record<string, Tensor>>;
export type HostArray = Float32Array | Int32Array | Uint8Array;
export type Arrays = Readonly<Record<string, HostArray>>;

/** Spec of a float32 tensor. */
export function float32(...shape: readonly number[]): TensorSpec {
  return { shape, dtype: 'float32' };
}

/** The named tensor. Throws where a program was called without it. */
export function tensorOf(tensors: Tensors, name: string): Tensor {
  const tensor = tensors[name];
  if (tensor === undefined) {
    throw new Error(`missing tensor: ${name} (given: ${Object.keys(tensors).join(', ')})`);
  }
  return tensor;
}

/** Number of elements of a shape. */
export function sizeOf(shape: readonly number[]): number {
  return shape.reduce((product, size) => product * size, 1);
}
