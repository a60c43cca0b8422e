import { describe, expect, it } from 'vitest';
import { sampleOf, shareError, simulatedShare } from '../testing/simulate.ts';
import { optimumDrift } from './drift.ts';

const widths = [8, 16, 32, 64, 128];

/** Sweeps whose optimum moves as width^slope, with noise that seeds share between widths. */
function sweeps(slope: number, normal: () => number) {
  const shared = sampleOf(5, normal);
  return widths.map((width) =>
    Array.from({ length: 14 }, (_, i) => i - 12).map((log2x) => {
      const away = log2x + 4 - slope * Math.log2(width / 8);
      const noise = shared.map((z) => 0.2 * z + 0.02 * normal());
      return { x: 2 ** log2x, losses: noise.map((z) => Math.exp(0.15 * away ** 2 + z)) };
    }),
  );
}

describe('optimumDrift', () => {
  it('finds transfer and the fall of the standard parameterization', () => {
    for (const slope of [0, -1, -0.5]) {
      const found = optimumDrift(
        widths,
        sweeps(slope, () => 0),
        { seed: 1, resamples: 20 },
      );
      expect(found?.estimate).toBeCloseTo(slope, 9);
      expect(found?.intercept).toBeCloseTo(-4 - 3 * slope, 9);
    }
  });

  it('covers the true slope about as often as it says', () => {
    const covered = simulatedShare(120, (normal, i) => {
      const [low, high] = optimumDrift(widths, sweeps(-0.8, normal), { seed: i, resamples: 200 })
        ?.interval ?? [0, 0];
      return low <= -0.8 && -0.8 <= high;
    });
    // As for the optimum itself: 0.03 beside the simulation's error.
    expect(covered).toBeGreaterThan(0.92 - shareError(0.95, 120));
  });

  it('leaves out sizes on the edge, and says null when one remains', () => {
    const moved = sweeps(0, () => 0).map((sweep, i) => (i > 2 ? sweep.slice(0, 8) : sweep));
    expect(optimumDrift(widths, moved, { seed: 1, resamples: 20 })?.sizes).toEqual([8, 16, 32]);
    const one = sweeps(0, () => 0).map((sweep, i) => (i > 0 ? sweep.slice(0, 8) : sweep));
    expect(optimumDrift(widths, one, { seed: 1 })).toBeNull();
  });
});
