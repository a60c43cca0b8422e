import { type Checks, checkLaw, inputDimCheck, instanceCheck, noiseCheck } from './check.ts';
import { gaussianNoise } from './gaussian-noise.ts';
import { checkTerms, coordinatesOf, type HermiteTerm, hermite } from './hermite-terms.ts';
import { copyRow, matrixVector, orthonormalFrame } from './matrix.ts';
import { onlineTask, targetStream } from './online-task.ts';
import type { Task } from './task.ts';

/**
 * A polynomial of a few hidden directions, of a chosen leap (2302.11055).
 *
 * - Input: x ~ N(0, I), `inputDim` dimensions.
 * - Target: (1/√K) Σ_k Π_i h_{terms[k][i]}(u_i · x), with u_i orthonormal directions drawn by
 *   `instance` and h_n the orthonormal Hermite polynomials, so that the mean is 0 and the variance
 *   exactly 1. `terms` decide the leap: `staircase({ leap: 1, steps: 3 })` is z₁ + z₁z₂ + z₁z₂z₃,
 *   `leapOf(terms)` tells it. Below the leap every Hermite correlation with the target is zero.
 * - Noise: `noise` × N(0, 1).
 * - Best loss: noise².
 */
export interface MultiIndexLaw {
  readonly kind: 'multi-index';
  readonly inputDim: number;
  readonly terms: readonly HermiteTerm[];
  readonly noise: number;
  readonly instance: number;
}

const checks: Checks<MultiIndexLaw> = {
  inputDim: inputDimCheck,
  terms: checkTerms,
  noise: noiseCheck,
  instance: instanceCheck,
};

/** The hidden directions of a law, `[coordinates, inputDim]`, orthonormal rows. */
export function multiIndexDirections(law: MultiIndexLaw): Float64Array {
  const count = coordinatesOf(law.terms);
  return orthonormalFrame(count, law.inputDim, targetStream(law, 'directions'));
}

/** The task of a multi-index law; throws for a parameter out of range or too many directions. */
export function multiIndexTask(law: MultiIndexLaw, name: string): Task {
  checkLaw(law, checks);
  const { inputDim, terms, noise } = law;
  const count = coordinatesOf(terms);
  if (count > inputDim) {
    throw new Error(`unknown terms: ${count} directions (at most the input dim, ${inputDim})`);
  }
  const directions = multiIndexDirections(law);
  const coefficient = 1 / Math.sqrt(terms.length);
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
      const z = new Float64Array(count);
      return (first, batch, x, y) => {
        inputs.fillNormal(first * inputDim, x);
        for (let e = 0; e < batch; e++) {
          copyRow(x, e, input);
          matrixVector(directions, input, z);
          let sum = 0;
          for (const term of terms) sum += product(term, z);
          y[e] = coefficient * sum;
        }
        addNoise(first, y);
      };
    },
  });
}

function product(term: HermiteTerm, z: Float64Array): number {
  let value = 1;
  for (let i = 0; i < term.length; i++) value *= hermite(term[i] as number, z[i] as number);
  return value;
}
