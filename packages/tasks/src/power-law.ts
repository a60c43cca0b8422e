import {
  type Checks,
  checkLaw,
  inputDimCheck,
  instanceCheck,
  integer,
  noiseCheck,
  number,
  oneOf,
} from './check.ts';
import { gaussianNoise } from './gaussian-noise.ts';
import { matrixVector, orthonormalFrame } from './matrix.ts';
import { onlineTask, targetStream } from './online-task.ts';
import type { Task } from './task.ts';

/**
 * Power-law data: a spectrum of input variances and a spectrum of target coefficients, the setting of
 * random-feature and kernel scaling laws (2102.06701, 2311.14646).
 *
 * - Input: x = Q diag(√λ_i) g, g ~ N(0, I), with λ_i ∝ i^−capacity of mean 1 over the `inputDim`
 *   modes, and Q the identity or a random rotation drawn by `instance` (rate rules that act by
 *   coordinate, such as Adam's, can tell them apart).
 * - Target: Σ_i v_i φ(g_i), with v_i² ∝ i^−source summing to 1, signs drawn by `instance`, and φ the
 *   chosen `link` shifted and scaled to mean 0 and variance 1 under N(0, 1): mean 0 and variance
 *   exactly 1. With link `linear` the target is linear in x; in the convention of
 *   2105.15004 the source exponent is (source − 1) / (2 × capacity).
 * - Noise: `noise` × N(0, 1).
 * - Best loss: noise².
 */
export interface PowerLawLaw {
  readonly kind: 'power-law';
  readonly inputDim: number;
  readonly capacity: number;
  readonly source: number;
  readonly link: 'linear' | 'relu' | 'absolute' | 'quadratic';
  readonly basis: 'coordinates' | 'rotated';
  readonly noise: number;
  readonly instance: number;
}

const checks: Checks<PowerLawLaw> = {
  inputDim: inputDimCheck,
  capacity: number(0, 10),
  source: number(0, 10),
  link: oneOf(['linear', 'relu', 'absolute', 'quadratic']),
  basis: oneOf(['coordinates', 'rotated']),
  noise: noiseCheck,
  instance: instanceCheck,
};

/** i^−exponent for i = 1 … count, scaled to sum to `total`. */
export function powerLaw(count: number, exponent: number, total: number): Float64Array {
  const values = Float64Array.from({ length: count }, (_, i) => (i + 1) ** -exponent);
  const sum = values.reduce((a, b) => a + b, 0);
  return values.map((value) => (value * total) / sum);
}

/** Eigenvalues λ_i of the input covariance, and coefficients v_i of the target, of a law. */
export function powerLawSpectrum(law: PowerLawLaw): {
  readonly eigenvalues: Float64Array;
  readonly coefficients: Float64Array;
} {
  const { inputDim, capacity, source } = law;
  const signs = new Float32Array(inputDim);
  targetStream(law, 'signs').fillSigns(0, signs);
  return {
    eigenvalues: powerLaw(inputDim, capacity, inputDim),
    coefficients: powerLaw(inputDim, source, 1).map((v, i) => Math.sqrt(v) * (signs[i] as number)),
  };
}

/** The task of a power-law law; throws for a parameter out of range. */
export function powerLawTask(law: PowerLawLaw, name: string): Task {
  // A random rotation takes inputDim³ operations to make.
  checkLaw(law, { ...checks, inputDim: integer(1, law.basis === 'rotated' ? 1024 : 65536) });
  const { inputDim, noise } = law;
  const { eigenvalues, coefficients } = powerLawSpectrum(law);
  const deviations = eigenvalues.map(Math.sqrt);
  const link = links[law.link];
  const rotation =
    law.basis === 'rotated'
      ? orthonormalFrame(inputDim, inputDim, targetStream(law, 'rotation'))
      : null;
  return onlineTask({
    name,
    law,
    inputDim,
    output: { kind: 'regression', dim: 1 },
    bestLoss: noise ** 2,
    sampler(streams) {
      const inputs = streams('data');
      const addNoise = gaussianNoise(streams('noise'), noise);
      const mode = new Float64Array(inputDim);
      const turned = new Float64Array(inputDim);
      return (first, batch, x, y) => {
        inputs.fillNormal(first * inputDim, x);
        for (let e = 0, at = 0; e < batch; e++, at += inputDim) {
          let sum = 0;
          for (let i = 0; i < inputDim; i++) {
            const g = x[at + i] as number;
            sum += (coefficients[i] as number) * link(g);
            mode[i] = (deviations[i] as number) * g;
          }
          y[e] = sum;
          if (rotation !== null) matrixVector(rotation, mode, turned);
          x.set(rotation === null ? mode : turned, at);
        }
        addNoise(first, y);
      };
    },
  });
}

const HALF_NORMAL_MEAN = Math.sqrt(2 / Math.PI);

/** φ with E φ(z) = 0 and E φ(z)² = 1, by the half-normal moments. */
const links: Readonly<Record<PowerLawLaw['link'], (z: number) => number>> = {
  linear: (z) => z,
  relu: (z) => (Math.max(0, z) - HALF_NORMAL_MEAN / 2) / Math.sqrt(0.5 - HALF_NORMAL_MEAN ** 2 / 4),
  absolute: (z) => (Math.abs(z) - HALF_NORMAL_MEAN) / Math.sqrt(1 - HALF_NORMAL_MEAN ** 2),
  quadratic: (z) => (z * z - 1) / Math.SQRT2,
};
