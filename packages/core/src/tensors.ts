import type { Tensors } from '@hyperlaw/engine';
import type { Tensor } from '@tensorflow/tfjs';

export type { Arrays, HostArray, Specs, TensorSpec, Tensors } from '@hyperlaw/engine';
export { float32, sizeOf } from '@hyperlaw/engine';

/** The named tensor. Throws where a program was called without it. */
export function tensorOf(tensors: Tensors, name: string): Tensor {
  const tensor = tensors[name];
  if (tensor === undefined) {
    throw new Error(`missing tensor: ${name} (given: ${Object.keys(tensors).join(', ')})`);
  }
  return tensor;
}

/** Those of some keys, by key, each under its own name among the tensors. Throws where one is missing. */
export function pickTensors(
  tensors: Tensors,
  keys: readonly string[],
  name: (key: string) => string = (key) => key,
): Tensors {
  return Object.fromEntries(keys.map((key) => [key, tensorOf(tensors, name(key))]));
}
