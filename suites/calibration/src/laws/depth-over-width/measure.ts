import type { Laboratory } from '@hyperlaw/cli';
import { float32, sizeOf } from '@hyperlaw/engine';
import { randomStream } from '@hyperlaw/tasks';
import type { Tensor } from '@tensorflow/tfjs';
import * as tf from '@tensorflow/tfjs';
import { productSpectra } from './products.ts';

/** Nets whose activations are followed from one input, all of one shape. */
export interface LogNormsInput {
  readonly activation: 'relu' | 'linear';
  readonly width: number;
  readonly depth: number;
  readonly nets: number;
  readonly seed: number;
}

export interface LogNorms {
  /** ln(‖h_L‖²/‖h_0‖²) of every net; null where all units of a layer were silent. */
  readonly values: readonly (number | null)[];
}

/**
 * How the squared norm of the activations changes on its way through random nets, weights of variance 2/n before ReLU and
 * 1/n otherwise: for these nets it has the law of the squared norm of the Jacobian times a vector.
 */
async function logNorms(
  { activation, width, depth, nets, seed }: LogNormsInput,
  { device, goOn, count }: Laboratory,
): Promise<LogNorms> {
  const features = float32(nets, 1, width);
  const weights = float32(nets, width, width);
  const layer = await device.compile({
    inputs: { h: features, w: weights },
    call: ({ h, w }) => {
      const z = tf.matMul(h as Tensor, w as Tensor);
      return { h: activation === 'relu' ? tf.relu(z) : z } as never;
    },
  });
  try {
    const deviation = Math.sqrt((activation === 'relu' ? 2 : 1) / width);
    const stream = randomStream({ seed, role: 'init', path: ['depth-over-width'] });
    const w = new Float32Array(sizeOf(weights.shape));
    let h = new Float32Array(sizeOf(features.shape));
    stream.fillNormal(0, h);
    const before = squaredNorms(h, width);
    for (let l = 0; l < depth; l++) {
      goOn();
      stream.fillNormal(h.length + l * w.length, w);
      for (let i = 0; i < w.length; i++) w[i] = (w[i] as number) * deviation;
      h = (await layer.run({ h, w })).h as Float32Array<ArrayBuffer>;
    }
    count({ flops: 2 * depth * w.length });
    const after = squaredNorms(h, width);
    return {
      values: after.map((norm, net) =>
        norm > 0 ? Math.log(norm / (before[net] as number)) : null,
      ),
    };
  } finally {
    await layer.dispose();
  }
}

function squaredNorms(h: Float32Array, width: number): number[] {
  return Array.from({ length: h.length / width }, (_, net) =>
    h.subarray(net * width, (net + 1) * width).reduce((sum, x) => sum + x * x, 0),
  );
}

export const measureDepthOverWidth = { logNorms, productSpectra };
