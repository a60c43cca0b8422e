import { mean, variance } from 'simple-statistics';
import { describe, expect, it } from 'vitest';
import { normalSource, philox2x32, uniformSource } from './random.ts';

describe('philox2x32', () => {
  it('gives the known answers of its authors', () => {
    expect(philox2x32(0, 0, 0)).toEqual([0xff1dae59, 0x6cd10df2]);
    expect(philox2x32(0xffffffff, 0xffffffff, 0xffffffff)).toEqual([0x2c3f628b, 0xab4fd7ad]);
    expect(philox2x32(0x13198a2e, 0x243f6a88, 0x85a308d3)).toEqual([0xdd7ce038, 0xf62a4c12]);
  });
});

describe('sources', () => {
  it('repeat with their seed and differ between seeds', () => {
    const draw = (seed: number) => Array.from({ length: 5 }, uniformSource(seed));
    expect(draw(7)).toEqual(draw(7));
    expect(draw(7)).not.toEqual(draw(8));
  });

  it('have the moments of their laws', () => {
    const uniform = Array.from({ length: 20_000 }, uniformSource(1));
    const normal = Array.from({ length: 20_000 }, normalSource(uniformSource(2)));
    // Three standard errors at 20,000 draws: 0.006 and 0.002; 0.021 and 0.03.
    expect(Math.abs(mean(uniform) - 1 / 2)).toBeLessThan(0.0062);
    expect(Math.abs(variance(uniform) - 1 / 12)).toBeLessThan(0.0016);
    expect(Math.abs(mean(normal))).toBeLessThan(0.0213);
    expect(Math.abs(variance(normal) - 1)).toBeLessThan(0.03);
  });
});
