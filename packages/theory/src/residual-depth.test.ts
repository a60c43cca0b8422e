import { describe, expect, it } from 'vitest';
import type { ResidualBranch, StepLaw } from './residual-depth.ts';
import {
  branchGain,
  depthExponents,
  depthRateExponent,
  streamGrowth,
  streamGrowthLimit,
} from './residual-depth.ts';
import { normalSource } from './testing/random.ts';

const relu = (z: number): number => Math.max(0, z);
const squares = (h: readonly number[]): number => h.reduce((sum, value) => sum + value * value, 0);

/** A Gaussian matrix of the given variance times a vector, the matrix drawn on the fly. */
function gaussianTimes(h: readonly number[], rows: number, variance: number, normal: () => number) {
  const std = Math.sqrt(variance * squares(h));
  return Array.from({ length: rows }, () => std * normal());
}

function branchOf(branch: ResidualBranch, h: readonly number[], normal: () => number): number[] {
  const n = h.length;
  switch (branch.kind) {
    case 'two-layer': {
      const hidden = gaussianTimes(h, 2 * n, branch.inner / n, normal).map(relu);
      return gaussianTimes(hidden, n, branch.outer / (2 * n), normal);
    }
    case 'pre-activation':
      return gaussianTimes(h.map(relu), n, branch.inner / n, normal);
    case 'centred': {
      const active = gaussianTimes(h, n, branch.inner / n, normal).map(relu);
      const mean = active.reduce((a, b) => a + b, 0) / n;
      return active.map((value) => value - mean);
    }
  }
}

describe('the stream at initialization', () => {
  const depth = 8;
  it.each<[ResidualBranch, number, number]>([
    [{ kind: 'two-layer', inner: 2, outer: 1 }, 6, 0],
    [{ kind: 'centred', inner: 2, width: 6 }, 6, 0],
    // Exact in the limit of width alone: 200 leaves about 8/200 of the growth's exponent.
    [{ kind: 'pre-activation', inner: 2 }, 200, 0.04],
  ])('%j grows as (1 + g L^{−2α})^L', (branch, n, bias) => {
    for (const exponent of [0.5, 1]) {
      const normal = normalSource(13);
      const repeats = n > 100 ? 400 : 4000;
      const ratios = Array.from({ length: repeats }, () => {
        const start = Array.from({ length: n }, normal);
        let h = start;
        for (let l = 0; l < depth; l++) {
          const f = branchOf(branch, h, normal);
          h = h.map((value, i) => value + depth ** -exponent * (f[i] as number));
        }
        return squares(h) / squares(start);
      });
      const mean = ratios.reduce((a, b) => a + b, 0) / repeats;
      const variance = ratios.reduce((a, b) => a + (b - mean) ** 2, 0) / repeats;
      const expected = streamGrowth({ depth, exponent, gain: branchGain(branch) });
      // Four standard errors.
      const error = 4 * Math.sqrt(variance / repeats) + bias * expected;
      expect(Math.abs(mean - expected)).toBeLessThan(error);
    }
  });

  it('has its limits: e^g at α = ½, 1 above, none below', () => {
    const gain = 0.7;
    for (const exponent of [0.5, 0.75, 1]) {
      const limit = streamGrowthLimit({ exponent, gain });
      const [near, far] = [1e3, 1e5].map((depth) => streamGrowth({ depth, exponent, gain }));
      // The distance is of order L^{1−2α}, or 1/L at α = ½.
      expect(Math.abs((far as number) - limit)).toBeLessThan(Math.abs((near as number) - limit));
      expect(far).toBeCloseTo(limit, 2);
    }
    expect(streamGrowthLimit({ exponent: 0.4, gain })).toBe(Infinity);
    expect(streamGrowth({ depth: 20, exponent: 0, gain })).toBeCloseTo(1.7 ** 20, 6);
    expect(() => streamGrowth({ depth: 0, exponent: 0, gain })).toThrow('unknown depth: 0');
  });
});

/**
 * One small step of h ← h + L^{−α} W φ(h) towards ⟨v, h_L⟩, by backpropagation written out. Returns how far the last
 * block's stream moves along v and how far a weight does, as root mean squares.
 */
