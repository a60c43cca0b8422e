import type { Laboratory } from '@hyperlaw/cli';
import type { Lane, MlpShape } from '@hyperlaw/core';
import type { Tensors } from '@hyperlaw/engine';
import type { Tensor } from '@tensorflow/tfjs';
import * as tf from '@tensorflow/tfjs';
import { fullBatch } from '../../full-batch.ts';
import { growingDirections, type Start, startOf } from './starts.ts';
import { type Bases, layerNames, whitenedTask } from './whitened-task.ts';

/** Linear nets that learn a map of given singular values from whitened inputs. */
export interface CourseInput {
  /** Weight matrices. */
  readonly layers: number;
  readonly width: number;
  readonly inputDim: number;
  readonly outputDim: number;
  /** Of the map to be learned, the largest first. */
  readonly singularValues: readonly number[];
  readonly start: Start;
  /** For the loss ½‖y − ŷ‖², summed over outputs and averaged over examples: time is rate × steps. */
  readonly learningRate: number;
  /** The steps between points, and how many points after the first. */
  readonly every: number;
  readonly points: number;
  readonly seeds: readonly number[];
}

/** How losses and modes went. */
export interface Course {
  /** ½‖y − ŷ‖² at each point, `[net][point + 1]`. */
  readonly losses: readonly (readonly number[])[];
  /** a = uᵀ W_L … W_1 v of each mode at each point, `[net][mode][point + 1]`. */
  readonly strengths: readonly (readonly (readonly number[])[])[];
  /** When each mode first has half its strength, read between two steps, `[net][mode]`; null where it never does. */
  readonly halves: readonly (readonly (number | null)[])[];
  /** z = (W₁v + W₂ᵀu)/2 of each mode at a random start, `[net][mode][hidden]`. */
  readonly growing: readonly (readonly (readonly number[])[])[];
}

const EXAMPLES = 32;

/** Trains core's linear MLP on all examples, and reads off every step what it does to each mode. */
export async function linearCourse(input: CourseInput, laboratory: Laboratory): Promise<Course> {
  const { layers, width, outputDim, singularValues, learningRate, every, points, seeds } = input;
  const model: MlpShape = {
    ...{ kind: 'mlp', width, depth: layers - 1, activation: 'linear', bias: false, centred: false },
  };
  const { data, bases } = whitenedTask({ ...input, examples: EXAMPLES });
  const lanes = seeds.length;
  const observe = (weights: Tensors): Tensors => ({
    strengths: strengthsOf(weights, layers, bases),
  });
  const net = await fullBatch(laboratory, { data, model, lanes, observe });
  // Core's loss is the mean over outputs of (y − ŷ)².
  const settings = seeds.map(
    (seed): Lane => ({
      parameterization: { name: 'sp' },
      schedule: { kind: 'constant' },
      knobs: { learningRate: (learningRate * outputDim) / 2 },
      seed,
    }),
  );
  let growing: number[][][] = [];
  try {
    const { loss = [], strengths = [] } = await net.descend(settings, {
      steps: points * every + 1,
      start: (weights) => startOf(weights, { ...input, bases }),
      stops: [0],
      visit(weights) {
        if (input.start.kind === 'random')
          growing = growingDirections(weights, { ...input, bases });
      },
    });
    const modes = singularValues.length;
    const strengthAt = (lane: number, mode: number) => (step: number) =>
      strengths[(step * lanes + lane) * modes + mode] as number;
    const grid = <T>(f: (step: number) => T): T[] =>
      Array.from({ length: points + 1 }, (_, i) => f(i * every));
    return {
      losses: seeds.map((_, lane) =>
        grid((step) => asJson(((loss[step * lanes + lane] as number) * outputDim) / 2)),
      ),
      strengths: seeds.map((_, lane) =>
        singularValues.map((_, mode) => grid((step) => asJson(strengthAt(lane, mode)(step)))),
      ),
      halves: seeds.map((_, lane) =>
        singularValues.map((s, mode) => {
          const step = crossing(strengthAt(lane, mode), {
            level: s / 2,
            steps: points * every + 1,
          });
          return step === null ? null : step * learningRate;
        }),
      ),
      growing,
    };
  } finally {
    await net.dispose();
  }
}

/** The strength of each mode, `[lane, mode]`: the map of the net along the singular vectors of the one to be learned. */
function strengthsOf(weights: Tensors, layers: number, { inputs, outputs }: Bases): Tensor {
  const v = tf.tensor(inputs as number[][]);
  const u = tf.tensor(outputs as number[][]);
  const [first, ...rest] = layerNames(layers).map((name) => weights[name] as Tensor);
  const lanes = first?.shape[0] as number;
  const tiled = tf.tile(tf.expandDims(tf.transpose(v), 0), [lanes, 1, 1]);
  // The last layer meets U, so that what is multiplied by it is small.
  const passed = [first as Tensor, ...rest].reduce((h, weight) => tf.matMul(h, weight), tiled);
  return tf.sum(tf.mul(passed, tf.expandDims(tf.transpose(u), 0)), 2);
}

/** Where a sequence first reaches a level, linear between steps; null where it never does. */
function crossing(
  value: (step: number) => number,
  { level, steps }: { readonly level: number; readonly steps: number },
): number | null {
  for (let step = 1; step < steps; step++) {
    const [before, after] = [value(step - 1), value(step)];
    if (after >= level) return step - 1 + (level - before) / (after - before);
  }
  return null;
}

/** Float32 has no more digits. */
const asJson = (value: number): number => Number(value.toPrecision(8));
