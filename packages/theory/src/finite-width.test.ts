import { describe, expect, it } from 'vitest';
import type { RandomLayer } from './finite-width.ts';
import {
  aliveProbability,
  equalLayers,
  exactLogNorm,
  gaussianLogNorm,
  normSecondMoment,
} from './finite-width.ts';
import { normalSource } from './testing/random.ts';

/** R of one random net, by multiplying out its layers at a random input, along a direction not orthogonal to it. */
function sampleRatio(layers: readonly RandomLayer[], inputs: number, normal: () => number): number {
  let x = Array.from({ length: inputs }, normal);
  let u = x.map((value) => 0.5 * value + normal());
  const start = u.reduce((sum, value) => sum + value * value, 0) / inputs;
  for (const { width, activation } of layers) {
    const std = Math.sqrt((activation === 'relu' ? 2 : 1) / x.length);
    const [nextX, nextU] = [Array<number>(width), Array<number>(width)];
    for (let i = 0; i < width; i++) {
      let [a, b] = [0, 0];
      for (let j = 0; j < x.length; j++) {
        const weight = std * normal();
        a += weight * (x[j] as number);
        b += weight * (u[j] as number);
      }
      const active = activation === 'linear' || a > 0;
      nextX[i] = active ? a : 0;
      nextU[i] = active ? b : 0;
    }
    [x, u] = [nextX, nextU];
  }
  return u.reduce((sum, value) => sum + value * value, 0) / u.length / start;
}

const mean = (values: readonly number[]): number =>
  values.reduce((a, b) => a + b, 0) / values.length;

describe('small nets, sampled', () => {
  it.each<[string, RandomLayer[]]>([
    ['ReLU', equalLayers({ depth: 3, width: 5, activation: 'relu' })],
    ['linear', equalLayers({ depth: 3, width: 4, activation: 'linear' })],
    [
      'ReLU of several widths with a linear readout',
      [
        { width: 7, activation: 'relu' },
        { width: 4, activation: 'relu' },
        { width: 3, activation: 'linear' },
      ],
    ],
  ])('%s: moments of R and of ln R, and how often it is 0', (_, layers) => {
    const normal = normalSource(7);
    const count = 20_000;
    const ratios = Array.from({ length: count }, () => sampleRatio(layers, 6, normal));
    const logs = ratios.filter((r) => r > 0).map(Math.log);
    const exact = exactLogNorm(layers);
    const logMean = mean(logs);
    // Four standard errors each; those of the variances from the fourth moments of the sample.
    const error = (values: readonly number[]): number => {
      const center = mean(values);
      return 4 * Math.sqrt(mean(values.map((v) => (v - center) ** 2)) / values.length);
    };
    const squares = logs.map((v) => (v - logMean) ** 2);
    expect(Math.abs(logMean - exact.mean)).toBeLessThan(error(logs));
    expect(Math.abs(mean(squares) - exact.variance)).toBeLessThan(error(squares));
    expect(Math.abs(mean(ratios) - 1)).toBeLessThan(error(ratios));
    const second = ratios.map((r) => r * r);
    expect(Math.abs(mean(second) - normSecondMoment(layers))).toBeLessThan(error(second));
    const alive = aliveProbability(layers);
    const aliveError = 4 * Math.sqrt((alive * (1 - alive)) / count);
    expect(Math.abs(logs.length / count - alive)).toBeLessThanOrEqual(aliveError);
  });
});

describe('wide nets', () => {
  it.each(['relu', 'linear'] as const)('%s: exact moments tend to −β/2 and β', (activation) => {
    const gap = (width: number) => {
      const layers = equalLayers({ depth: 10, width, activation });
      const [exact, gaussian] = [exactLogNorm(layers), gaussianLogNorm(layers)];
      return [exact.mean - gaussian.mean, exact.variance - gaussian.variance] as const;
    };
    const [coarse, fine] = [gap(200), gap(400)];
    // The first correction is of order 1/n², so it falls by 4 for each doubling; the next is 1 % of it or so.
    expect(coarse[0] / fine[0]).toBeCloseTo(4, 0);
    expect(coarse[1] / fine[1]).toBeCloseTo(4, 0);
    expect(Math.abs(coarse[1])).toBeLessThan(0.01);
  });

  it('β is 5 and 2 over the width, per layer', () => {
    const at = (activation: 'relu' | 'linear') =>
      gaussianLogNorm(equalLayers({ depth: 20, width: 50, activation }));
    expect(at('relu').mean).toBeCloseTo(-1, 12);
    expect(at('relu').variance).toBeCloseTo(2, 12);
    expect(at('linear').variance).toBeCloseTo(0.8, 12);
  });

  it('has moments where 2^{−n} is 0 in float64', () => {
    const layers = equalLayers({ depth: 1, width: 5000, activation: 'relu' });
    expect(exactLogNorm(layers).variance * 1000).toBeCloseTo(1, 2);
    expect(aliveProbability(layers)).toBe(1);
  });
});

it('refuses a width that is not one', () => {
  expect(() => normSecondMoment([{ width: 0, activation: 'relu' }])).toThrow(
    'unknown width: 0 (a positive integer)',
  );
});
