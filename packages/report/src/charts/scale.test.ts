import { describe, expect, it } from 'vitest';
import { paddedDomain, position } from './scale.ts';
import { warpOf } from './warp.ts';

function labels(
  kind: 'linear' | 'log2' | 'log10' | 'symlog',
  domain: readonly [number, number],
  most = 6,
): string[] {
  const { axis } = position({ title: 'x' }, { kind, domain, most });
  const words = JSON.parse(String(axis.labelExpr).replace('[datum.value]', '')) as Record<
    string,
    string
  >;
  return (axis.values as readonly number[]).map((value) => words[value] ?? 'missing');
}

describe('position', () => {
  it('labels widths and rates by powers of two', () => {
    expect(labels('log2', [7, 300])).toEqual(['8', '16', '32', '64', '128', '256']);
    expect(labels('log2', [2 ** -8.5, 2 ** 0.5], 5)).toEqual(['2⁻⁸', '2⁻⁶', '2⁻⁴', '2⁻²', '2⁰']);
  });

  it('labels losses by round numbers, however short or long the range', () => {
    expect(labels('log10', [0.9e-3, 1.1])).toEqual(['0.001', '0.01', '0.1', '1']);
    expect(labels('log10', [0.018, 0.22])).toEqual(['0.02', '0.05', '0.1', '0.2']);
    expect(labels('log10', [2.11, 2.34])).toEqual(['2.15', '2.2', '2.25', '2.3']);
    expect(labels('log10', [1e-9, 1e-2])).toContain('10⁻⁸');
  });

  it('labels both signs of a symlog axis by powers of ten, and its linear part evenly', () => {
    expect(labels('symlog', [-2000, 300], 9)).toEqual([
      '−1000',
      '−100',
      '−10',
      '−1',
      '0',
      '1',
      '10',
      '100',
    ]);
    expect(labels('symlog', [-2, 2])).toEqual(['−2', '−1', '0', '1', '2']);
  });

  it('always has two labels or more', () => {
    for (let low = 0.001; low < 100; low *= 1.7) {
      for (const ratio of [1.02, 1.5, 3, 8, 40, 1e3, 1e6]) {
        expect(labels('log10', [low, low * ratio]).length).toBeGreaterThan(1);
      }
    }
  });
});

describe('paddedDomain', () => {
  it('holds every value, and a single one too', () => {
    expect(
      paddedDomain([1, 100], warpOf({}, 'log10'), { below: 0.5, above: 0 }).map(
        (v) => Math.round(1e9 * v) / 1e9,
      ),
    ).toEqual([0.1, 100]);
    const [low, high] = paddedDomain([3, 3], warpOf({}, 'linear'));
    expect(low).toBeLessThan(3);
    expect(high).toBeGreaterThan(3);
  });
});
