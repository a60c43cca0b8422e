import type { Laboratory } from '@hyperlaw/cli';
import type { TrainingStep } from '@hyperlaw/core';
import { batchesOf, featureChange, lanePlan, trainingStep, trainLanes } from '@hyperlaw/core';
import { type Arrays, float32 } from '@hyperlaw/engine';
import type { TaskLaw } from '@hyperlaw/tasks';
import type { Tensor } from '@tensorflow/tfjs';
import { BATCH, laneOf, shapeOf } from './net.ts';

/** Nets of one seed, followed at one rate a richness. */
export interface RichnessCourseInput {
  readonly task: TaskLaw;
  readonly layers: number;
  readonly width: number;
  readonly cells: readonly { readonly richness: number; readonly learningRate: number }[];
  readonly seed: number;
  readonly steps: number;
}

/** By cell, in their order. */
export interface RichnessCourse {
  /** Training loss over its first, at the recorded steps; null where it diverged. */
  readonly curves: readonly (readonly (readonly [step: number, loss: number | null])[])[];
  /** Steps, with a fraction, until the training loss is half its first; null where it never was. */
  readonly halved: readonly (number | null)[];
  /** ‖h_t − h_0‖/‖h_0‖ of the last hidden layer after training, on the training examples; null where it diverged. */
  readonly featureChange: readonly (number | null)[];
  /** 1 − cos(K_t, K_0) of their kernels. */
  readonly kernelChange: readonly (number | null)[];
}

async function richnessCourse(
  { cells, seed, steps, ...input }: RichnessCourseInput,
  laboratory: Laboratory,
): Promise<RichnessCourse> {
  const task = await laboratory.loadTask(input.task);
  const shape = shapeOf(input);
  const lanes = cells.length;
  const step = trainingStep(shape, { ...task, lanes });
  const plans = cells.map((cell) =>
    lanePlan(laneOf({ ...cell, seed }), { ...step, parameters: step.model.parameters }),
  );
  const batches = batchesOf(task, [task.stream(seed, 'train')], BATCH);
  const { losses, initial, final } = await trainLanes(laboratory, { step, plans, batches, steps });
  const { x } = batches.feed(0, 1);
  const [before, after] = [
    await features(laboratory, step, initial, x as Float32Array),
    await features(laboratory, step, final, x as Float32Array),
  ];
  const size = before.length / lanes;
  const changes = cells.map((_, lane) => {
    const own = (all: Float32Array) => all.subarray(lane * size, (lane + 1) * size);
    return featureChange(own(before), own(after), BATCH);
  });
  const relative = cells.map((_, lane) =>
    Array.from(
      { length: steps },
      (_, t) => (losses[t * lanes + lane] as number) / (losses[lane] as number),
    ),
  );
  return {
    curves: relative.map((curve) =>
      shownSteps(steps).map((t) => [t, finite(curve[t - 1] as number)] as const),
    ),
    halved: relative.map(halvedAt),
    featureChange: changes.map((change) => finite(change.relative)),
    kernelChange: changes.map((change) => finite(change.kernel)),
  };
}

const finite = (value: number): number | null => (Number.isFinite(value) ? value : null);

/** Steps at logarithmic distances, from 1. */
function shownSteps(steps: number): readonly number[] {
  const marks = Array.from({ length: 60 }, (_, i) => Math.round(steps ** (i / 59)));
  return [...new Set(marks)];
}

/** Where a curve first is ½, its logarithm linear between steps. */
export function halvedAt(curve: readonly number[]): number | null {
  const next = curve.findIndex((loss) => loss <= 0.5);
  if (next < 1) return null;
  const [a, b] = [curve[next - 1] as number, curve[next] as number];
  return next - 1 + Math.log(a / 0.5) / Math.log(a / b);
}

/** The last hidden layer's features on x, `[lane, example, unit]`. */
async function features(
  { device }: Laboratory,
  { model, state }: TrainingStep,
  weights: Arrays,
  x: Float32Array,
): Promise<Float32Array> {
  const program = await device.compile({
    inputs: { ...state, x: float32(1, BATCH, model.inputDim) },
    call: ({ x: input, ...parameters }) => {
      let last = input as Tensor;
      model.forward(parameters as never, input as Tensor, {
        record: (name, tensor) => {
          if (name.endsWith('.feature')) last = tensor;
        },
      });
      return { h: last } as never;
    },
  });
  try {
    return (await program.run({ ...weights, x })).h as Float32Array;
  } finally {
    await program.dispose();
  }
}

export const measureRichnessCourse = { richnessCourse };
