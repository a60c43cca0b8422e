import { describe, expect, it } from 'vitest';
import {
  linearisedStableRate,
  plateauExponent,
  richnessSlopes,
  type ScalarNet,
  stableRate,
  timeToFraction,
} from './richness.ts';
import { normalSource } from './testing/random.ts';

const product = (weights: readonly number[]): number => weights.reduce((p, w) => p * w, 1);

/** Gradient descent on all weights; calls `visit` with f before every step, until it says so. */
function descend(
  { layers, richness, target = 1 }: ScalarNet,
  rate: number,
  visit: (f: number, step: number) => boolean,
  start: readonly number[] = Array<number>(layers).fill(1),
): number {
  let weights = [...start];
  const zero = product(start);
  for (let step = 0; ; step++) {
    const all = product(weights);
    const f = (all - zero) / richness;
    if (visit(f, step)) return f;
    const push = (rate * (target - f)) / richness;
    weights = weights.map((w) => w + (push * all) / w);
  }
}

/** Whether descent at this rate comes to rest at the target. */
function settles(net: ScalarNet, rate: number, start?: readonly number[]): boolean {
  const { target = 1 } = net;
  const limit = 20_000;
  const end = descend(
    net,
    rate,
    (f, step) => step >= limit || !Number.isFinite(f) || (step > 0 && Math.abs(f - target) < 1e-9),
    start,
  );
  return Math.abs(end - target) < 1e-9;
}

const nets: ScalarNet[] = [1, 2, 3, 5].flatMap((layers) =>
  [0.01, 0.3, 1, 10, 300].map((richness) => ({ layers, richness, target: 1.5 })),
);

describe('the largest stable rate', () => {
  it.each(nets)('is where descent ceases to settle: %j', (net) => {
    expect(settles(net, 0.98 * stableRate(net))).toBe(true);
    expect(settles(net, 1.02 * stableRate(net))).toBe(false);
  });

  it.each([2, 3])('is not passed from unequal weights: %i layers', (layers) => {
    const normal = normalSource(layers);
    const net: ScalarNet = { layers, richness: 2, target: 1.5 };
    for (let trial = 0; trial < 20; trial++) {
      const logs = Array.from({ length: layers }, () => 0.3 * normal());
      const mean = logs.reduce((a, b) => a + b, 0) / layers;
      const start = logs.map((log) => Math.exp(log - mean));
      expect(settles(net, 1.02 * stableRate(net), start)).toBe(false);
      // At a minimum with these proportions the tangent kernel is larger.
      const minimum = start.map((w) => w * (1 + 2 * 1.5) ** (1 / layers));
      const kernel = minimum.reduce(
        (sum, w) => sum + (product(minimum) / w / net.richness) ** 2,
        0,
      );
      expect(2 / kernel).toBeLessThanOrEqual(stableRate(net) * (1 + 1e-12));
    }
  });

  it('has slopes 2 and 2/L, and lines that meet at γ = 1/y', () => {
    for (const layers of [2, 3, 6]) {
      const slope = (richness: number): number =>
        Math.log(
          stableRate({ layers, richness: 1.01 * richness }) / stableRate({ layers, richness }),
        ) / Math.log(1.01);
      const slopes = richnessSlopes(layers);
      // The approach is as γy, or 1/γy.
      expect(slope(1e-4)).toBeCloseTo(slopes.lazy, 3);
      expect(slope(1e4)).toBeCloseTo(slopes.rich, 3);
      const rich = (2 / layers) * 2 ** (2 / layers - 2) * 0.5 ** (2 / layers);
      expect(rich).toBeCloseTo(linearisedStableRate({ layers, richness: 0.5 }), 12);
    }
  });

  it('of the linearised net is that of a quadratic', () => {
    for (const richness of [0.1, 20]) {
      const net: ScalarNet = { layers: 1, richness, target: 1 };
      expect(linearisedStableRate(net)).toBe(stableRate(net));
    }
  });
});

describe('the time to a fraction of the target', () => {
  it.each<[ScalarNet, number]>([
    [{ layers: 2, richness: 0.05 }, 0.9],
    [{ layers: 2, richness: 20, target: 2 }, 0.3],
    [{ layers: 3, richness: 5 }, 0.99],
    [{ layers: 4, richness: 100 }, 0.5],
  ])('is that of descent at a small rate: %j to %f', (net, fraction) => {
    const time = timeToFraction({ ...net, fraction });
    const { target = 1 } = net;
    const steps = 20_000;
    let last = 0;
    descend(net, time / steps, (f, step) => {
      last = step;
      return f >= fraction * target || step > 2 * steps;
    });
    // Descent lags behind the flow by about ½ηΘ of relative time at first order: 1e-3 here, most at the drop.
    expect(last / steps).toBeCloseTo(1, 2);
  });

  it('is closed for L = 1, for L = 2 and in the lazy limit', () => {
    const fraction = 0.95;
    const lazy = (layers: number, richness: number): number =>
      -(richness ** 2 / layers) * Math.log(1 - fraction);
    expect(timeToFraction({ layers: 1, richness: 3, fraction })).toBeCloseTo(lazy(1, 3), 11);
    expect(timeToFraction({ layers: 3, richness: 1e-6, fraction }) / lazy(3, 1e-6)).toBeCloseTo(
      1,
      5,
    );
    // Partial fractions: ∫ dx/((1 − x)(1 + ax)) = ln((1 + ap)/(1 − p))/(1 + a).
    for (const a of [0.5, 50, 1e6]) {
      const exact = ((a ** 2 / 2) * Math.log((1 + a * fraction) / (1 - fraction))) / (1 + a);
      expect(timeToFraction({ layers: 2, richness: a, fraction }) / exact).toBeCloseTo(1, 11);
    }
  });

  it('is a plateau and a drop for large γ: γ/((L − 2) y), in γ^{1−2/L} steps at the best rate', () => {
    for (const layers of [3, 5]) {
      const [early, late] = [0.1, 0.9].map((fraction) =>
        timeToFraction({ layers, richness: 1e6, target: 2, fraction }),
      );
      // The drop lasts (γy)^{2/L−1} of the plateau: 1 % for three layers.
      expect((late as number) / (early as number)).toBeCloseTo(1, 1);
      expect(((late as number) * (layers - 2) * 2) / 1e6).toBeCloseTo(1, 1);
      const steps = (richness: number): number =>
        timeToFraction({ layers, richness, fraction: 0.5 }) / stableRate({ layers, richness });
      const slope = Math.log(steps(1e8) / steps(1e6)) / Math.log(100);
      expect(slope).toBeCloseTo(plateauExponent(layers), 2);
    }
  });
});

it('refuses what is not a net', () => {
  expect(() => stableRate({ layers: 0, richness: 1 })).toThrow('unknown layers: 0');
  expect(() => stableRate({ layers: 2, richness: 0 })).toThrow('unknown richness: 0');
  expect(() => stableRate({ layers: 2, richness: 1, target: -1 })).toThrow('unknown target: -1');
  expect(() => timeToFraction({ layers: 2, richness: 1, fraction: 1 })).toThrow(
    'unknown fraction: 1',
  );
});
