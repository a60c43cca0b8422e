import { describe, expect, it } from 'vitest';
import { attentionEntropy, initialAttentionEntropy } from './attention-entropy.ts';
import { expectation, panelRule } from './quadrature.ts';
import { normalSource } from './testing/random.ts';

function entropyOf(logits: readonly number[]): number {
  const total = logits.reduce((sum, a) => sum + Math.exp(a), 0);
  return Math.log(total) - logits.reduce((sum, a) => sum + a * Math.exp(a), 0) / total;
}

function monteCarlo(count: number, sample: () => number) {
  let [sum, squares] = [0, 0];
  for (let i = 0; i < count; i++) {
    const value = sample();
    sum += value;
    squares += value * value;
  }
  const mean = sum / count;
  return { mean, error: Math.sqrt((squares / count - mean * mean) / count) };
}

describe('the entropy of attention', () => {
  it('of equal logits is ln T, of one key 0', () => {
    for (const tokens of [1, 2, 50]) {
      expect(attentionEntropy({ tokens, logitStd: 0 })).toBeCloseTo(Math.log(tokens), 10);
    }
    for (const logitStd of [1, 10]) {
      expect(attentionEntropy({ tokens: 1, logitStd })).toBeCloseTo(0, 8);
    }
  });

  it('of two keys is an integral over their difference', () => {
    const rule = panelRule();
    for (const logitStd of [0.3, 1, 4, 10]) {
      // The difference is N(0, 2s²), and H the entropy of a coin with that log odds.
      const coin = (x: number): number => {
        const odds = Math.exp(-Math.abs(x));
        return Math.log1p(odds) + (Math.abs(x) * odds) / (1 + odds);
      };
      const exact = expectation((z) => coin(Math.SQRT2 * logitStd * z), rule);
      expect(attentionEntropy({ tokens: 2, logitStd })).toBeCloseTo(exact, 8);
    }
  });

  it.each([
    [8, 1],
    [64, 3],
    [4, 10],
  ])('agrees with Monte Carlo: %i keys, s = %f', (tokens, logitStd) => {
    const normal = normalSource(tokens);
    const { mean, error } = monteCarlo(200_000 / tokens, () =>
      entropyOf(Array.from({ length: tokens }, () => logitStd * normal())),
    );
    // Four standard errors.
    expect(Math.abs(mean - attentionEntropy({ tokens, logitStd }))).toBeLessThan(4 * error);
  });

  it('falls by (s²/2)(1 − 1/T) for small logits and by s²/2 for many keys', () => {
    const small = Math.log(8) - attentionEntropy({ tokens: 8, logitStd: 0.02 });
    // The next order is s⁴.
    expect(small / ((0.02 ** 2 / 2) * (7 / 8))).toBeCloseTo(1, 3);
    const many = attentionEntropy({ tokens: 1e6, logitStd: 1 });
    // The random-energy correction is of order e^{s²}/T.
    expect(many).toBeCloseTo(Math.log(1e6) - 1 / 2, 5);
  });

  it('at initialization averages over the length of the query', () => {
    for (const [headSize, scale] of [
      [2, 0.5],
      [16, 1],
    ] as const) {
      const normal = normalSource(headSize);
      const tokens = 6;
      const draw = (): number[] => Array.from({ length: headSize }, normal);
      const { mean, error } = monteCarlo(20_000, () => {
        const q = draw();
        const logits = Array.from({ length: tokens }, () => {
          const k = draw();
          return k.reduce((sum, value, i) => sum + value * (q[i] as number), 0) / headSize ** scale;
        });
        return entropyOf(logits);
      });
      const exact = initialAttentionEntropy({ tokens, headSize, scale });
      // Four standard errors.
      expect(Math.abs(mean - exact)).toBeLessThan(4 * error);
    }
  });

  it('refuses what is not a number of keys or a size of logits', () => {
    expect(() => attentionEntropy({ tokens: 0, logitStd: 1 })).toThrow(
      'unknown number of tokens: 0 (a positive integer)',
    );
    expect(() => attentionEntropy({ tokens: 2, logitStd: -1 })).toThrow('unknown logit std: -1');
    expect(() => initialAttentionEntropy({ tokens: 2, headSize: 0, scale: 1 })).toThrow(
      'unknown head size: 0',
    );
  });
});
