import type { Laboratory } from '@hyperlaw/cli';
import { float32 } from '@hyperlaw/engine';
import { randomStream } from '@hyperlaw/tasks';
import { type KernelTask, optimalRidge } from '@hyperlaw/theory';
import type { Tensor } from '@tensorflow/tfjs';
import * as tf from '@tensorflow/tfjs';
import { CholeskyDecomposition, Matrix } from 'ml-matrix';
import { counterpart } from './task.ts';

/** Random-feature regressions fitted to the end at the best ridge, on draws that all sizes share. */
export interface BestFitInput {
  readonly difficulty: number;
  readonly modes: number;
  readonly sizes: readonly (readonly [samples: number, features: number])[];
  readonly draws: number;
  readonly seed: number;
}

/** Test errors `[draw][size]`, exact given the weights, and what the eigenframework expects, `[size]`. */
export interface BestFitResult {
  readonly measured: readonly (readonly number[])[];
  readonly expected: readonly number[];
}

/** The engine forms features and labels; ridge regressions are solved in float64 on the host. */
async function bestFit(
  { difficulty, modes, sizes, draws, seed }: BestFitInput,
  { device, goOn, count }: Laboratory,
): Promise<BestFitResult> {
  const task = counterpart(difficulty, modes);
  const best = sizes.map(([samples, features]) => optimalRidge(task, { samples, features }));
  const [n, k] = [0, 1].map((side) => Math.max(...sizes.map((size) => size[side] as number))) as [
    number,
    number,
  ];
  const design = await device.compile({
    inputs: { x: float32(n, modes), w: float32(modes, k), v: float32(modes, 1) },
    call: ({ x, w, v }) =>
      ({
        features: tf.matMul(x as Tensor, w as Tensor),
        labels: tf.matMul(x as Tensor, v as Tensor),
      }) as never,
  });
  try {
    const stream = randomStream({ seed, role: 'data', path: ['best-fit'] });
    const v = Float32Array.from(task.coefficients);
    const measured: number[][] = [];
    for (let draw = 0; draw < draws; draw++) {
      const [x, w] = [new Float32Array(n * modes), new Float32Array(modes * k)];
      stream.fillNormal(draw * (x.length + w.length), x);
      stream.fillNormal(draw * (x.length + w.length) + x.length, w);
      for (let i = 0; i < w.length; i++) {
        w[i] = (w[i] as number) * Math.sqrt(task.eigenvalues[Math.floor(i / k)] as number);
      }
      const { features, labels } = await design.run({ x, w, v });
      const drawn = {
        ...{ task, w, stride: k },
        ...{ features: features as Float32Array, labels: labels as Float32Array },
      };
      measured.push(
        sizes.map(([own, ofFeatures], s) => {
          goOn();
          const ridge = (best[s] as { ridge: number }).ridge;
          return Number(testError(drawn, own, ofFeatures, ridge).toPrecision(7));
        }),
      );
      count({ trials: sizes.length, flops: 2 * n * modes * (k + 1) });
    }
    return { measured, expected: best.map(({ test }) => test) };
  } finally {
    await design.dispose();
  }
}

interface Drawn {
  readonly task: KernelTask;
  /** √λ_i w_ij, `[modes, stride]`. */
  readonly w: Float32Array;
  readonly stride: number;
  readonly features: Float32Array;
  readonly labels: Float32Array;
}

/** ‖W a − v‖² of the ridge regression on the first n samples and k features. */
function testError(drawn: Drawn, n: number, k: number, ridge: number): number {
  const { task, w, stride, features, labels } = drawn;
  const phi = new Matrix(n, k);
  for (let i = 0; i < n; i++) {
    for (let j = 0; j < k; j++) phi.set(i, j, features[i * stride + j] as number);
  }
  const y = Matrix.columnVector(Array.from(labels.subarray(0, n)));
  const transposed = phi.transpose();
  // Solved among samples or features, whichever are fewer.
  const few = n < k;
  const gram = few ? phi.mmul(transposed) : transposed.mmul(phi);
  for (let i = 0; i < gram.rows; i++) {
    for (let j = 0; j < i; j++) gram.set(i, j, gram.get(j, i));
    gram.set(i, i, gram.get(i, i) + ridge * k);
  }
  const solved = new CholeskyDecomposition(gram).solve(few ? y : transposed.mmul(y));
  const a = (few ? transposed.mmul(solved) : solved).to1DArray();
  let error = 0;
  for (let i = 0; i < task.coefficients.length; i++) {
    let f = 0;
    for (let j = 0; j < k; j++) f += (w[i * stride + j] as number) * (a[j] as number);
    error += (f - (task.coefficients[i] as number)) ** 2;
  }
  return error;
}

export const measureBestFit = { bestFit };
