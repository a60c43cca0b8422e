import { describe, expect, it } from 'vitest';
import {
  type AdamSettings,
  constantHalfLife,
  halfLife,
  linearRule,
  saturatingRate,
  squareRootAdam,
  squareRootRule,
} from './batch-rules.ts';
import { expectedLossCurve } from './sgd-linear.ts';
import { normalSource } from './testing/random.ts';

describe('rules for SGD', () => {
  it('the linear rule keeps the curve over examples where noise dominates', () => {
    const problem = { eigenvalues: [1, 0.5, 0.1], labelNoise: 2 };
    const loss = (learningRate: number, batchSize: number) => {
      const steps = 4096 / batchSize;
      const run = { learningRate, batchSize, initialSquaredErrors: [1, 1, 1], steps };
      return expectedLossCurve(problem, run)[steps] as number;
    };
    const base = loss(1e-3, 4);
    // What is left is discretization, of relative order κηλ = 0.8 %.
    expect(loss(linearRule(1e-3, 8), 32) / base).toBeCloseTo(1, 2);
    expect(Math.abs(loss(squareRootRule(1e-3, 8), 32) / base - 1)).toBeGreaterThan(0.1);
  });

  it('the saturating rate is linear below B_noise and constant above', () => {
    const law = { largestRate: 0.3, noiseScale: 100 };
    // Ends of the crossover are off by B/B_noise.
    expect(saturatingRate(law, 0.02) / saturatingRate(law, 0.01)).toBeCloseTo(linearRule(1, 2), 3);
    expect(saturatingRate(law, 100)).toBeCloseTo(0.15, 12);
    expect(saturatingRate(law, 1e6) / 0.3).toBeCloseTo(1, 3);
  });
});

/** Mean and standard deviation over coordinates of θ trained by Adam on ½ hθ² with gradient noise of deviation 1/√B. */
function adam(settings: AdamSettings, batchSize: number, examples: number): [number, number] {
  const normal = normalSource(17);
  const coordinates = 4000;
  const curvature = 0.02;
  let [sum, squares] = [0, 0];
  for (let c = 0; c < coordinates; c++) {
    let [theta, m, v] = [1, 0, 1 / batchSize];
    for (let t = 0; t < examples / batchSize; t++) {
      const gradient = curvature * theta + normal() / Math.sqrt(batchSize);
      m = settings.beta1 * m + (1 - settings.beta1) * gradient;
      v = settings.beta2 * v + (1 - settings.beta2) * gradient ** 2;
      theta -= (settings.learningRate * m) / (Math.sqrt(v) + settings.epsilon);
    }
    sum += theta;
    squares += theta ** 2;
  }
  const mean = sum / coordinates;
  return [mean, Math.sqrt(squares / coordinates - mean ** 2)];
}

describe('the square-root rule of Adam', () => {
  const settings = { learningRate: 0.04, beta1: 0.9, beta2: 0.995, epsilon: 0.7 };
  const kappa = 4;
  const base = adam(settings, 1, 800);
  const error = (changed: AdamSettings) => {
    const found = adam(changed, kappa, 800);
    return Math.max(...found.map((value, i) => Math.abs(value / (base[i] as number) - 1)));
  };
  const scaled = squareRootAdam(settings, kappa);

  it('keeps mean and spread over examples where noise dominates', () => {
    // Both have standard errors of about 1 % over 4000 coordinates, and the diffusion is approached to O(η√κ).
    expect(error(scaled)).toBeLessThan(0.05);
  });

  it.each<[string, Partial<AdamSettings>]>([
    ['the rate of the linear rule', { learningRate: linearRule(0.04, kappa) }],
    ['ε left as it was', { epsilon: 0.7 }],
    ['ε as if under the root', { epsilon: 0.7 / kappa }],
  ])('does not with %s', (_, wrong) => {
    expect(error({ ...scaled, ...wrong })).toBeGreaterThan(0.1);
  });

  it('refuses batches that leave no memory', () => {
    expect(() => squareRootAdam(settings, 10.5)).toThrow(/^batch ratio too large: 10.5 \(below 10/);
    expect(() => squareRootRule(1, 0)).toThrow('unknown batch ratio: 0 (a positive number)');
  });
});

describe('a constant half-life', () => {
  it('is kept in examples for every ratio', () => {
    for (const kappa of [0.01, 0.5, 3, 300]) {
      expect(halfLife(constantHalfLife(0.95, kappa), 512 * kappa)).toBeCloseTo(
        halfLife(0.95, 512),
        8,
      );
    }
    // One step halves what has β = ½.
    expect(halfLife(0.5, 64)).toBe(64);
  });

  it('is the linear rule for 1 − β to first order', () => {
    const { beta2 } = squareRootAdam(
      { learningRate: 1, beta1: 0.999, beta2: 0.999, epsilon: 0 },
      4,
    );
    // The next order is κ²(1 − β)²/2 = 8e-6.
    expect(Math.abs(beta2 - constantHalfLife(0.999, 4))).toBeLessThan(1e-5);
  });
});
