import type { Laboratory } from '@hyperlaw/cli';
import type { Knobs, Lane, MlpShape } from '@hyperlaw/core';
import type { FiniteLaw } from '@hyperlaw/tasks';
import { type LeastSquares, leastSquares } from '@hyperlaw/theory';
import { finiteData, fullBatch } from '../../full-batch.ts';
import { memoryParts } from '../../memory-parts.ts';
import { kernelMoments } from './kernel-moments.ts';

/** Gradient descent on all examples, from the same initializations at several rates. */
export interface DescentInput {
  readonly task: FiniteLaw;
  readonly model: MlpShape;
  readonly parameterization: Lane['parameterization'];
  /** `readout`: the weights below the readout stay as they are, and the loss is a quadratic. */
  readonly trained: 'all' | 'readout';
  /** Beside the learning rate. */
  readonly knobs: Knobs;
  /** Each rate with the steps between points of its curve. */
  readonly rates: readonly { readonly learningRate: number; readonly every: number }[];
  /** Points of a curve after the first. */
  readonly points: number;
  readonly seeds: readonly number[];
}

export interface Descents {
  /** Losses `[rate][seed][points + 1]`; null from where they are not finite. */
  readonly curves: readonly (readonly (readonly (number | null)[])[])[];
  /** The quadratic that each seed descends where only the readout is trained, `[seed]`. */
  readonly quadratics: readonly LeastSquares[];
}

async function descents(input: DescentInput, laboratory: Laboratory): Promise<Descents> {
  const { model, rates, seeds } = input;
  const weights = ((model.depth - 1) * model.width + 1) * model.width;
  const parts: Descents[] = [];
  for (const own of memoryParts(seeds, weights, laboratory.device.hardware)) {
    parts.push(await descentsTogether({ ...input, seeds: own }, laboratory));
  }
  return {
    curves: rates.map((_, rate) => parts.flatMap(({ curves }) => curves[rate] ?? [])),
    quadratics: parts.flatMap(({ quadratics }) => quadratics),
  };
}

/** The same of all seeds at a time. */
async function descentsTogether(
  { task, model, parameterization, trained, knobs, rates, points, seeds }: DescentInput,
  laboratory: Laboratory,
): Promise<Descents> {
  const data = await finiteData(laboratory, task);
  const lanes = seeds.length;
  const net = await fullBatch(laboratory, { data, model, lanes });
  const settings = (learningRate: number): Lane[] =>
    seeds.map((seed) => ({
      parameterization,
      schedule: { kind: 'constant' },
      knobs: {
        ...knobs,
        learningRate,
        ...(trained === 'readout' && { 'learningRate/input': 0 }),
        ...(trained === 'readout' && model.depth > 1 && { 'learningRate/hidden': 0 }),
      },
      seed,
    }));
  try {
    const curves: (number | null)[][][] = [];
    for (const { learningRate, every } of rates) {
      const { loss } = await net.descend(settings(learningRate), { steps: every * points + 1 });
      curves.push(
        seeds.map((_, lane) =>
          Array.from({ length: points + 1 }, (_, i) =>
            asJson(loss?.[i * every * lanes + lane] as number),
          ),
        ),
      );
    }
    return { curves, quadratics: trained === 'readout' ? await quadratics() : [] };
  } finally {
    await net.dispose();
  }

  async function quadratics(): Promise<LeastSquares[]> {
    const [features, weights] = [
      await net.features(settings(0)),
      net.initial(settings(0))['output.weight'] as Float32Array,
    ];
    const { width } = model;
    return seeds.map((_, lane) => {
      const own = weights.subarray(lane * width, (lane + 1) * width);
      const rows = Array.from({ length: task.samples }, (_, i) => {
        const at = (lane * task.samples + i) * width;
        return features.subarray(at, at + width);
      });
      const residuals = rows.map(
        (row, i) =>
          row.reduce((sum, value, k) => sum + value * (own[k] as number), 0) -
          (data.y[i] as number),
      );
      return leastSquares(rows, residuals);
    });
  }
}

/** Nine digits are all of a float32. */
const asJson = (loss: number): number | null =>
  Number.isFinite(loss) ? Number(loss.toPrecision(9)) : null;

export const measureGradientFlow = { descents, kernelMoments };
