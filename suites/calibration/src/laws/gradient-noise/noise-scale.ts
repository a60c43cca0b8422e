import type { Laboratory } from '@hyperlaw/cli';
import { float32 } from '@hyperlaw/engine';
import type { DenseStream } from '@hyperlaw/tasks';
import { mean } from '@hyperlaw/theory';
import type { Tensor } from '@tensorflow/tfjs';
import * as tf from '@tensorflow/tfjs';
import { linearStep, WEIGHT } from './linear-step.ts';

/** Gradients of linear regression at w = 0, where the squared residual |Δ|² is 1. */
export interface NoiseScaleInput {
  readonly inputDim: number;
  /** Standard deviation σ of the label noise. */
  readonly noise: number;
  readonly small: NoiseBatches;
  readonly big: NoiseBatches;
  /** Groups of batches, whose means are kept. */
  readonly groups: number;
  readonly seed: number;
}

interface NoiseBatches {
  readonly batch: number;
  /** Batches a group. */
  readonly count: number;
}

export interface NoiseScaleResult {
  /** Mean squared norm of the gradient, `[group]`, over batches of either size. */
  readonly small: readonly number[];
  readonly big: readonly number[];
}

/** Squared norms of gradients over fresh batches of two sizes, as the engine computes them. */
export async function noiseScale(
  { inputDim, noise, small, big, groups, seed }: NoiseScaleInput,
  laboratory: Laboratory,
): Promise<NoiseScaleResult> {
  const law = { kind: 'noisy-linear', inputDim, noise, instance: 7 } as const;
  const task = await laboratory.loadTask(law);
  const squaredNorms = async ({ batch, count }: NoiseBatches, stream: DenseStream) => {
    const step = linearStep({ inputDim, batch, lanes: count });
    const program = await laboratory.device.compile({
      inputs: { x: float32(count, batch, inputDim), y: float32(count, batch, 1) },
      call: ({ x, y }) => {
        const state = { [WEIGHT]: tf.zeros([count, inputDim, 1]) };
        const sides = { x: x as Tensor, y: y as Tensor };
        const gradients = step.gradients({ state, constants: {}, batch: sides });
        return { squared: tf.sum(tf.square(gradients[WEIGHT] as Tensor), [1, 2]) } as never;
      },
    });
    try {
      const x = new Float32Array(count * batch * inputDim);
      const y = new Float32Array(count * batch);
      const means: number[] = [];
      for (let group = 0; group < groups; group++) {
        laboratory.goOn();
        stream.fill(group, count * batch, x, y);
        const { squared } = await program.run({ x, y });
        means.push(mean(squared as Float32Array));
      }
      laboratory.count({ flops: 4 * groups * count * batch * inputDim });
      return means;
    } finally {
      await program.dispose();
    }
  };
  return {
    small: await squaredNorms(small, task.stream(seed, 'train') as DenseStream),
    big: await squaredNorms(big, task.stream(seed, 'test') as DenseStream),
  };
}
