import { expect, it } from 'vitest';
import { criticalPoint, criticalWeightVariance } from './critical-line.ts';
import { chi, fixedLength } from './signal-propagation.ts';

it('is where it was published for tanh (1611.01232, Figure 1)', () => {
  expect(criticalWeightVariance('tanh', 0)).toBeCloseTo(1, 12);
  expect(criticalWeightVariance('tanh', 0.05)).toBeCloseTo(1.761, 4);
  expect(criticalWeightVariance('tanh', 0.3)).toBeCloseTo(2.5051, 4);
});

it('is closed for erf: σ_w² = (π/4) √(1 + 4q)', () => {
  // E erf′(√q Z)² = (4/π)/√(1 + 4q), a Gaussian integral.
  for (const q of [0, 0.2, 3]) {
    const { weightVariance, biasVariance } = criticalPoint('erf', q);
    expect(weightVariance).toBeCloseTo((Math.PI / 4) * Math.sqrt(1 + 4 * q), 12);
    const carried = weightVariance * (2 / Math.PI) * Math.asin((2 * q) / (1 + 2 * q));
    expect(biasVariance).toBeCloseTo(q - carried, 12);
  }
});

it.each(['tanh', 'erf'] as const)('has χ₁ = 1 at the length it names: %s', (activation) => {
  for (const q of [0.05, 0.5, 4]) {
    const point = criticalPoint(activation, q);
    expect(fixedLength({ activation, ...point })).toBeCloseTo(q, 9);
    expect(chi({ activation, ...point })).toBeCloseTo(1, 10);
    expect(criticalWeightVariance(activation, point.biasVariance)).toBeCloseTo(
      point.weightVariance,
      9,
    );
  }
});

it('is one point for homogeneous activations', () => {
  expect(criticalWeightVariance('relu', 0)).toBeCloseTo(2, 12);
  expect(criticalWeightVariance('linear', 0)).toBeCloseTo(1, 12);
  expect(() => criticalWeightVariance('relu', 0.1)).toThrow('no critical point: bias variance 0.1');
  expect(() => criticalWeightVariance('tanh', -1)).toThrow('unknown bias variance: -1');
});
