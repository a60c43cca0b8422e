import { describe, expect, it } from 'vitest';
import { activationOf } from './activations.ts';
import { oneLayerKernelVariances } from './kernel-fluctuations.ts';
import { normalSource } from './testing/random.ts';

const x = [1, -0.5, 2];
const other = [0.3, 1, 0.8];

describe('fluctuations of kernels with one hidden layer', () => {
  it('are χ² ones at one input: ReLU, bias-free', () => {
    // φ(u)² is u² for half of the units: E φ⁴ − (E φ²)² = (3/2 − 1/4) q². With its slopes, κ = q:
    // E (u² + a² q)²/2 = (3 + 2 + 3) q²/2, less the square of q.
    const q = (2 * 5.25) / 3;
    const net = { activation: 'relu', weightVariance: 2, biasVariance: 0 } as const;
    const { nngp, ntk } = oneLayerKernelVariances(net, x, x);
    expect(nngp / (4 * 1.25 * q * q)).toBeCloseTo(1, 12);
    expect(ntk / (4 * 3 * q * q)).toBeCloseTo(1, 12);
  });

  it.each(['relu', 'erf', 'tanh'] as const)('are those of random units: %s', (activation) => {
    const normal = normalSource(3);
    const net = { activation, weightVariance: 1.7, biasVariance: 0.2 };
    const { value, derivative } = activationOf(activation);
    const dot = (u: readonly number[], v: readonly number[]) =>
      u.reduce((sum, each, i) => sum + each * (v[i] as number), 0);
    const kappa = (1.7 * dot(x, other)) / 3 + 0.2;
    const units = 200_000;
    const terms = Array.from({ length: units }, () => {
      const w = x.map(() => Math.sqrt(1.7 / 3) * normal());
      const b = Math.sqrt(0.2) * normal();
      const [u, v, a] = [dot(w, x) + b, dot(w, other) + b, normal()];
      const product = 1.7 * value(u) * value(v);
      return [product, product + 1.7 * a * a * kappa * derivative(u) * derivative(v)] as const;
    });
    const exact = oneLayerKernelVariances(net, x, other);
    ([exact.nngp, exact.ntk] as const).forEach((variance, k) => {
      const values = terms.map((term) => term[k] as number);
      const mean = values.reduce((a, b) => a + b, 0) / units;
      const sample = values.reduce((sum, each) => sum + (each - mean) ** 2, 0) / units;
      const fourth = values.reduce((sum, each) => sum + (each - mean) ** 4, 0) / units;
      // Four standard errors of a sample variance.
      const error = 4 * Math.sqrt((fourth - sample ** 2) / units);
      expect(Math.abs(sample - variance)).toBeLessThan(error);
    });
  });

  it('refuse what is not a pair', () => {
    const net = { activation: 'relu', weightVariance: 2, biasVariance: 0 } as const;
    expect(() => oneLayerKernelVariances(net, x, [1])).toThrow(
      'unequal inputs: 3 and 1 coordinates',
    );
  });
});
