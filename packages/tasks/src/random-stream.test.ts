import { describe, expect, it } from 'vitest';
import { randomStream } from './random-stream.ts';

const address = { seed: 7, role: 'data', path: ['a', 3] } as const;
const N = 400_000;

function moments(values: ArrayLike<number>) {
  const sums = [0, 0, 0, 0];
  for (let i = 0; i < values.length; i++) {
    const value = values[i] as number;
    for (let k = 0; k < 4; k++) sums[k] = (sums[k] as number) + value ** (k + 1);
  }
  return sums.map((sum) => sum / values.length) as [number, number, number, number];
}

/** Φ(x) by the complementary error function's continued integral: Simpson's rule, error below 1e-9. */
function normalCdf(x: number): number {
  const steps = 400;
  const h = x / steps;
  let sum = 0;
  for (let i = 0; i <= steps; i++) {
    const weight = i === 0 || i === steps ? 1 : i % 2 === 1 ? 4 : 2;
    sum += weight * Math.exp(-0.5 * (i * h) ** 2);
  }
  return 0.5 + ((h / 3) * sum) / Math.sqrt(2 * Math.PI);
}

describe('random access', () => {
  it('gives the same number at an index, wherever a fill begins and however long it is', () => {
    const all = new Float32Array(5000);
    const whole = new Int32Array(5000);
    for (const kind of ['fillUniform', 'fillNormal', 'fillSigns'] as const) {
      randomStream(address)[kind](0, all);
      for (const [offset, count] of [
        [0, 1],
        [1, 7],
        [31, 66],
        [1021, 2050],
        [4999, 1],
      ] as const) {
        const part = new Float32Array(count);
        randomStream(address)[kind](offset, part);
        expect(part).toEqual(all.slice(offset, offset + count));
      }
    }
    randomStream(address).fillIntegers(0, 1_500_000_000, whole);
    const part = new Int32Array(2050);
    randomStream(address).fillIntegers(1021, 1_500_000_000, part);
    expect(part).toEqual(whole.slice(1021, 1021 + 2050));
  });

  it('reaches beyond 2³² without repeating', () => {
    const near = new Float32Array(64);
    const far = new Float32Array(64);
    const across = new Float32Array(128);
    randomStream(address).fillNormal(0, near);
    randomStream(address).fillNormal(2 ** 34, far);
    randomStream(address).fillNormal(2 ** 34 - 64, across);
    expect(far).not.toEqual(near);
    expect(across.slice(64)).toEqual(far);
  });

  it('keeps its numbers for ever', () => {
    const out = new Float32Array(3);
    randomStream({ seed: 0, role: 'init' }).fillNormal(0, out);
    expect([...out].map((value) => value.toFixed(6))).toMatchInlineSnapshot(`
      [
        "-1.930488",
        "-2.221545",
        "-0.776390",
      ]
    `);
  });
});

describe('independence', () => {
  it.each([
    { seed: 8, role: 'data', path: ['a', 3] },
    { seed: 7, role: 'noise', path: ['a', 3] },
    { seed: 7, role: 'data', path: ['a', 4] },
    { seed: 7, role: 'data', path: ['a', '3'] },
    { seed: 7, role: 'data', path: ['a'] },
    { seed: 7, role: 'data', path: ['a3'] },
  ])('of the stream at another address, %o', (other) => {
    const a = new Float32Array(N / 4);
    const b = new Float32Array(N / 4);
    randomStream(address).fillNormal(0, a);
    randomStream(other).fillNormal(0, b);
    const correlation = a.reduce((sum, value, i) => sum + value * (b[i] as number), 0) / a.length;
    // Standard error 1/√100000 = 0.0032; five of them.
    expect(Math.abs(correlation)).toBeLessThan(0.016);
  });

  it('of the kinds within a stream', () => {
    const normal = new Float32Array(N / 4);
    const uniform = new Float32Array(N / 4);
    randomStream(address).fillNormal(0, normal);
    randomStream(address).fillUniform(0, uniform);
    const correlation =
      normal.reduce((sum, value, i) => sum + value * ((uniform[i] as number) - 0.5), 0) / (N / 4);
    expect(Math.abs(correlation)).toBeLessThan(0.016 * 0.29);
  });
});

