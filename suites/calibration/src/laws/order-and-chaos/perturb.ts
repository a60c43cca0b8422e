import type { Laboratory } from '@hyperlaw/cli';
import { float32, type LoopSpec } from '@hyperlaw/engine';
import { randomStream } from '@hyperlaw/tasks';
import type { Tensor } from '@tensorflow/tfjs';
import * as tf from '@tensorflow/tfjs';

/** Points of the plane of weight and bias variance, and the tanh nets that are looked at there. */
export interface GrowthInput {
  readonly width: number;
  /** Layers before those that count, in which lengths find their fixed point. */
  readonly settle: number;
  readonly depth: number;
  readonly cells: readonly { readonly weightVariance: number; readonly biasVariance: number }[];
  readonly nets: number;
  readonly seed: number;
}

export interface Growth {
  /** Mean over layers of |δ_{l+1}|²/|δ_l|² of a small difference δ of two inputs, `[net][cell]`. */
  readonly factors: readonly (readonly number[])[];
}

/** Size of a difference relative to what differs: large before float32's 1e-7, small before the curvature of tanh. */
const SMALL = 1e-3;

/**
 * How a layer of a random tanh net changes the difference of two nearby inputs, on the device. The difference is scaled
 * back to its size after each layer, as Lyapunov exponents are measured.
 */
export async function perturbationGrowth(
  { width, settle, depth, cells, nets, seed }: GrowthInput,
  { device, goOn, count }: Pick<Laboratory, 'device' | 'goOn' | 'count'>,
): Promise<Growth> {
  const program = await device.compileLoop(layerOf(cells.length, width));
  const factors: number[][] = [];
  try {
    for (let net = 0; net < nets; net++) {
      const stream = (what: string) => randomStream({ seed, role: 'init', path: [what, net] });
      const normals = new Float32Array(2 * width);
      stream('input').fillNormal(0, normals);
      const everywhere = (values: Float32Array) => {
        const all = new Float32Array(cells.length * width);
        for (let cell = 0; cell < cells.length; cell++) all.set(values, cell * width);
        return all;
      };
      const run = await program.start({
        state: {
          z: everywhere(normals.subarray(0, width)),
          t: everywhere(normals.subarray(width)),
        },
        constants: {
          gain: Float32Array.from(cells, ({ weightVariance: v }) => Math.sqrt(v / width)),
          biasGain: Float32Array.from(cells, ({ biasVariance: v }) => Math.sqrt(v)),
        },
      });
      const [weights, biases] = [stream('weight'), stream('bias')];
      const sums = cells.map(() => 0);
      for (let layer = 0; layer < settle + depth; layer++) {
        goOn();
        const [w, b] = [new Float32Array(width * width), new Float32Array(width)];
        weights.fillNormal(layer * w.length, w);
        biases.fillNormal(layer * width, b);
        const { growth } = await run.advance(1, { w, b });
        if (layer < settle) continue;
        growth?.forEach((factor, cell) => {
          sums[cell] = (sums[cell] as number) + factor / depth;
        });
      }
      count({ flops: 4 * (settle + depth) * cells.length * width ** 2 });
      await run.dispose();
      factors.push(sums.map((sum) => Number(sum.toPrecision(6))));
    }
    return { factors };
  } finally {
    await program.dispose();
  }
}

/** One layer of every cell: z and the direction t of the difference, scaled to z's own size. */
function layerOf(cells: number, width: number): LoopSpec {
  return {
    state: { z: float32(cells, width), t: float32(cells, width) },
    constants: { gain: float32(cells, 1), biasGain: float32(cells, 1) },
    perStep: { w: float32(width, width), b: float32(1, width) },
    step: ({ state, constants, perStep }) => {
      const [z, t] = [state.z as Tensor, state.t as Tensor];
      const both = tf.tanh(tf.concat([z, tf.add(z, tf.mul(t, SMALL))], 0));
      const carried = tf.matMul(both as tf.Tensor2D, perStep.w as tf.Tensor2D);
      const half = (first: number) => tf.slice(carried, [first, 0], [cells, width]);
      const biases = tf.mul(perStep.b as Tensor, constants.biasGain as Tensor);
      const next = tf.add(tf.mul(half(0), constants.gain as Tensor), biases);
      const moved = tf.mul(tf.sub(half(cells), half(0)), constants.gain as Tensor);
      const size = (x: Tensor) => tf.mean(tf.square(x), 1, true);
      const scale = tf.sqrt(tf.div(size(next), size(moved)));
      const growth = tf.div(size(moved), tf.mul(size(t), SMALL ** 2));
      return {
        state: { z: next, t: tf.mul(moved, scale) },
        outputs: { growth: tf.reshape(growth, [cells]) },
      } as never;
    },
  };
}
