import { describe, expect, it } from 'vitest';
import type { MeanFieldNet } from './signal-propagation.ts';
import { chi, fixedLength, lengthMap, lengthSlope, phaseOf } from './signal-propagation.ts';
import { normalSource } from './testing/random.ts';

const tanhNet = (weightVariance: number, biasVariance: number): MeanFieldNet => ({
  activation: 'tanh',
  weightVariance,
  biasVariance,
});

const nets: MeanFieldNet[] = [
  tanhNet(1.3, 0.05),
  tanhNet(2.5, 0.3),
  { activation: 'erf', weightVariance: 1.5, biasVariance: 0.1 },
  { activation: 'relu', weightVariance: 1.5, biasVariance: 0.1 },
];

describe('the length map', () => {
  it('is closed for erf, ReLU and linear nets', () => {
    for (const q of [0.01, 1, 7]) {
      const at = (activation: 'erf' | 'relu' | 'linear') =>
        lengthMap({ activation, weightVariance: 1.5, biasVariance: 0.1 }, q);
      const williams = (2 / Math.PI) * Math.asin((2 * q) / (1 + 2 * q));
      expect(at('erf')).toBeCloseTo(1.5 * williams + 0.1, 12);
      expect(at('relu')).toBeCloseTo(0.75 * q + 0.1, 12);
      expect(at('linear')).toBeCloseTo(1.5 * q + 0.1, 12);
    }
  });

  it.each(nets)('has q* as its fixed point, and its slope there: %j', (net) => {
    const q = fixedLength(net);
    expect(lengthMap(net, q)).toBeCloseTo(q, 12);
    const step = 1e-4 * q;
    const slope = (lengthMap(net, q + step) - lengthMap(net, q - step)) / (2 * step);
    // A central difference is off by step² times a third derivative.
    expect(lengthSlope(net)).toBeCloseTo(slope, 7);
  });

  it.each(nets)('tends to q* from short and long: %j', (net) => {
    for (const start of [1e-3, 20]) {
      let q = start;
      for (let layer = 0; layer < 120; layer++) q = lengthMap(net, q);
      // 120 layers are more than 30 times the longest ξ_q here, 3.5.
      expect(q).toBeCloseTo(fixedLength(net), 10);
    }
  });

  it('dies out below the critical point and grows without bound for homogeneous nets above it', () => {
    expect(fixedLength(tanhNet(0.9, 0))).toBe(0);
    // E tanh(√q Z)² = q − 2q² + (17/3) q³ − …: q* = (1 − 1/σ_w²)/2 · (1 + O(q*)).
    expect(fixedLength(tanhNet(1.001, 0)) / 0.0005).toBeCloseTo(1, 2);
    expect(fixedLength({ activation: 'relu', weightVariance: 2.1, biasVariance: 0 })).toBe(
      Infinity,
    );
  });
});

it('χ₁ is the growth of squared gradients of a wide random net', () => {
  const net = tanhNet(2, 0.05);
  const q = fixedLength(net);
  const normal = normalSource(3);
  const [width, repeats] = [400, 40];
  const ratios = Array.from({ length: repeats }, () => {
    const slopes = Array.from({ length: width }, () => 1 - Math.tanh(Math.sqrt(q) * normal()) ** 2);
    const gradient = Array.from({ length: width }, () => normal());
    const size = gradient.reduce((sum, g) => sum + g * g, 0);
    // Wᵀ g of a Gaussian W is Gaussian with variance σ_w² |g|²/n.
    const backward = slopes.map(
      (s) => s * Math.sqrt((net.weightVariance * size) / width) * normal(),
    );
    return backward.reduce((sum, g) => sum + g * g, 0) / size;
  });
  const mean = ratios.reduce((a, b) => a + b, 0) / repeats;
  // Relative variance 2.6/(400 · 40) (a squared normal times χ's own spread): four standard errors are 0.05.
  expect(Math.abs(mean / chi(net) - 1)).toBeLessThan(0.05);
});

it('names phases by χ₁ and refuses what is not a net', () => {
  expect(phaseOf(tanhNet(1.3, 0.05))).toBe('ordered');
  expect(phaseOf(tanhNet(2, 0.05))).toBe('chaotic');
  expect(phaseOf(tanhNet(1, 0))).toBe('critical');
  expect(() => fixedLength(tanhNet(-1, 0))).toThrow('unknown weight variance: -1');
  expect(() => fixedLength(tanhNet(1, Number.NaN))).toThrow('unknown bias variance: NaN');
  expect(() => chi({ ...tanhNet(1, 1), activation: 'relux' as 'relu' })).toThrow(
    'unknown activation: relux (relu, tanh, erf, linear)',
  );
});
