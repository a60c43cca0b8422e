import type { Laboratory } from '@hyperlaw/cli';
import { float32 } from '@hyperlaw/engine';
import { randomStream } from '@hyperlaw/tasks';
import type { Tensor } from '@tensorflow/tfjs';
import * as tf from '@tensorflow/tfjs';
import { ridgeFits } from './ridge-fit.ts';
import { type Ridge, ridgeOf } from './ridges.ts';
import { type Spectrum, taskOf } from './spectra.ts';

/** Random-feature regressions of all sizes on draws of samples and features that they share. */
export interface RandomFeaturesInput {
  readonly spectrum: Spectrum;
  /** Samples n and features k. */
  readonly sizes: readonly (readonly [samples: number, features: number])[];
  readonly ridges: readonly Ridge[];
  readonly draws: number;
  readonly seed: number;
}

export interface RandomFeaturesResult {
  /** Errors `[draw, size, ridge]`; the test error is exact in the eigenbasis, label noise included. */
  readonly test: readonly (readonly (readonly number[])[])[];
  readonly train: RandomFeaturesResult['test'];
}

/**
 * Draws eigenfunctions of samples and weights of features, both Gaussian; small problems are blocks of the largest, so
 * that errors of two sizes are paired. The engine forms the features and the fitted functions, the host solves.
 */
async function randomFeatures(
  { spectrum, sizes, ridges, draws, seed }: RandomFeaturesInput,
  { device, goOn, count }: Laboratory,
): Promise<RandomFeaturesResult> {
  const task = taskOf(spectrum);
  const { modes, noise } = spectrum;
  const [n, k] = [0, 1].map((side) => Math.max(...sizes.map((size) => size[side] as number))) as [
    number,
    number,
  ];
  const columns = sizes.length * ridges.length;
  const [design, fitted] = await Promise.all([
    device.compile({
      inputs: { x: float32(n, modes), w: float32(modes, k), v: float32(modes, 1) },
      call: ({ x, w, v }) =>
        ({
          features: tf.matMul(x as Tensor, w as Tensor),
          labels: tf.matMul(x as Tensor, v as Tensor),
        }) as never,
    }),
    device.compile({
      inputs: { w: float32(modes, k), a: float32(k, columns) },
      call: ({ w, a }) => ({ function: tf.matMul(w as Tensor, a as Tensor) }) as never,
    }),
  ]);
  try {
    const stream = randomStream({ seed, role: 'data', path: ['random-features'] });
    const perDraw = n * modes + modes * k + n;
    const v = Float32Array.from(task.coefficients);
    const deltas = sizes.map(([samples, features]) =>
      ridges.map((ridge) => ridgeOf(ridge, task, { samples, features })),
    );
    const [test, train]: [number[][][], number[][][]] = [[], []];
    for (let draw = 0; draw < draws; draw++) {
      goOn();
      const x = new Float32Array(n * modes);
      const w = new Float32Array(modes * k);
      const xi = new Float32Array(n);
      stream.fillNormal(draw * perDraw, x);
      stream.fillNormal(draw * perDraw + x.length, w);
      stream.fillNormal(draw * perDraw + x.length + w.length, xi);
      for (let i = 0; i < w.length; i++) {
        w[i] = (w[i] as number) * Math.sqrt(task.eigenvalues[Math.floor(i / k)] as number);
      }
      const { features, labels } = await design.run({ x, w, v });
      const noisy = Float64Array.from(
        labels as Float32Array,
        (label, i) => label + noise * (xi[i] as number),
      );
      const a = new Float32Array(k * columns);
      train.push(
        sizes.map(([samples, own], s) => {
          goOn();
          const block = { features: features as Float32Array, stride: k, labels: noisy };
          const fits = ridgeFits({ ...block, samples, count: own }, deltas[s] as number[]);
          fits.forEach(({ weights }, r) => {
            weights.forEach((weight, j) => {
              a[j * columns + s * ridges.length + r] = weight;
            });
          });
          return fits.map(({ trainError }) => compact(trainError));
        }),
      );
      const { function: found } = await fitted.run({ w, a });
      const errors = new Float64Array(columns).fill(noise ** 2);
      for (let i = 0; i < modes * columns; i++) {
        const target = task.coefficients[Math.floor(i / columns)] as number;
        errors[i % columns] =
          (errors[i % columns] as number) + (((found as Float32Array)[i] as number) - target) ** 2;
      }
      test.push(
        sizes.map((_, s) => ridges.map((_, r) => compact(errors[s * ridges.length + r] as number))),
      );
      count({ flops: 2 * modes * k * (n + columns) });
    }
    return { test, train };
  } finally {
    await design.dispose();
    await fitted.dispose();
  }
}

const compact = (error: number): number => Number(error.toPrecision(7));

export const measureRandomFeatures = { randomFeatures };
