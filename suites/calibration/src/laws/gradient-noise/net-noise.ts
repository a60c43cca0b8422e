import type { Laboratory } from '@hyperlaw/cli';
import type { Shape } from '@hyperlaw/core';
import { batchesOf, trainingStep } from '@hyperlaw/core';
import type { Task } from '@hyperlaw/tasks';
import type { MeanSquaredNorm } from '@hyperlaw/theory';
import type { Tensor } from '@tensorflow/tfjs';
import * as tf from '@tensorflow/tfjs';
import type { NetArrays } from './nets.ts';

/** Mean squared gradient norms at two batch sizes, over nets and batches. */
export interface NetNoise {
  readonly small: MeanSquaredNorm;
  readonly big: MeanSquaredNorm;
}

/** Batches that a mean is taken over, for each net. */
const BATCHES = 24;

/** Gradients of nets `[net, …]` on fresh batches of two sizes, which every net sees alike. */
export async function netNoise(
  options: {
    readonly task: Task;
    readonly shape: Shape;
    readonly weights: NetArrays;
    readonly nets: number;
    readonly seed: number;
    readonly batches: { readonly small: number; readonly big: number };
  },
  { device, goOn }: Laboratory,
): Promise<NetNoise> {
  const { task, shape, weights, nets, seed, batches } = options;
  const { inputDim, output } = task;
  const step = trainingStep(shape, { inputDim, output, lanes: nets });
  const meanOver = async (batch: number): Promise<MeanSquaredNorm> => {
    const fresh = batchesOf(task, [task.stream(seed, 'train')], batch);
    const program = await device.compile({
      inputs: { ...step.state, x: fresh.x, y: fresh.y },
      call: ({ x, y, ...state }) => {
        const sides = { x: x as Tensor, y: y as Tensor };
        const gradients = step.gradients({ state: state as never, constants: {}, batch: sides });
        const squares = step.model.parameters.map(({ name }) =>
          tf.sum(tf.square(gradients[name] as Tensor), [1, 2]),
        );
        return { squared: squares.reduce((a, b) => tf.add(a, b)) } as never;
      },
    });
    try {
      let sum = 0;
      for (let i = 0; i < BATCHES; i++) {
        goOn();
        const { squared } = await program.run({ ...weights, ...fresh.feed(i, 1) });
        for (const value of squared as Float32Array) sum += value / (nets * BATCHES);
      }
      return { batchSize: batch, squaredNorm: sum };
    } finally {
      await program.dispose();
    }
  };
  return { small: await meanOver(batches.small), big: await meanOver(batches.big) };
}
