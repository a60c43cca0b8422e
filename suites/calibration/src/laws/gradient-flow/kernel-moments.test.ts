import { cpuLaboratory } from '@hyperlaw/cli/testing';
import { float32 } from '@hyperlaw/engine';
import { infiniteWidthKernels } from '@hyperlaw/theory';
import type { Tensor } from '@tensorflow/tfjs';
import * as tf from '@tensorflow/tfjs';
import { expect, it } from 'vitest';
import { empiricalKernels, kernelMoments } from './kernel-moments.ts';

const inputs = [
  [1, -0.5, 2],
  [0.3, 1, 0.8],
];

it.each(['relu', 'erf'] as const)(
  'the NT kernel is the product of gradients in all weights and biases: %s',
  async (activation) => {
    const net = { activation, layers: 3, weightVariance: 1.6, biasVariance: 0.3 };
    const width = 5;
    const shapes = [
      [1, 3, width],
      [1, 1, width],
      [1, width, width],
      [1, 1, width],
      [1, width, 1],
      [1, 1, 1],
    ];
    const values = shapes.map((shape, k) => tf.randomNormal(shape, 0, 1, 'float32', k + 1));
    const names = ['w0', 'b0', 'w1', 'b1', 'w2', 'b2'];
    const phi = (z: Tensor) => (activation === 'relu' ? tf.relu(z) : tf.erf(z));
    const gradientsAt = (input: readonly number[]) =>
      tf.grads((...p: Tensor[]) => {
        const [w0, b0, w1, b1, w2, b2] = p as [Tensor, Tensor, Tensor, Tensor, Tensor, Tensor];
        const layer = (h: Tensor, w: Tensor, b: Tensor) =>
          tf.add(
            tf.mul(tf.matMul(h, w), Math.sqrt(1.6 / (w.shape[1] as number))),
            tf.mul(b, Math.sqrt(0.3)),
          );
        const x = tf.tensor([...input], [1, 1, 3]);
        return layer(phi(layer(phi(layer(x, w0, b0)), w1, b1)), w2, b2);
      })(values);
    const [first, second] = inputs.map((input) => gradientsAt(input)) as [Tensor[], Tensor[]];
    const expected = first.reduce(
      (sum, g, k) => sum + (tf.sum(tf.mul(g, second[k] as Tensor)).dataSync()[0] as number),
      0,
    );
    const laboratory = cpuLaboratory();
    const program = await laboratory.device.compile({
      inputs: {
        ...Object.fromEntries(names.map((name, k) => [name, float32(...(shapes[k] ?? []))])),
        x: float32(1, 2, 3),
      },
      call: (tensors) => empiricalKernels(net, tensors),
    });
    const weights = names.map((name, k) => [name, values[k]?.dataSync() as Float32Array]);
    const x = Float32Array.from(inputs.flat());
    const { ntk } = await program.run({ ...Object.fromEntries(weights), x });
    await program.dispose();
    await laboratory.device.close();
    const measured = ntk?.[1] as number;
    // Both sides in float32.
    expect(measured / expected).toBeCloseTo(1, 5);
  },
);

it('means over many wide nets are near the infinite-width kernels', async () => {
  const net = { activation: 'relu', layers: 2, weightVariance: 2, biasVariance: 0.1 } as const;
  const sizes = { width: 64, blocks: 4, netsPerBlock: 100, seed: 3 };
  const laboratory = cpuLaboratory();
  const { nngp, ntk } = await kernelMoments({ net, inputs, ...sizes }, laboratory);
  const limits = infiniteWidthKernels(net, inputs[1] ?? [], inputs[0] ?? []);
  for (const [kind, blocks] of [
    ['nngp', nngp],
    ['ntk', ntk],
  ] as const) {
    const mean = blocks.reduce((sum, block) => sum + (block.mean[1] as number), 0) / 4;
    const square = blocks.reduce((sum, block) => sum + (block.square[1] as number), 0) / 4;
    const error = Math.sqrt((square - mean ** 2) / 400);
    expect(Math.abs(mean - limits[kind])).toBeLessThan(4 * error);
  }
  await laboratory.device.close();
});
