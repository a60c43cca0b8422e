import type { Laboratory } from '@hyperlaw/cli';
import { batchesOf } from '@hyperlaw/core';
import { float32, int32 } from '@hyperlaw/engine';
import type { PowerLawLaw } from '@hyperlaw/tasks';
import { powerLawSpectrum } from '@hyperlaw/tasks';
import { mean } from '@hyperlaw/theory';
import type { Tensor } from '@tensorflow/tfjs';
import * as tf from '@tensorflow/tfjs';
import { linearStep, RATE, WEIGHT } from './linear-step.ts';

/** Many runs of SGD from w = 0 on power-law inputs, whose covariance is diagonal. */
export interface LinearDescentInput {
  readonly law: PowerLawLaw & { readonly link: 'linear'; readonly basis: 'coordinates' };
  /** `population`: one batch without noise whose second moments are those of the inputs, again and again. */
  readonly batch: number | 'population';
  /** Learning rates of ½ (⟨w, x⟩ − y)²; all see the same batches. */
  readonly rates: readonly number[];
  /** Independent runs of each rate, in groups whose means are kept. */
  readonly groups: number;
  readonly perGroup: number;
  /** Steps after which the loss is kept, increasing. */
  readonly checkpoints: readonly number[];
  readonly seed: number;
}

export interface LinearDescentResult {
  /** Mean excess loss ½ Σ λ (w − w*)² of the population, `[rate, group, checkpoint]`; null where not finite. */
  readonly losses: readonly (readonly (readonly (number | null)[])[])[];
}

/** Trains a linear model by core's SGD, and follows its exact population loss. */
export async function linearDescent(
  { law, batch, rates, groups, perGroup, checkpoints, seed }: LinearDescentInput,
  { device, loadTask, goOn, count }: Laboratory,
): Promise<LinearDescentResult> {
  const task = await loadTask(law);
  const { inputDim } = law;
  const { eigenvalues, coefficients } = powerLawSpectrum(law);
  const size = batch === 'population' ? inputDim : batch;
  const runs = groups * perGroup;
  const lanes = rates.length * runs;
  const step = linearStep({ inputDim, batch: size, lanes });
  const streams = Array.from({ length: runs }, (_, r) => task.stream(seed + r, 'train'));
  const fresh = batchesOf(task, streams, size);
  const program = await device.compileLoop({
    state: step.state,
    constants: {
      rate: float32(lanes, 1, 1),
      owner: int32(lanes),
      spectrum: float32(1, inputDim, 1),
      target: float32(1, inputDim, 1),
    },
    perStep: { x: fresh.x, y: fresh.y },
    step: ({ state, constants, perStep }) => {
      const { rate, owner, spectrum, target } = constants;
      const own = (tensor: unknown) => tf.gather(tensor as Tensor, owner as tf.Tensor1D);
      const { state: next } = step.step({
        state,
        constants: {},
        perStep: { [RATE]: rate as Tensor },
        batch: { x: own(perStep.x), y: own(perStep.y) },
      });
      const error = tf.sub(next[WEIGHT] as Tensor, target as Tensor);
      const excess = tf.sum(tf.mul(tf.square(error), spectrum as Tensor), [1, 2]);
      return { state: next, outputs: { excess } };
    },
  });
  const run = await program.start({
    state: { [WEIGHT]: new Float32Array(lanes * inputDim) },
    constants: {
      // The gradient of core's loss is twice that of the theory's.
      rate: Float32Array.from({ length: lanes }, (_, l) => 0.5 * at(rates, Math.floor(l / runs))),
      owner: Int32Array.from({ length: lanes }, (_, l) => l % runs),
      spectrum: Float32Array.from(eigenvalues, (value) => value / 2),
      target: Float32Array.from(coefficients, (v, i) => v / Math.sqrt(at(eigenvalues, i))),
    },
  });
  try {
    const perCall = Math.max(1, Math.floor(CALL / (runs * size * inputDim)));
    const last = checkpoints.at(-1) ?? 0;
    const kept = rates.map(() => Array.from({ length: groups }, (): (number | null)[] => []));
    let next = 0;
    for (let done = 0; done < last; ) {
      goOn();
      const steps = Math.min(perCall, last - done);
      const { excess } = await run.advance(
        steps,
        batch === 'population'
          ? populationBatch(eigenvalues, coefficients, steps, runs)
          : fresh.feed(done, steps),
      );
      count({ modelSteps: steps * lanes, flops: 4 * steps * lanes * size * inputDim });
      done += steps;
      for (; (checkpoints[next] ?? Infinity) <= done; next++) {
        const row = (at(checkpoints, next) - 1 - (done - steps)) * lanes;
        kept.forEach((ofRate, r) => {
          ofRate.forEach((losses, group) => {
            const from = row + r * runs + group * perGroup;
            losses.push(meanOf((excess as Float32Array).subarray(from, from + perGroup)));
          });
        });
      }
    }
    count({ trials: lanes });
    return { losses: kept };
  } finally {
    await run.dispose();
    await program.dispose();
  }
}

/** Numbers of the inputs of one call of the device. */
const CALL = 2 ** 21;

const at = (values: ArrayLike<number>, i: number): number => values[i] as number;

function meanOf(losses: Float32Array): number | null {
  const loss = mean(losses);
  return Number.isFinite(loss) ? Number(loss.toPrecision(7)) : null;
}

/** Examples x = √(dλ_i) e_i with y = ⟨w*, x⟩: their mean of x xᵀ is the covariance. */
function populationBatch(
  eigenvalues: Float64Array,
  coefficients: Float64Array,
  steps: number,
  runs: number,
) {
  const d = eigenvalues.length;
  const x = new Float32Array(steps * runs * d * d);
  const y = new Float32Array(steps * runs * d);
  for (let row = 0; row < y.length; row++) {
    const i = row % d;
    x[row * d + i] = Math.sqrt(d * at(eigenvalues, i));
    y[row] = Math.sqrt(d) * at(coefficients, i);
  }
  return { x, y };
}
