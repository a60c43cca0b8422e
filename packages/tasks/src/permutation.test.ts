import { describe, expect, it } from 'vitest';
import { permutation } from './permutation.ts';

describe('permutation', () => {
  it.each([1, 2, 3, 10, 255, 256, 257, 10_000])('of %i visits every index once', (size) => {
    const order = permutation(size, ['a', 1]);
    const seen = new Set(Array.from({ length: size }, (_, i) => order(i)));
    expect(seen.size).toBe(size);
    expect(Math.max(...seen)).toBe(size - 1);
  });

  it('puts each item anywhere, and each pair in any order, with the right frequency', () => {
    const size = 7;
    const draws = 14_000;
    const counts = new Float64Array(size * size);
    let inOrder = 0;
    for (let draw = 0; draw < draws; draw++) {
      const order = permutation(size, ['law', draw]);
      const places = Array.from({ length: size }, (_, i) => order(i));
      for (const [i, place] of places.entries()) {
        counts[i * size + place] = (counts[i * size + place] as number) + 1;
      }
      if ((places[2] as number) < (places[3] as number)) inOrder++;
    }
    const expected = draws / size;
    const chi = counts.reduce((sum, count) => sum + (count - expected) ** 2 / expected, 0);
    // χ² with (size − 1)² = 36 degrees of freedom: mean 36, deviation √72; five of them.
    expect(chi).toBeLessThan(36 + 5 * Math.sqrt(72));
    expect(Math.abs(inOrder - draws / 2)).toBeLessThan(5 * Math.sqrt(draws / 4));
  });

  it('leaves no trend between neighbours in a large range', () => {
    const size = 1_000_003;
    const order = permutation(size, ['b']);
    let agreement = 0;
    const n = 100_000;
    for (let i = 0; i < n; i++) {
      agreement += (order(i) / size - 0.5) * (order(i + 1) / size - 0.5) * 12;
    }
    // Correlation of neighbours: standard error 1/√n.
    expect(Math.abs(agreement / n)).toBeLessThan(5 / Math.sqrt(n));
  });

  it('refuses a size out of range', () => {
    expect(() => permutation(0, [])).toThrow('unknown size: 0');
  });
});