describe('laws', () => {
  it('normals have the normal moments and distribution', () => {
    const values = new Float32Array(N);
    randomStream(address).fillNormal(0, values);
    const [m1, m2, m3, m4] = moments(values);
    // Five standard errors: √(1, 2, 15, 96)/√N.
    expect(Math.abs(m1)).toBeLessThan(5 / Math.sqrt(N));
    expect(Math.abs(m2 - 1)).toBeLessThan(5 * Math.sqrt(2 / N));
    expect(Math.abs(m3)).toBeLessThan(5 * Math.sqrt(15 / N));
    expect(Math.abs(m4 - 3)).toBeLessThan(5 * Math.sqrt(96 / N));
    const sorted = values.slice().sort();
    let distance = 0;
    for (let i = 0; i < N; i += 97) {
      distance = Math.max(distance, Math.abs(normalCdf(sorted[i] as number) - (i + 0.5) / N));
    }
    // Kolmogorov: P(√N D > 2.2) = 1.3e-4, and the address is fixed.
    expect(distance).toBeLessThan(2.2 / Math.sqrt(N));
  });

  it('normals have the right share beyond the ziggurat, on both sides', () => {
    const values = new Float32Array(4 * N);
    randomStream(address).fillNormal(0, values);
    const tail = 1 - normalCdf(3.6541528853610088);
    const expected = values.length * tail;
    for (const side of [1, -1]) {
      const count = values.filter((value) => side * value > 3.6541528853610088).length;
      // A Poisson count of about 206: five standard errors.
      expect(Math.abs(count - expected)).toBeLessThan(5 * Math.sqrt(expected));
    }
  });

  it('uniforms stay inside the open interval, with mean ½ and variance 1/12', () => {
    const values = new Float32Array(N);
    randomStream(address).fillUniform(0, values);
    const [m1, m2] = moments(values);
    expect(values.every((value) => value > 0 && value < 1)).toBe(true);
    expect(Math.abs(m1 - 1 / 2)).toBeLessThan(5 * Math.sqrt(1 / 12 / N));
    expect(Math.abs(m2 - 1 / 3)).toBeLessThan(5 * Math.sqrt(4 / 45 / N));
  });

  it('signs are ±1, balanced, and neighbours do not agree more than by chance', () => {
    const values = new Float32Array(N);
    randomStream(address).fillSigns(0, values);
    expect(values.every((value) => value === 1 || value === -1)).toBe(true);
    const bound = 5 / Math.sqrt(N);
    for (const lag of [1, 2, 31, 32, 33, 128]) {
      const both = values.subarray(lag);
      const agreement = both.reduce((sum, value, i) => sum + value * (values[i] as number), 0) / N;
      expect(Math.abs(agreement)).toBeLessThan(bound);
    }
    expect(Math.abs(moments(values)[0])).toBeLessThan(bound);
  });

  it.each([1, 2, 3, 10, 1000])('integers below %i are uniform (χ²)', (below) => {
    const values = new Int32Array(N);
    randomStream(address).fillIntegers(0, below, values);
    const counts = new Float64Array(below);
    for (const value of values) counts[value] = (counts[value] as number) + 1;
    const expected = N / below;
    const chi = counts.reduce((sum, count) => sum + (count - expected) ** 2 / expected, 0);
    // Mean below − 1, variance 2(below − 1); five standard deviations and some room for small bounds.
    expect(chi).toBeLessThanOrEqual(below - 1 + 5 * Math.sqrt(2 * (below - 1)) + 5);
  });

  it('integers below a bound that does not divide 2³² have no bias', () => {
    // Without the rejection, of bound 3·2²⁹ every third residue would be half as likely again.
    const below = 3 * 2 ** 29;
    const values = new Int32Array(N);
    randomStream(address).fillIntegers(0, below, values);
    const thirds = [0, 0, 0];
    for (const value of values) thirds[value % 3] = (thirds[value % 3] as number) + 1;
    for (const count of thirds) {
      expect(Math.abs(count - N / 3)).toBeLessThan(5 * Math.sqrt((N * 2) / 9));
    }
  });
});

describe('bad input', () => {
  it('refuses a seed or a bound out of range in one line', () => {
    expect(() => randomStream({ seed: -1, role: 'data' })).toThrow(
      'unknown seed: -1 (a non-negative integer)',
    );
    expect(() => randomStream(address).fillIntegers(0, 0, new Int32Array(1))).toThrow(
      'unknown bound: 0',
    );
  });
});
