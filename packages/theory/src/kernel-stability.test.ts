import { expect, it } from 'vitest';
import { kernelStableRate } from './kernel-stability.ts';
import { normalSource } from './testing/random.ts';

it('is where descent on a linear model ceases to settle', () => {
  const normal = normalSource(5);
  const [examples, features] = [6, 9];
  const x = Array.from({ length: examples }, () => Array.from({ length: features }, normal));
  const y = x.map(normal);
  const dot = (a: readonly number[], b: readonly number[]) =>
    a.reduce((sum, value, i) => sum + value * (b[i] as number), 0);
  const rate = kernelStableRate(x.map((a) => x.map((b) => dot(a, b))));
  /** Mean squared error after descent from zero. */
  const end = (eta: number): number => {
    const w = Array<number>(features).fill(0);
    const errors = () => x.map((row, e) => dot(row, w) - (y[e] as number));
    for (let step = 0; step < 3000; step++) {
      errors().forEach((error, e) => {
        for (let i = 0; i < features; i++) {
          w[i] =
            (w[i] as number) - ((2 * eta) / examples) * error * ((x[e] as number[])[i] as number);
        }
      });
    }
    return dot(errors(), errors()) / examples;
  };
  expect(end(0.99 * rate)).toBeLessThan(1e-6);
  expect(end(1.01 * rate)).toBeGreaterThan(1e3);
});

it('refuses a kernel of nothing', () => {
  expect(() => kernelStableRate([[0]])).toThrow('unknown kernel');
});
