import type { Laboratory } from '@hyperlaw/cli';
import {
  batchesOf,
  flopsPerStep,
  initConstants,
  initState,
  type Knobs,
  type Lane,
  lanePlan,
  type ResidualMlpShape,
  type Shape,
  stepScalars,
  type TrainingStep,
  trainingStep,
} from '@hyperlaw/core';
import { int32, type Tensors } from '@hyperlaw/engine';
import type { SyntheticLaw } from '@hyperlaw/tasks';
import type { Tensor } from '@tensorflow/tfjs';
import * as tf from '@tensorflow/tfjs';
import { type FollowedWeight, follower, lengths } from './lengths.ts';

/** Nets with norm layers, whose hidden weights are followed while they train. */
export interface NormCourseInput {
  readonly task: SyntheticLaw;
  readonly model: ResidualMlpShape;
  readonly optimizer: 'sgd' | 'signsgd';
  readonly batch: number;
  /** Knobs of each setting, with the learning rate, and its decay where that is on. */
  readonly settings: readonly Knobs[];
  readonly decay: boolean;
  readonly steps: number;
  /** The steps between points. */
  readonly every: number;
  /** The step from which means are taken. */
  readonly from: number;
  readonly seeds: readonly number[];
}

export interface NormCourse {
  /** `[setting][net][weight]`. */
  readonly weights: readonly (readonly (readonly FollowedWeight[])[])[];
}

const CALL_STEPS = 100;

/** Trains core's residual nets, and follows length and turning of every hidden weight matrix, step by step. */
export async function normCourse(
  input: NormCourseInput,
  { device, loadTask, goOn, count }: Laboratory,
): Promise<NormCourse> {
  const { model, optimizer, batch, settings, decay, steps, every, from, seeds } = input;
  const task = await loadTask(input.task);
  const shape: Shape = { model, optimizer: { kind: optimizer, decay }, batch };
  const lanes: Lane[] = settings.flatMap((knobs) =>
    seeds.map(
      (seed): Lane => ({
        ...{ parameterization: { name: 'sp' }, schedule: { kind: 'constant' }, knobs, seed },
      }),
    ),
  );
  const step = trainingStep(shape, { ...task, lanes: lanes.length });
  const plans = lanes.map((lane) =>
    lanePlan(lane, { shape, parameters: step.model.parameters, optimizer: step.optimizer }),
  );
  const names = hiddenWeights(step);
  const streams = seeds.map((seed) => task.stream(seed, 'train'));
  const batches = batchesOf(task, streams, batch);
  const owners = Int32Array.from(lanes, (_, lane) => lane % seeds.length);
  const program = await device.compileLoop({
    state: step.state,
    constants: { ...step.constants, owners: int32(lanes.length) },
    perStep: { ...step.perStep, x: batches.x, y: batches.y },
    step: ({ state, constants, perStep }) => {
      const { x, y, ...scalars } = perStep as Record<string, Tensor>;
      const { owners: rows, ...own } = constants as Record<string, Tensor>;
      const pick = (all?: Tensor) => tf.gather(all as Tensor, rows as tf.Tensor1D);
      const next = step.step({
        state,
        constants: own as Tensors,
        perStep: scalars as Tensors,
        batch: { x: pick(x), y: pick(y) },
      });
      return {
        state: next.state,
        outputs: lengths(names, { state, next: next.state, scalars, decay }) as Tensors,
      };
    },
  });
  try {
    const state = initState(step, plans);
    const run = await program.start({
      state,
      constants: { ...initConstants(step, plans, state), owners },
    });
    const follow = names.map(() => lanes.map(() => follower({ every, from })));
    const followed = (k: number, lane: number) => {
      const found = follow[k]?.[lane]?.found();
      if (found === undefined) throw new Error(`not followed: ${names[k]}`);
      return found;
    };
    for (let t = 0; t < steps; t += CALL_STEPS) {
      goOn();
      const range = { first: t, count: Math.min(CALL_STEPS, steps - t), steps };
      const made = await run.advance(range.count, {
        ...stepScalars(step, plans, range),
        ...batches.feed(t, range.count),
      });
      names.forEach((name, k) => {
        const read = (what: string) => made[`${name}:${what}`] as Float32Array;
        const [square, update, next, along] = ['square', 'update', 'next', 'along'].map(read);
        for (let i = 0; i < range.count * lanes.length; i++) {
          follow[k]?.[i % lanes.length]?.add({
            square: square?.[i] as number,
            update: update?.[i] as number,
            next: next?.[i] as number,
            along: along?.[i] as number,
          });
        }
      });
    }
    count({
      trials: lanes.length,
      modelSteps: lanes.length * steps,
      flops: lanes.length * steps * flopsPerStep(shape, task),
    });
    return {
      weights: settings.map((_, s) =>
        seeds.map((_, net) =>
          names.map((name, k) => ({
            name,
            ...followed(k, s * seeds.length + net),
          })),
        ),
      ),
    };
  } finally {
    await program.dispose();
  }
}

const hiddenWeights = ({ model }: Pick<TrainingStep, 'model'>): readonly string[] =>
  model.parameters.filter(({ role }) => role === 'hidden').map(({ name }) => name);
