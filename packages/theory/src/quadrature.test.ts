import { describe, expect, it } from 'vitest';
import {
  expectation,
  hermiteRule,
  legendreRule,
  pairExpectation,
  pairRule,
  panelRule,
} from './quadrature.ts';
import { erf } from './special-functions.ts';
import { normalSource } from './testing/random.ts';

const relu = (z: number): number => Math.max(0, z);

/** E Z^k = (k − 1)!! for even k. */
function moment(k: number): number {
  if (k % 2 === 1) return 0;
  return k === 0 ? 1 : (k - 1) * moment(k - 2);
}

describe('rules of one variable', () => {
  it('Gauss–Hermite is exact for polynomials below twice its order', () => {
    const rule = hermiteRule(8);
    for (let k = 0; k < 16; k++) {
      // The sixteenth moment is two million: round-off is relative.
      const error = expectation((z) => z ** k, rule) - moment(k);
      expect(Math.abs(error)).toBeLessThan(1e-12 * Math.max(1, moment(k + (k % 2))));
    }
    expect(expectation((z) => z ** 16, rule) / moment(16)).toBeLessThan(0.99);
  });

  it('Gauss–Hermite has small weights right: order 100 has moments up to the 60th', () => {
    const rule = hermiteRule(100);
    expect(expectation((z) => z ** 60, rule) / moment(60)).toBeCloseTo(1, 10);
  });

  it('Gauss–Legendre has the moments of the uniform distribution', () => {
    const rule = legendreRule(6);
    for (let k = 0; k < 12; k += 2) {
      expect(expectation((x) => x ** k, rule)).toBeCloseTo(1 / (k + 1), 14);
    }
  });

  it('panels are right where Gauss–Hermite is not: at a kink and at a jump', () => {
    const [panels, hermite] = [panelRule(), hermiteRule(64)];
    const exact = 1 / Math.sqrt(2 * Math.PI);
    expect(expectation(relu, panels)).toBeCloseTo(exact, 14);
    expect(expectation((z) => (z > 0 ? 1 : 0), panels)).toBeCloseTo(0.5, 14);
    expect(Math.abs(expectation(relu, hermite) - exact)).toBeGreaterThan(1e-4);
  });

  it('panels know moments, characteristic functions and steep sigmoids', () => {
    const rule = panelRule();
    for (const k of [0, 2, 4, 8]) {
      expect(expectation((z) => z ** k, rule) / moment(k)).toBeCloseTo(1, 13);
    }
    expect(expectation((z) => Math.cos(3 * z), rule)).toBeCloseTo(Math.exp(-4.5), 14);
    for (const q of [0.1, 1, 10, 100]) {
      // Williams's closed form at correlation 1.
      const exact = (2 / Math.PI) * Math.asin((2 * q) / (1 + 2 * q));
      expect(expectation((z) => erf(Math.sqrt(q) * z) ** 2, rule)).toBeCloseTo(
        exact,
        q > 10 ? 10 : 13,
      );
    }
  });

  it('refuses an order that is not one', () => {
    expect(() => hermiteRule(0)).toThrow('unknown order: 0 (a whole number from 1 to 200)');
    expect(() => legendreRule(2.5)).toThrow(/^unknown order: 2.5/);
  });
});

describe('the rule of two variables', () => {
  const correlations = [-1, -0.7, 0, 0.3, 0.99, 1 - 1e-9, 1];

  it.each(correlations)('has the moments of the pair at correlation %f', (c) => {
    const rule = pairRule(c);
    // Isserlis: E U²V² = 1 + 2c², E U³V = 3c.
    expect(pairExpectation(() => 1, rule)).toBeCloseTo(1, 13);
    expect(pairExpectation((u) => u * u, rule)).toBeCloseTo(1, 13);
    expect(pairExpectation((u, v) => u * v, rule)).toBeCloseTo(c, 13);
    expect(pairExpectation((u, v) => u * u * v * v, rule)).toBeCloseTo(1 + 2 * c * c, 12);
    expect(pairExpectation((u, v) => u ** 3 * v, rule)).toBeCloseTo(3 * c, 12);
  });

  it.each(correlations)('has orthant probabilities at correlation %f', (c) => {
    // Sheppard: P(U > 0, V > 0) = ¼ + arcsin(c)/2π.
    const both = pairExpectation((u, v) => (u > 0 && v > 0 ? 1 : 0), pairRule(c));
    expect(both).toBeCloseTo(1 / 4 + Math.asin(c) / (2 * Math.PI), 13);
  });

  it('agrees with a product of Gauss–Hermite rules for a smooth function', () => {
    const f = (u: number, v: number): number => Math.cos(u + 2 * v) * Math.exp(-v * v);
    const { nodes, weights } = hermiteRule(80);
    for (const c of [-0.4, 0.8]) {
      let sum = 0;
      nodes.forEach((u, i) => {
        nodes.forEach((w, j) => {
          const v = c * u + Math.sqrt(1 - c * c) * w;
          sum += (weights[i] as number) * (weights[j] as number) * f(u, v);
        });
      });
      expect(pairExpectation(f, pairRule(c))).toBeCloseTo(sum, 11);
    }
  });

  it.each([
    [1, 1e-13],
    [5, 1e-10],
    [25, 1e-7],
  ])('is as accurate for steep sigmoids as its docstring says: q = %f', (q, error) => {
    const k = Math.sqrt(q);
    for (const c of [-0.9, 0.5, 0.99]) {
      const value = pairExpectation((u, v) => erf(k * u) * erf(k * v), pairRule(c));
      const exact = (2 / Math.PI) * Math.asin((2 * q * c) / (1 + 2 * q));
      expect(Math.abs(value - exact)).toBeLessThan(error);
    }
  });

  it('agrees with Monte Carlo for ReLU times tanh', () => {
    const c = 0.6;
    const normal = normalSource(1);
    const count = 200_000;
    let [sum, squares] = [0, 0];
    for (let i = 0; i < count; i++) {
      const u = normal();
      const value = relu(u) * Math.tanh(2 * (c * u + Math.sqrt(1 - c * c) * normal()));
      sum += value;
      squares += value * value;
    }
    const error = Math.sqrt((squares / count - (sum / count) ** 2) / count);
    const exact = pairExpectation((u, v) => relu(u) * Math.tanh(2 * v), pairRule(c));
    // Four standard errors.
    expect(Math.abs(sum / count - exact)).toBeLessThan(4 * error);
  });

  it('refuses a correlation that is not one', () => {
    expect(() => pairRule(1.1)).toThrow('unknown correlation: 1.1 (from −1 to 1)');
  });
});
