import { cpuLaboratory } from '@hyperlaw/cli/testing';
import type { TaskLaw } from '@hyperlaw/tasks';
import { afterAll, describe, expect, it } from 'vitest';
import { course } from './course.ts';
import {
  kinds,
  oneRate,
  ownRate,
  phenomenonShape,
  placements,
  READOUT_RATE,
  scaleKnobs,
} from './phenomenon-nets.ts';
import { plane } from './plane.ts';

const laboratory = cpuLaboratory();
afterAll(() => laboratory.device.close());

const task: TaskLaw = {
  ...{ kind: 'teacher', inputDim: 8, outputDim: 1, width: 4, depth: 1, activation: 'relu' },
  ...{ noise: 0, instance: 0 },
};
const [none, layer, rms, batch] = kinds as [
  (typeof kinds)[0] & object,
  (typeof kinds)[0] & object,
  (typeof kinds)[0] & object,
  (typeof kinds)[0] & object,
];
const watch = (
  phenomenon: (typeof kinds)[number],
  rate: number,
  { depth = 3, count = 2 }: { readonly depth?: number; readonly count?: number } = {},
) =>
  course(
    {
      task,
      shape: phenomenonShape(phenomenon, { width: 16, depth }),
      knobs: scaleKnobs(phenomenon, 1),
      rates: [oneRate(rate)],
      seeds: Array.from({ length: count }, (_, seed) => seed + 1),
      ...{ steps: 16, stops: [1, 4, 16] },
    },
    laboratory,
  );

describe('a course', () => {
  it.each([rms, layer])('sees signals of scale 1 after $title, trained or not', async (net) => {
    const { nets } = await watch(net, 2 ** -5);
    for (const { start, end } of nets[0] ?? []) {
      expect(start).toHaveLength(3);
      // ε = 1e-6 beside mean squares near 1.
      for (const { scale } of [...start, ...end]) expect(scale).toBeCloseTo(1, 4);
    }
  });

  it('sees critical ReLU nets keep their scale at the start, and residual ones without norms grow', async () => {
    const plain = await watch(none, 2 ** -5, { depth: 8 });
    const scales = plain.nets[0]?.map(({ start }) => start.at(-1)?.scale ?? 0) ?? [];
    // Width 16 fluctuates over 8 layers, by less than a factor of 8.
    for (const scale of scales) expect(Math.abs(Math.log2(scale / Math.SQRT2))).toBeLessThan(3);
    const residual = await watch(placements[0] as typeof none, 2 ** -12, { depth: 8, count: 16 });
    const growths = (residual.nets[0] ?? []).map(({ start }) =>
      Math.log2((start.at(-1)?.scale ?? 0) / (start[0]?.scale ?? 1)),
    );
    // A factor of √(3/2) a block in the mean square; at width 16 a net's logarithm spreads by about ½, its mean by ⅛.
    const mean = growths.reduce((sum, growth) => sum + growth, 0) / growths.length;
    expect(Math.abs(mean - 7 * Math.log2(Math.sqrt(3 / 2)))).toBeLessThan(0.5);
  });

  it('sees BatchNorm keep examples apart with depth, where nets without norms do not', async () => {
    const ranks = async (net: typeof none) => {
      const { nets } = await watch(net, 2 ** -6, { depth: 10 });
      return nets[0]?.map(({ start }) => start.at(-1)?.rank ?? 0) ?? [];
    };
    const [apart, together] = [await ranks(batch), await ranks(none)];
    for (const rank of [...apart, ...together]) {
      expect(rank).toBeGreaterThanOrEqual(1);
      expect(rank).toBeLessThanOrEqual(16);
    }
    expect(Math.min(...apart)).toBeGreaterThan(2 * Math.max(...together));
  });

  it('sees normed weights grow, and never shrink', async () => {
    const { nets } = await watch(rms, 2 ** -3);
    for (const { squares, loss } of nets[0] ?? []) {
      expect(loss).toBeGreaterThan(0);
      expect(squares).toHaveLength(4);
      for (const weight of [0, 1]) {
        const course = squares.map((at) => at[weight] as number);
        // Float32 sums of 256 squares to 1e-5 of themselves.
        course.slice(1).forEach((square, k) => {
          expect(square).toBeGreaterThan((course[k] as number) * (1 - 1e-5));
        });
        expect(course[3]).toBeGreaterThan(course[0] as number);
      }
    }
  });

  it('says null where a net diverged', async () => {
    const { nets } = await watch(none, 2 ** 8);
    expect(nets[0]?.[0]?.loss).toBeNull();
    expect(nets[0]?.[0]?.end[0]?.rank).toBeNull();
  });
});

describe('a plane', () => {
  it('is the same along η ∝ σ² where normed weights have a rate of their own', async () => {
    for (const net of [rms, batch]) {
      const { losses } = await plane(
        {
          ...{ task, shape: phenomenonShape(net, { width: 16, depth: 3 }), steps: 12 },
          scales: [1, 4].map((scale) => scaleKnobs(net, scale)),
          rates: [0.01, 0.16].map(ownRate),
          seeds: [1, 2],
        },
        laboratory,
      );
      expect(ownRate(0.5)['learningRate/hidden']).toBe(0.5 / READOUT_RATE);
      const [small, large] = losses;
      // ε = 1e-6 beside mean squares of 1 and more, and float32.
      large?.[1]?.forEach((loss, seed) => {
        expect(loss).toBeCloseTo(small?.[0]?.[seed] as number, 3);
      });
    }
  });
});
