import * as tf from '@tensorflow/tfjs';
import { openCpu } from '../devices/onnx-kinds.ts';
import type { Tensors } from '../tensor-spec.ts';
import { float32 } from '../tensor-spec.ts';

/** Prints the error of a function that cannot be traced: run by a test, outside vitest. */
async function main(): Promise<void> {
  try {
    await openCpu().compile({
      inputs: { x: float32(1, 2, 2, 3) },
      call: ({ x }) =>
        ({ y: tf.localResponseNormalization(x as tf.Tensor4D) }) as unknown as Tensors,
    });
  } catch (error) {
    console.log((error as Error).message);
  }
}

void main();
