import { describe, expect, it } from 'vitest';
import { normals } from '../testing/normals.ts';
import { divergedAt } from './divergence.ts';
import { featureChange } from './feature-change.ts';
import { gradientNorms } from './gradient-norm.ts';
import { logSlope } from './log-slope.ts';

describe('log slope', () => {
  it('finds the exponent of a power law exactly, with no error', () => {
    const xs = [8, 16, 32, 64];
    const { slope, standardError } = logSlope(
      xs,
      xs.map((x) => 3 * x ** -0.5),
    );
    expect(slope).toBeCloseTo(-0.5, 12);
    expect(standardError).toBeCloseTo(0, 7);
  });

  it('is NaN where a value is zero or diverged', () => {
    expect(logSlope([1, 2, 4], [1, Infinity, 2]).slope).toBeNaN();
  });
});

describe('feature change', () => {
  const h = normals('features', 20);

  it('is zero without change, and blind to scale in its kernel part alone', () => {
    expect(featureChange(h, h, 4).relative).toBe(0);
    expect(featureChange(h, h, 4).kernel).toBeCloseTo(0, 12);
    const doubled = featureChange(
      h,
      h.map((v) => 2 * v),
      4,
    );
    expect(doubled.relative).toBeCloseTo(1, 12);
    expect(doubled.kernel).toBeCloseTo(0, 12);
  });

  it('is near 1 in its kernel part for unrelated features of one example that dominate', () => {
    const before = Float32Array.from([1, 0, 0, 0]);
    const after = Float32Array.from([0, 0, 0, 1]);
    expect(featureChange(before, after, 2)).toEqual({ relative: Math.SQRT2, kernel: 1 });
  });
});

it('gradient norms are per tensor and lane', () => {
  const gradients = { 'input.weight': Float32Array.from([3, 4, 0, 5, 12, 0]) };
  expect(gradientNorms(gradients, 2)).toEqual({ 'input.weight': [5, 13] });
});

describe('divergence', () => {
  it('is the first step that is not finite or above the stated factor of the first loss', () => {
    expect(divergedAt([1, 2, 0.5, 99])).toBeNull();
    expect(divergedAt([1, 2, 101, 1])).toBe(2);
    expect(divergedAt([1, 2, 1], { factor: 1.5 })).toBe(1);
    expect(divergedAt([1, Number.NaN, 1])).toBe(1);
    expect(divergedAt([Infinity])).toBe(0);
    expect(divergedAt([0, 5])).toBeNull();
  });
});
