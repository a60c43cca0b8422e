import type { Laboratory } from '@hyperlaw/cli';
import { float32, type Specs, sizeOf, type Tensors } from '@hyperlaw/engine';
import { randomStream } from '@hyperlaw/tasks';
import type { KernelNet } from '@hyperlaw/theory';
import type { Tensor } from '@tensorflow/tfjs';
import * as tf from '@tensorflow/tfjs';

/** Random nets of one width, in neural tangent parameterization and with one output. */
export interface KernelMomentsInput {
  readonly net: KernelNet & { readonly activation: 'relu' | 'erf' };
  readonly width: number;
  readonly inputs: readonly (readonly number[])[];
  /** Independent groups of nets, each summarized by its means. */
  readonly blocks: number;
  readonly netsPerBlock: number;
  readonly seed: number;
}

/** Means over a block of nets of the entries of an empirical kernel and of their squares, by pair j ≤ i of inputs, row by row. */
export interface EntryMoments {
  readonly mean: readonly number[];
  readonly square: readonly number[];
}

export interface KernelMoments {
  /** `[block]`. */
  readonly nngp: readonly EntryMoments[];
  readonly ntk: readonly EntryMoments[];
}

/** The most weights in memory at a time. */
const MOST_WEIGHTS = 2 ** 21;

/**
 * Empirical kernels of random nets: the NNGP kernel σ_w²/n φ(z)·φ(z′) + σ_b² of the last hidden layer, and the NT kernel
 * Σ_θ ∂f/∂θ(x) ∂f/∂θ(x′), each layer's part the product of what enters the layer and what the gradient leaves at it.
 */
export async function kernelMoments(
  { net, width, inputs, blocks, netsPerBlock, seed }: KernelMomentsInput,
  { device, goOn, count }: Laboratory,
): Promise<KernelMoments> {
  const weights = weightSpecs(net.layers, (inputs[0] as readonly number[]).length, width);
  const size = Object.values(weights).reduce((sum, { shape }) => sum + sizeOf(shape), 0);
  const nets = Math.max(1, Math.min(netsPerBlock, Math.floor(MOST_WEIGHTS / size)));
  const x = Float32Array.from(inputs.flat());
  const program = await device.compile({
    inputs: {
      x: float32(1, inputs.length, x.length / inputs.length),
      ...Object.fromEntries(
        Object.entries(weights).map(([name, { shape }]) => [name, float32(nets, ...shape)]),
      ),
    },
    call: (tensors) => empiricalKernels(net, tensors),
  });
  const streams = Object.entries(weights).map(([name, { shape }]) => ({
    name,
    size: nets * sizeOf(shape),
    stream: randomStream({ seed, role: 'init', path: ['kernels', name] }),
  }));
  const result = { nngp: [] as EntryMoments[], ntk: [] as EntryMoments[] };
  const calls = Math.ceil(netsPerBlock / nets);
  try {
    for (let block = 0; block < blocks; block++) {
      const sums = { nngp: entrySums(inputs.length), ntk: entrySums(inputs.length) };
      for (let call = 0; call < calls; call++) {
        goOn();
        const draw = block * calls + call;
        const values = streams.map(({ name, size, stream }) => {
          const out = new Float32Array(size);
          stream.fillNormal(draw * size, out);
          return [name, out] as const;
        });
        const kernels = await program.run({ x, ...Object.fromEntries(values) });
        sums.nngp.add(kernels.nngp as Float32Array);
        sums.ntk.add(kernels.ntk as Float32Array);
      }
      result.nngp.push(sums.nngp.moments());
      result.ntk.push(sums.ntk.moments());
    }
    count({ flops: 4 * blocks * calls * nets * size * inputs.length });
    return result;
  } finally {
    await program.dispose();
  }
}

/** Of weights `[fanIn, fanOut]` and biases, without the axis of nets. */
function weightSpecs(layers: number, inputDim: number, width: number): Specs {
  const entries = Array.from({ length: layers }, (_, l) => {
    const fanIn = l === 0 ? inputDim : width;
    const fanOut = l === layers - 1 ? 1 : width;
    return [
      [`w${l}`, float32(fanIn, fanOut)],
      [`b${l}`, float32(1, fanOut)],
    ] as const;
  });
  return Object.fromEntries(entries.flat());
}

/** Kernels `[net, input, input]` of nets with the given weights. */
export function empiricalKernels(
  { activation, layers, weightVariance, biasVariance }: KernelMomentsInput['net'],
  tensors: Tensors,
): Tensors {
  const at = (name: string) => tensors[name] as Tensor;
  const entering: Tensor[] = [];
  const affine = (h: Tensor, l: number): Tensor => {
    const fanIn = at(`w${l}`).shape[1] as number;
    const z = tf.mul(tf.matMul(h, at(`w${l}`)), Math.sqrt(weightVariance / fanIn));
    return tf.add(z, tf.mul(at(`b${l}`), Math.sqrt(biasVariance)));
  };
  // Shifts of the preactivations, all zero: the gradient in them is what backpropagation leaves at each layer.
  const output = (...shifts: Tensor[]): Tensor => {
    let h = tf.tile(at('x'), [at('w0').shape[0] as number, 1, 1]);
    shifts.forEach((shift, l) => {
      entering[l] = h;
      const z = tf.add(affine(h, l), shift);
      h = l === layers - 1 ? z : activation === 'relu' ? tf.relu(z) : tf.erf(z);
    });
    return h;
  };
  const [nets = 1, examples = 1] = [at('w0').shape[0], at('x').shape[1]];
  const zeros = Array.from({ length: layers }, (_, l) =>
    tf.zeros([nets, examples, at(`w${l}`).shape[2] as number]),
  );
  const signals = tf.grads(output)(zeros);
  const products = entering.map((h) => {
    const fanIn = h.shape[2] as number;
    return tf.add(tf.mul(tf.matMul(h, h, false, true), weightVariance / fanIn), biasVariance);
  });
  const parts = signals.map((signal, l) =>
    tf.mul(products[l] as Tensor, tf.matMul(signal, signal, false, true)),
  );
  return { nngp: products[layers - 1] as Tensor, ntk: tf.addN(parts) };
}

/** Sums over nets of the lower triangle of kernels, and of their squares. */
function entrySums(inputs: number) {
  const places = Array.from({ length: inputs }, (_, i) =>
    Array.from({ length: i + 1 }, (_, j) => i * inputs + j),
  ).flat();
  const [mean, square] = [places.map(() => 0), places.map(() => 0)];
  let nets = 0;
  return {
    add(kernels: Float32Array): void {
      for (let start = 0; start < kernels.length; start += inputs ** 2, nets++) {
        places.forEach((place, k) => {
          const value = kernels[start + place] as number;
          mean[k] = (mean[k] as number) + value;
          square[k] = (square[k] as number) + value * value;
        });
      }
    },
    moments: (): EntryMoments => ({
      mean: mean.map((sum) => sum / nets),
      square: square.map((sum) => sum / nets),
    }),
  };
}
