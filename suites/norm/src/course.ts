import type { Laboratory } from '@hyperlaw/cli';
import {
  batchesOf,
  forwardProbe,
  type Knobs,
  lanePlan,
  type Shape,
  type TrainingStep,
  trainingStep,
  trainLanes,
} from '@hyperlaw/core';
import type { Arrays } from '@hyperlaw/engine';
import type { TaskLaw } from '@hyperlaw/tasks';
import * as tf from '@tensorflow/tfjs';

/** Nets that are watched while they train, at several rates and from several seeds. */
export interface CourseInput {
  readonly task: TaskLaw;
  readonly shape: Shape;
  /** Knobs that all have, and those of every rate. */
  readonly knobs: Knobs;
  readonly rates: readonly Knobs[];
  readonly seeds: readonly number[];
  readonly steps: number;
  /** Numbers of steps, increasing, at which weights are looked at; the last is `steps`. */
  readonly stops: readonly number[];
}

/** What a layer holds, on examples that training never saw. */
export interface Signal {
  /** Root mean square over examples and features; null where it is not finite. */
  readonly scale: number | null;
  /** Participation ratio (Σλ)²/Σλ² of its uncentred second moments: 1 where all examples point one way. */
  readonly rank: number | null;
}

/** One net's course. */
export interface Watched {
  /** Mean training loss over the last tenth of the steps; null where it diverged. */
  readonly loss: number | null;
  /** Squared norm of every hidden weight matrix at the start and at every stop, `[stop][weight]`. */
  readonly squares: readonly (readonly (number | null)[])[];
  /** By layer, before and after training. */
  readonly start: readonly Signal[];
  readonly end: readonly Signal[];
}

/** What every watched net did. */
export interface Course {
  /** `[rate][seed]`. */
  readonly nets: readonly (readonly Watched[])[];
}

/** Examples that signals are measured on. */
const PROBES = 256;

/** What the activation of every layer sees, or in residual nets the stream after every block. */
const isWatched = (name: string) => /^(input|hidden\d+)\.preactivation$|\.stream$/.test(name);

/** Trains nets, and looks at their weights on the way and at their signals at both ends. */
export async function course(input: CourseInput, laboratory: Laboratory): Promise<Course> {
  const { shape, knobs, rates, seeds, steps, stops } = input;
  const task = await laboratory.loadTask(input.task);
  const lanes = rates.flatMap((rate) => seeds.map((seed) => ({ rate, seed })));
  const step = trainingStep(shape, { ...task, lanes: lanes.length });
  const plans = lanes.map(({ rate, seed }) =>
    lanePlan(
      {
        parameterization: { name: 'mup', baseWidth: shape.model.width },
        schedule: { kind: 'constant' },
        knobs: { ...knobs, ...rate },
        seed,
      },
      { shape, parameters: step.model.parameters, optimizer: step.optimizer },
    ),
  );
  const names = step.model.parameters
    .filter(({ role }) => role === 'hidden')
    .map(({ name }) => name);
  const visits: (readonly (readonly (number | null)[])[])[] = [];
  const { losses, initial, final } = await trainLanes(laboratory, {
    ...{ step, plans, steps, stops },
    batches: batchesOf(
      task,
      seeds.map((seed) => task.stream(seed, 'train')),
      shape.batch,
    ),
    owners: lanes.map((_, lane) => lane % seeds.length),
    visit: (_, state) => void visits.push(squaresOf(state, names, lanes.length)),
  });
  const watch = await watcher(step, laboratory);
  const [first, ...rest] = seeds;
  const probes = batchesOf(task, [task.stream(rest[0] ?? (first as number), 'test')], PROBES);
  const x = probes.feed(0, 1).x as Float32Array;
  try {
    const squares = [squaresOf(initial, names, lanes.length), ...visits];
    const start = await watch.signals(initial, x);
    const end = await watch.signals(final, x);
    const watched = lanes.map(
      (_, lane): Watched => ({
        loss: lateLoss(losses, { lane, lanes: lanes.length, steps }),
        squares: squares.map((at) => at[lane] as readonly (number | null)[]),
        start: start[lane] as readonly Signal[],
        end: end[lane] as readonly Signal[],
      }),
    );
    return {
      nets: rates.map((_, r) => watched.slice(r * seeds.length, (r + 1) * seeds.length)),
    };
  } finally {
    await watch.dispose();
  }
}

function lateLoss(
  losses: Float32Array,
  { lane, lanes, steps }: { readonly lane: number; readonly lanes: number; readonly steps: number },
): number | null {
  const from = Math.floor(0.9 * steps);
  let sum = 0;
  for (let t = from; t < steps; t++) sum += losses[t * lanes + lane] as number;
  return finite(sum / (steps - from));
}

const finite = (value: number): number | null => (Number.isFinite(value) ? value : null);

/** Squared norm of every weight of every lane. */
function squaresOf(state: Arrays, names: readonly string[], lanes: number) {
  return Array.from({ length: lanes }, (_, lane) =>
    names.map((name) => {
      const all = state[name] as Float32Array;
      const size = all.length / lanes;
      let sum = 0;
      for (let i = lane * size; i < (lane + 1) * size; i++) sum += (all[i] as number) ** 2;
      return finite(sum);
    }),
  );
}

/** A program that measures the signals of all lanes on examples that all share. */
async function watcher(step: TrainingStep, { device }: Laboratory) {
  const { model, lanes } = step;
  const probe = await forwardProbe(step, {
    ...{ device, examples: PROBES },
    read: (recorded) =>
      Object.fromEntries(
        [...recorded]
          .filter(([name]) => isWatched(name))
          .flatMap(([, h], i) => {
            const moments = tf.div(tf.matMul(h, h, true, false), PROBES);
            // The trace of HᵀH is the sum of squares.
            const trace = tf.mean(tf.square(h), 1);
            return [
              [`${i}:trace`, tf.sum(trace, 1)],
              [`${i}:squares`, tf.sum(tf.square(moments), [1, 2])],
            ];
          }),
      ),
  });
  return {
    async signals(all: Arrays, x: Float32Array): Promise<readonly (readonly Signal[])[]> {
      const made = await probe.run(all, x);
      const layers = Object.keys(made).filter((name) => name.endsWith(':trace'));
      return Array.from({ length: lanes }, (_, lane) =>
        layers.map((_, i): Signal => {
          const trace = (made[`${i}:trace`] as Float32Array)[lane] as number;
          const squares = (made[`${i}:squares`] as Float32Array)[lane] as number;
          return {
            scale: finite(Math.sqrt(trace / model.parameters[0]!.shape[1])),
            rank: finite(trace ** 2 / squares),
          };
        }),
      );
    },
    dispose: () => probe.dispose(),
  };
}
