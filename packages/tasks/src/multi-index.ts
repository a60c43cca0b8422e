import {
  type Checks,
  checkLaw,
  inputDimCheck,
  instanceCheck,
  integer,
  noiseCheck,
  number,
  optional,
} from './check.ts';
import { gaussianNoise } from './gaussian-noise.ts';
import { checkTerms, coordinatesOf, type HermiteTerm, hermite } from './hermite-terms.ts';
import { copyRow, matrixVector, orthonormalFrame } from './matrix.ts';
import { onlineTask, targetStream } from './online-task.ts';
import { powerLaw } from './power-law.ts';
import type { Task } from './task.ts';

/**
 * A polynomial of a few hidden directions, of a chosen leap (2302.11055).
 *
 * - Input: x ~ N(0, I), `inputDim` dimensions.
 * - Target: (1/√K) Σ_k Π_i h_{terms[k][i]}(u_i · x), with u_i orthonormal directions drawn by
 *   `instance` and h_n the orthonormal Hermite polynomials, so that the mean is 0 and the variance
 *   exactly 1. `terms` decide the leap: `staircase({ leap: 1, steps: 3 })` is z₁ + z₁z₂ + z₁z₂z₃,
 *   `leapOf(terms)` tells it. Below the leap every Hermite correlation with the target is zero.
 * - With `capacity` the input has variances λ_i ∝ i^−capacity of mean 1 along an orthonormal frame that begins with
 *   the u_i, and the hidden coordinates are its leading ones, whitened: z_i = (u_i · x)/√λ_i. 0 unless given.
 * - With `source` the k-th term's squared coefficient is ∝ k^−source, all summing to 1, in place of 1/K. 0 unless given.
 * - Noise: `noise` × N(0, 1).
 * - Best loss: noise².
 */
export interface MultiIndexLaw {
  readonly kind: 'multi-index';
  readonly inputDim: number;
  readonly terms: readonly HermiteTerm[];
  readonly capacity?: number;
  readonly source?: number;
  readonly noise: number;
  readonly instance: number;
}

const checks: Checks<MultiIndexLaw> = {
  inputDim: inputDimCheck,
  terms: checkTerms,
  capacity: optional(number(0, 10)),
  source: optional(number(0, 10)),
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
  const { inputDim, terms, noise, capacity = 0, source = 0 } = law;
  // A whole frame takes inputDim³ operations to make.
  checkLaw(law, { ...checks, ...(capacity > 0 && { inputDim: integer(1, 1024) }) });
  const count = coordinatesOf(terms);
  if (count > inputDim) {
    throw new Error(`unknown terms: ${count} directions (at most the input dim, ${inputDim})`);
  }
  const inputsOf = capacity > 0 ? spectralInputs(law, capacity) : whiteInputs(law);
  const coefficient = 1 / Math.sqrt(terms.length);
  const weights = powerLaw(terms.length, source, terms.length).map(Math.sqrt);
  return onlineTask({
    name,
    law,
    inputDim,
    output: { kind: 'regression', dim: 1 },
    bestLoss: noise ** 2,
    sampler(streams) {
      const inputs = streams('data');
      const addNoise = gaussianNoise(streams('noise'), noise);
      const z = new Float64Array(count);
      const fill = inputsOf();
      return (first, batch, x, y) => {
        inputs.fillNormal(first * inputDim, x);
        for (let e = 0; e < batch; e++) {
          fill(x, e, z);
          let sum = 0;
          for (const [k, term] of terms.entries()) sum += (weights[k] as number) * product(term, z);
          y[e] = coefficient * sum;
        }
        addNoise(first, y);
      };
    },
  });
}

/** Turns the standard normals of example `e` into its input, in place, and writes its hidden coordinates. */
type FillInput = (x: Float32Array, e: number, z: Float64Array) => void;

function whiteInputs(law: MultiIndexLaw): () => FillInput {
  const directions = multiIndexDirections(law);
  return () => {
    const input = new Float64Array(law.inputDim);
    return (x, e, z) => {
      copyRow(x, e, input);
      matrixVector(directions, input, z);
    };
  };
}

function spectralInputs(law: MultiIndexLaw, capacity: number): () => FillInput {
  const { inputDim } = law;
  // Rows are directions: columns of the map from modes to inputs.
  const frame = orthonormalFrame(inputDim, inputDim, targetStream(law, 'directions'));
  const turn = Float64Array.from(
    frame,
    (_, at) => frame[(at % inputDim) * inputDim + Math.floor(at / inputDim)] as number,
  );
  const deviations = powerLaw(inputDim, capacity, inputDim).map(Math.sqrt);
  return () => {
    const mode = new Float64Array(inputDim);
    const input = new Float64Array(inputDim);
    return (x, e, z) => {
      copyRow(x, e, mode);
      z.set(mode.subarray(0, z.length));
      for (let i = 0; i < inputDim; i++) mode[i] = (mode[i] as number) * (deviations[i] as number);
      matrixVector(turn, mode, input);
      x.set(input, e * inputDim);
    };
  };
}

function product(term: HermiteTerm, z: Float64Array): number {
  let value = 1;
  for (let i = 0; i < term.length; i++) value *= hermite(term[i] as number, z[i] as number);
  return value;
}