function oneStep(depth: number, exponent: number, rateExponent: number, steps: StepLaw) {
  const n = 16;
  const normal = normalSource(17);
  const multiplier = depth ** -exponent;
  const draw = (): number[] => Array.from({ length: n }, normal);
  const [input, readout] = [draw(), draw()];
  const weights = Array.from({ length: depth }, () =>
    Array.from({ length: n }, () => draw().map((w) => w / Math.sqrt(n))),
  );
  const forward = (layers: readonly number[][][]): number[][] => {
    const stream = [input];
    for (const matrix of layers) {
      const h = stream.at(-1) as number[];
      const active = h.map(relu);
      const f = matrix.map((row) => row.reduce((s, w, j) => s + w * (active[j] as number), 0));
      stream.push(h.map((value, i) => value + multiplier * (f[i] as number)));
    }
    return stream;
  };
  const stream = forward(weights);
  const rate = 1e-5 * depth ** rateExponent;
  let signal = readout;
  let weightMove = 0;
  const moved = weights.map((matrix) => matrix);
  for (let l = depth - 1; l >= 0; l--) {
    const h = stream[l] as number[];
    const matrix = weights[l] as number[][];
    moved[l] = matrix.map((row, i) =>
      row.map((w, j) => {
        const gradient = multiplier * (signal[i] as number) * relu(h[j] as number);
        const step = rate * (steps === 'sgd' ? gradient : Math.sign(gradient));
        weightMove += (step * step) / (depth * n * n);
        return w + step;
      }),
    );
    const back = signal;
    signal = back.map((value, j) => {
      if ((h[j] as number) <= 0) return value;
      const sum = matrix.reduce((s, row, i) => s + (row[j] as number) * (back[i] as number), 0);
      return value + multiplier * sum;
    });
  }
  const after = forward(moved).at(-1) as number[];
  const change = after.map((value, i) => value - ((stream[depth] as number[])[i] as number));
  return { stream: Math.sqrt(squares(change) / n), block: Math.sqrt(weightMove) };
}

describe('one step', () => {
  it.each<[StepLaw, number, number]>([
    ['sgd', 0.5, 0],
    ['sgd', 1, 0],
    ['sgd', 1, 1],
    ['adam', 0.5, -0.5],
    ['adam', 1, 0],
    ['adam', 0.75, 0],
  ])(
    '%s, α = %f, rate ∝ L^%f: moves the stream and the weights as powers of L',
    (steps, exponent, rateExponent) => {
      const [shallow, deep] = [64, 512];
      const [a, b] = [shallow, deep].map((depth) => oneStep(depth, exponent, rateExponent, steps));
      const slope = (key: 'stream' | 'block'): number =>
        Math.log((b?.[key] as number) / (a?.[key] as number)) / Math.log(deep / shallow);
      const expected = depthExponents({ exponent, rateExponent, steps });
      // One net a depth of width 16: at α = ½ sizes fluctuate by tens of percent, which over a factor 8 is 0.2 in slope.
      expect(Math.abs(slope('stream') - expected.stream)).toBeLessThan(0.2);
      expect(Math.abs(slope('block') - expected.block)).toBeLessThan(0.2);
    },
  );

  it('keeps its pace at the rates of depth transfer: SGD 0 and 1, Adam −½ and 0', () => {
    expect(depthRateExponent(0.5, 'sgd')).toBe(0);
    expect(depthRateExponent(1, 'sgd')).toBe(1);
    expect(depthRateExponent(0.5, 'adam')).toBe(-0.5);
    expect(depthRateExponent(1, 'adam')).toBe(0);
    for (const exponent of [0.5, 1]) {
      for (const steps of ['sgd', 'adam'] as const) {
        const rateExponent = depthRateExponent(exponent, steps);
        const { block, stream } = depthExponents({ exponent, rateExponent, steps });
        expect(stream).toBeCloseTo(0, 15);
        expect(block).toBeCloseTo(exponent - 1, 15);
      }
    }
  });

  it('has no power of depth without a multiplier', () => {
    expect(() => depthRateExponent(0, 'sgd')).toThrow('unknown branch exponent: 0 (½ or more');
  });
});
