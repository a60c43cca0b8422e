import { describe, expect, it } from 'vitest';
import { attentionUpdate, logitExponent, logitMoments } from './attention-scale.ts';
import { normalSource } from './testing/random.ts';

const dot = (a: readonly number[], b: readonly number[]): number =>
  a.reduce((sum, value, i) => sum + value * (b[i] as number), 0);

describe('logits at initialization', () => {
  it.each([
    [4, 0.5],
    [4, 1],
    [16, 0.5],
  ])('have the variance and the kurtosis stated: d = %i, s = %f', (headSize, scale) => {
    const [model, queryStd] = [5, 1.5];
    const normal = normalSource(headSize);
    const x = [1, -1, 1, 1, -1];
    const y = [1, 1, 1, -1, 1];
    const count = 40_000;
    // W_Q and W_K multiplied out, entries of variance 1/n: |x|² = |y|² = n.
    const times = (input: readonly number[]): number[] =>
      Array.from({ length: headSize }, () => dot(input.map(normal), input) / Math.sqrt(model));
    const logits = Array.from(
      { length: count },
      () => (queryStd * dot(times(x), times(y))) / headSize ** scale,
    );
    const second = logits.reduce((sum, a) => sum + a * a, 0) / count;
    const fourth = logits.reduce((sum, a) => sum + a ** 4, 0) / count;
    const exact = logitMoments({ headSize, scale, queryVariance: queryStd ** 2 });
    const kurtosis = 3 + exact.excessKurtosis;
    // Four standard errors of a variance.
    const error = 4 * Math.sqrt((kurtosis - 1) / count);
    expect(Math.abs(second / exact.variance - 1)).toBeLessThan(error);
    // Eighth moments are heavy: those of small heads are known to a tenth.
    expect(Math.abs(fourth / second ** 2 / kurtosis - 1)).toBeLessThan(0.1);
  });

  it('shrink with larger heads at s = 1 alone', () => {
    expect(logitExponent({ scale: 1, grow: 'head-size' })).toBe(-0.5);
    expect(logitExponent({ scale: 0.5, grow: 'head-size' })).toBe(0);
    expect(logitExponent({ scale: 1, grow: 'head-count' })).toBe(0);
    const std = (headSize: number): number =>
      Math.sqrt(logitMoments({ headSize, scale: 1 }).variance);
    expect(Math.log2(std(64) / std(32))).toBeCloseTo(-0.5, 12);
  });

  it('refuses a head without a size', () => {
    expect(() => logitMoments({ headSize: 0, scale: 1 })).toThrow('unknown head size: 0');
  });
});

describe('one step on a logit', () => {
  /** Changes of q's entries (root mean square) and of the logit by one step up the gradient, over draws of a head. */
  function step(d: number, scale: number, steps: 'sgd' | 'adam', values: 'random' | 'aligned') {
    const normal = normalSource(3);
    const draw = (): number[] => Array.from({ length: d }, normal);
    // The model's width, in units of d: one head.
    const n = d;
    const rate = 1e-6;
    const draws = 200;
    const squares = { logits: 0, entries: 0 };
    for (let i = 0; i < draws; i++) {
      const [q, k, back] = [draw(), draw(), draw()];
      const value = values === 'random' ? draw() : back;
      // The gradient is 1/n in every entry of the head's output.
      const ofLogit = dot(value, back) / n;
      const move = (from: readonly number[], other: readonly number[]): number[] =>
        from.map((entry, j) => {
          const gradient = (ofLogit * (other[j] as number)) / d ** scale;
          return entry + rate * (steps === 'sgd' ? n * gradient : Math.sign(gradient));
        });
      const [q2, k2] = [move(q, k), move(k, q)];
      squares.logits += ((dot(q2, k2) - dot(q, k)) / d ** scale) ** 2 / draws;
      squares.entries += q2.reduce((sum, v, j) => sum + (v - (q[j] as number)) ** 2, 0) / d / draws;
    }
    return { logits: Math.sqrt(squares.logits), entries: Math.sqrt(squares.entries) };
  }

  const cases = (['random', 'aligned'] as const).flatMap((values) =>
    (['sgd', 'adam'] as const).flatMap((steps) =>
      [0.5, 1].map((scale) => [steps, scale, values] as const),
    ),
  );

  it.each(cases)(
    '%s at s = %f with %s values moves logits and entries as powers of the head size',
    (steps, scale, values) => {
      const [small, large] = [step(64, scale, steps, values), step(1024, scale, steps, values)];
      const expected = attentionUpdate({ scale, grow: 'head-size' }, steps, values);
      for (const key of ['logits', 'entries'] as const) {
        // 200 draws know the root of a mean of squared Gaussians to 5 %: over a factor 16 that is 0.03 in slope.
        expect(
          Math.abs(Math.log(large[key] / small[key]) / Math.log(16) - expected[key]),
        ).toBeLessThan(0.08);
      }
    },
  );

  it('does not know how many heads there are', () => {
    expect(attentionUpdate({ scale: 1, grow: 'head-count' }, 'sgd')).toEqual({
      entries: 0,
      logits: 0,
    });
  });
});
