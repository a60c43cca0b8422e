import { type Checks, checkLaw, instanceCheck, integer, number } from './check.ts';
import { orthonormalFrame } from './matrix.ts';
import { mixtureEntropy } from './mixture-entropy.ts';
import { onlineTask, targetStream } from './online-task.ts';
import { powerLaw } from './power-law.ts';
import type { Task } from './task.ts';

/**
 * Classes as Gaussian clouds of one shared covariance.
 *
 * - Input: x = Λ^½ (m_c + z), z ~ N(0, I), with class c uniform, Λ = diag(λ_i), λ_i ∝ i^−capacity of
 *   mean 1 (capacity 0: the identity), and m_c the corners of a regular simplex in random directions
 *   drawn by `instance`, every two at Mahalanobis distance `separation`, centred on 0.
 * - Target: the class. Its best discriminant is linear.
 * - Noise: the overlap of the clouds.
 * - Best loss: the Bayes cross-entropy, by quadrature to about 1e-12 (`mixtureEntropy`).
 */
export interface GaussianMixtureLaw {
  readonly kind: 'gaussian-mixture';
  readonly inputDim: number;
  readonly classes: number;
  /** Distance of every two class means, in standard deviations. */
  readonly separation: number;
  readonly capacity: number;
  readonly instance: number;
}

const checks: Checks<GaussianMixtureLaw> = {
  inputDim: integer(2, 65536),
  classes: integer(2, 128),
  separation: number(0, 20),
  capacity: number(0, 10),
  instance: instanceCheck,
};

/** The class means before the shared covariance is applied, `[classes, inputDim]`. */
export function mixtureMeans(law: GaussianMixtureLaw): Float64Array {
  const { inputDim, classes, separation } = law;
  const means = orthonormalFrame(classes, inputDim, targetStream(law, 'means'));
  for (let i = 0; i < inputDim; i++) {
    let centre = 0;
    for (let c = 0; c < classes; c++) centre += (means[c * inputDim + i] as number) / classes;
    for (let c = 0; c < classes; c++) {
      const at = c * inputDim + i;
      means[at] = (separation / Math.SQRT2) * ((means[at] as number) - centre);
    }
  }
  return means;
}

/** The task of a Gaussian mixture; throws for a parameter out of range. */
export function gaussianMixtureTask(law: GaussianMixtureLaw, name: string): Task {
  checkLaw(law, { ...checks, classes: integer(2, Math.min(128, law.inputDim)) });
  const { inputDim, classes, separation, capacity } = law;
  const means = mixtureMeans(law);
  const deviations = powerLaw(inputDim, capacity, inputDim).map(Math.sqrt);
  return onlineTask({
    name,
    law,
    inputDim,
    output: { kind: 'classes', count: classes },
    bestLoss: mixtureEntropy(classes, separation),
    sampler(streams) {
      const inputs = streams('data');
      const labels = streams('label');
      return (first, batch, x, y) => {
        inputs.fillNormal(first * inputDim, x);
        if (y instanceof Int32Array) labels.fillIntegers(first, classes, y);
        for (let e = 0, at = 0; e < batch; e++, at += inputDim) {
          const mean = (y[e] as number) * inputDim;
          for (let i = 0; i < inputDim; i++) {
            const z = (x[at + i] as number) + (means[mean + i] as number);
            x[at + i] = (deviations[i] as number) * z;
          }
        }
      };
    },
  });
}
