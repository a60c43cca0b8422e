import { type Checks, checkLaw, inputDimCheck, instanceCheck, noiseCheck } from './check.ts';
import { gaussianNoise } from './gaussian-noise.ts';
import { copyRow, matrixVector, orthonormalFrame } from './matrix.ts';
import { onlineTask, targetStream } from './online-task.ts';
import type { Task } from './task.ts';

/**
 * Linear regression, the task on which SGD's expected loss is known exactly (2106.02713).
 *
 * - Input: x ~ N(0, I), `inputDim` dimensions.
 * - Target: w · x with |w| = 1, direction drawn by `instance`: mean 0 and variance exactly 1.
 * - Noise: `noise` × N(0, 1).
 * - Best loss: noise².
 */
export interface NoisyLinearLaw {
  readonly kind: 'noisy-linear';
  readonly inputDim: number;
  readonly noise: number;
  readonly instance: number;
}

const checks: Checks<NoisyLinearLaw> = {
  inputDim: inputDimCheck,
  noise: noiseCheck,
  instance: instanceCheck,
};

/** The unit vector w of a law, `[inputDim]`. */
export const linearTarget = (law: NoisyLinearLaw): Float64Array =>
  orthonormalFrame(1, law.inputDim, targetStream(law, 'direction'));

/** The task of a noisy linear law; throws for a parameter out of range. */
export function noisyLinearTask(law: NoisyLinearLaw, name: string): Task {
  checkLaw(law, checks);
  const { inputDim, noise } = law;
  const target = linearTarget(law);
  return onlineTask({
    name,
    law,
    inputDim,
    output: { kind: 'regression', dim: 1 },
    bestLoss: noise ** 2,
    sampler(streams) {
      const inputs = streams('data');
      const addNoise = gaussianNoise(streams('noise'), noise);
      const input = new Float64Array(inputDim);
      const value = new Float64Array(1);
      return (first, batch, x, y) => {
        inputs.fillNormal(first * inputDim, x);
        for (let e = 0; e < batch; e++) {
          copyRow(x, e, input);
          matrixVector(target, input, value);
          y[e] = value[0] as number;
        }
        addNoise(first, y);
      };
    },
  });
}
