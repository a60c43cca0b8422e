import type { Laboratory } from '@hyperlaw/cli';
import type { Lane, MlpShape } from '@hyperlaw/core';
import type { Arrays } from '@hyperlaw/engine';
import type { FiniteLaw } from '@hyperlaw/tasks';
import { layerBalance } from '@hyperlaw/theory';
import { finiteData, fullBatch } from '../../full-batch.ts';
import { transpose } from './matrices.ts';
import { layersOf } from './whitened-task.ts';

/** Nets that descend on all examples for a given time, from the same start at several rates. */
export interface BalanceDriftInput {
  readonly task: FiniteLaw;
  readonly activation: 'linear' | 'relu';
  readonly layers: number;
  readonly width: number;
  readonly learningRates: readonly number[];
  /** Rate × steps. */
  readonly time: number;
  readonly seeds: readonly number[];
}

/** Frobenius norms over all pairs of layers of what changed, `[rate][net]`. */
export interface BalanceDrift {
  /** Of W_{l+1}ᵀW_{l+1} − W_lW_lᵀ. */
  readonly all: readonly (readonly number[])[];
  /** Of its diagonals alone. */
  readonly diagonal: readonly (readonly number[])[];
}

export async function balanceDrift(
  { task, activation, layers, width, learningRates, time, seeds }: BalanceDriftInput,
  laboratory: Laboratory,
): Promise<BalanceDrift> {
  const data = await finiteData(laboratory, task);
  const model: MlpShape = {
    ...{ kind: 'mlp', width, depth: layers - 1, activation, bias: false, centred: false },
  };
  const net = await fullBatch(laboratory, { data, model, lanes: seeds.length });
  const balances = (weights: Arrays) =>
    seeds.map((_, lane) =>
      // Core's weights are [fanIn, fanOut], theory's [out, in].
      layerBalance(layersOf(weights, lane, { layers, width, ...data }).map(transpose)),
    );
  const drift = { all: [] as number[][], diagonal: [] as number[][] };
  try {
    for (const learningRate of learningRates) {
      const settings = seeds.map(
        (seed): Lane => ({
          parameterization: { name: 'sp' },
          schedule: { kind: 'constant' },
          knobs: { learningRate },
          seed,
        }),
      );
      const steps = Math.round(time / learningRate);
      const seen: number[][][][][] = [];
      const visit = (weights: Arrays) => void seen.push(balances(weights));
      await net.descend(settings, { steps, stops: [0, steps], visit });
      const [before, after] = seen as [number[][][][], number[][][][]];
      drift.all.push(seeds.map((_, lane) => distance(before[lane], after[lane], () => true)));
      drift.diagonal.push(
        seeds.map((_, lane) => distance(before[lane], after[lane], (i, j) => i === j)),
      );
    }
    return drift;
  } finally {
    await net.dispose();
  }
}

/** Norm of the change of the chosen entries of all matrices. */
function distance(
  before: readonly number[][][] = [],
  after: readonly number[][][] = [],
  chosen: (i: number, j: number) => boolean,
): number {
  let sum = 0;
  before.forEach((matrix, l) => {
    matrix.forEach((row, i) => {
      row.forEach((value, j) => {
        if (chosen(i, j)) sum += ((after[l]?.[i]?.[j] as number) - value) ** 2;
      });
    });
  });
  return Math.sqrt(sum);
}
