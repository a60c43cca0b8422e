import { describe, expect, it } from 'vitest';
import { correlationMap, correlationSlope, fixedCorrelation } from './correlation-map.ts';
import type { MeanFieldNet } from './signal-propagation.ts';
import { chi, fixedLength, lengthMap } from './signal-propagation.ts';

const chaotic: MeanFieldNet = { activation: 'tanh', weightVariance: 2, biasVariance: 0.05 };
const ordered: MeanFieldNet = { activation: 'erf', weightVariance: 1.2, biasVariance: 0.1 };
const relu: MeanFieldNet = { activation: 'relu', weightVariance: 1.5, biasVariance: 0.1 };

describe('the correlation map', () => {
  it('is closed for erf and ReLU', () => {
    const q = fixedLength(ordered);
    for (const c of [-0.5, 0.3, 0.99]) {
      const williams = (2 / Math.PI) * Math.asin((2 * q * c) / (1 + 2 * q));
      expect(correlationMap(ordered, c)).toBeCloseTo((1.2 * williams + 0.1) / q, 11);
      // Cho and Saul 2009, arc-cosine kernel of order 1.
      const angle = Math.acos(c);
      const arc = (Math.sin(angle) + (Math.PI - angle) * c) / (2 * Math.PI);
      expect(correlationMap(relu, c)).toBeCloseTo((1.5 * 0.4 * arc + 0.1) / 0.4, 12);
    }
  });

  it.each([chaotic, ordered, relu])('keeps 1, with slope χ₁ there: %j', (net) => {
    expect(correlationMap(net, 1)).toBeCloseTo(1, 12);
    expect(correlationSlope(net, 1)).toBeCloseTo(chi(net), 11);
  });

  it.each([chaotic, ordered, relu])('has the slope that differences show: %j', (net) => {
    for (const c of [-0.4, 0.6]) {
      const difference = (correlationMap(net, c + 1e-4) - correlationMap(net, c - 1e-4)) / 2e-4;
      // A central difference is off by 1e-8 times a third derivative of order one.
      expect(correlationSlope(net, c)).toBeCloseTo(difference, 6);
    }
  });
});

describe('the fixed correlation', () => {
  it('is 1 in the ordered phase and below in the chaotic one, where it is stable', () => {
    expect(fixedCorrelation(ordered)).toBe(1);
    const c = fixedCorrelation(chaotic);
    expect(c).toBeLessThan(0.9);
    expect(correlationMap(chaotic, c)).toBeCloseTo(c, 12);
    expect(correlationSlope(chaotic, c)).toBeLessThan(1);
  });

  it('is what iterates tend to', () => {
    const q = fixedLength(chaotic);
    for (const start of [0, 0.9]) {
      let c = start;
      for (let layer = 0; layer < 500; layer++) c = correlationMap(chaotic, c, q);
      // 500 layers are 20 times ξ_c = 25: e⁻²⁰ is left.
      expect(c).toBeCloseTo(fixedCorrelation(chaotic), 8);
    }
  });

  it('leaves 1 continuously: 1 − c* ≈ 2 (χ₁ − 1)/h″(1) just above the critical line', () => {
    const net = { ...chaotic, weightVariance: 1.77 };
    const q = fixedLength(net);
    const h = 1e-3;
    const curvature =
      (correlationMap(net, 1, q) -
        2 * correlationMap(net, 1 - h, q) +
        correlationMap(net, 1 - 2 * h, q)) /
      h ** 2;
    const predicted = (2 * (chi(net) - 1)) / curvature;
    // The next order is of relative size 1 − c*, about 0.01, and the second difference is one-sided.
    expect((1 - fixedCorrelation(net)) / predicted).toBeCloseTo(1, 1);
  });

  it('is 0 for odd activations without biases and 1 for ReLU in every phase', () => {
    expect(fixedCorrelation({ ...chaotic, biasVariance: 0 })).toBe(0);
    for (const weightVariance of [1, 2, 3]) {
      expect(fixedCorrelation({ ...relu, biasVariance: 0, weightVariance })).toBe(1);
    }
  });

  it('does not exist where correlations are kept', () => {
    expect(
      fixedCorrelation({ activation: 'linear', weightVariance: 1, biasVariance: 0 }),
    ).toBeNaN();
    expect(
      fixedCorrelation({ activation: 'tanh', weightVariance: 0.8, biasVariance: 0 }),
    ).toBeNaN();
  });
});

it('ReLU at (2, 0): 1 − c falls as 9π²/(2 l²)', () => {
  // From the arc-cosine map: 1 − c′ = x − (2√2/3π) x^{3/2} + …, x = 1 − c.
  const net: MeanFieldNet = { activation: 'relu', weightVariance: 2, biasVariance: 0 };
  expect(lengthMap(net, 1)).toBeCloseTo(1, 13);
  let c = 0;
  const layers = 400;
  for (let l = 0; l < layers; l++) c = correlationMap(net, c, 1);
  // Corrections are of relative order ln(l)/l, 2 %, with a constant of a few.
  const ratio = ((1 - c) * 2 * layers ** 2) / (9 * Math.PI ** 2);
  expect(Math.abs(ratio - 1)).toBeLessThan(0.1);
});
