import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import {
  initState,
  type Lane,
  type LanePlan,
  lanePlan,
  type Shape,
  type TrainingStep,
  trainingStep,
} from '@hyperlaw/core';
import { loadTask, randomStream, type Task, type TaskLaw } from '@hyperlaw/tasks';

/** Optimizers that the benchmark trains with. */
export const optimizers = ['sgd', 'adam'] as const;
export type BenchOptimizer = (typeof optimizers)[number];

/** What differs between the cases of the benchmark. */
export interface Case {
  readonly optimizer: BenchOptimizer;
  readonly width: number;
}

/** One training, as every peer is told of it: batches, weights and knobs, the same for all. */
export interface Problem extends Case {
  /** Hidden layers. */
  readonly depth: number;
  readonly batch: number;
  readonly inputDim: number;
  /** Batches that are held in memory; training goes through them again and again. */
  readonly steps: number;
  /** One a lane, for as many lanes as any peer may have. */
  readonly learningRates: readonly number[];
  readonly beta1: number;
  readonly beta2: number;
  readonly epsilon: number;
  /**
   * A file of float32 numbers: x `[steps, batch, inputDim]`, y `[steps, batch, 1]`, then the weights
   * `[fanIn, fanOut]` at initialization, first layer first; every lane starts from the same.
   */
  readonly data: string;
}

const DEPTH = 3;
const BATCH = 64;
const INPUT_DIM = 32;
const SEED = 1;

/** Rates at which no width of the benchmark diverges; lanes differ in them as they do in a sweep. */
const PEAK_RATE: Readonly<Record<BenchOptimizer, number>> = { sgd: 0.02, adam: 0.001 };
const MOST_LANES = 64;

/** A noisy teacher: its loss stays away from zero, so no peer is slowed down by denormal gradients. */
export const benchTask: TaskLaw = {
  kind: 'teacher',
  inputDim: INPUT_DIM,
  outputDim: 1,
  width: 16,
  depth: 1,
  activation: 'tanh',
  noise: 0.3,
  instance: 0,
};

/** Loads the task of the benchmark, which needs no data folder. */
export function loadBenchTask(): Promise<Task> {
  return loadTask(benchTask, { data: '' });
}

/** The shape of a case: MLP, 3 hidden layers, ReLU, no biases, batch 64. */
export function shapeOf({ optimizer, width }: Case): Shape {
  return {
    model: { kind: 'mlp', width, depth: DEPTH, activation: 'relu', bias: false, centred: false },
    optimizer: { kind: optimizer },
    batch: BATCH,
  };
}

/** A case's training step, with the plans of its lanes: one seed, standard parameterization, different rates. */
export function stepOf(
  problem: Case & Pick<Problem, 'learningRates'>,
  task: Task,
  lanes: number,
): { readonly step: TrainingStep; readonly plans: readonly LanePlan[] } {
  const shape = shapeOf(problem);
  const step = trainingStep(shape, { inputDim: task.inputDim, output: task.output, lanes });
  const plans = problem.learningRates.slice(0, lanes).map((learningRate) => {
    const lane: Lane = {
      parameterization: { name: 'sp' },
      schedule: { kind: 'constant' },
      knobs: { learningRate },
      seed: SEED,
    };
    return lanePlan(lane, { shape, parameters: step.model.parameters, optimizer: step.optimizer });
  });
  return { step, plans };
}

/** Weights and optimizer slots at initialization, by name, each `[lane, fanIn, fanOut]`. */
export function initialState(step: TrainingStep, plans: readonly LanePlan[]) {
  return initState(step, plans, (seed, name, out) =>
    randomStream({ seed, role: 'init', path: [name] }).fillNormal(0, out),
  );
}

/** Makes `steps` batches and the weights of a case, and writes them to a file in `folder`. */
export async function writeProblem(
  { optimizer, width }: Case,
  { folder, steps, task }: { readonly folder: string; readonly steps: number; readonly task: Task },
): Promise<Problem> {
  const rate = PEAK_RATE[optimizer];
  const learningRates = Array.from({ length: MOST_LANES }, (_, lane) => rate * 2 ** -(lane % 8));
  const { step, plans } = stepOf({ optimizer, width, learningRates }, task, 1);
  const state = initialState(step, plans);
  const x = new Float32Array(steps * BATCH * INPUT_DIM);
  const y = new Float32Array(steps * BATCH);
  const stream = task.stream(SEED, 'train');
  if (stream.kind !== 'dense') throw new Error(`unknown stream: ${stream.kind} (dense)`);
  stream.fill(0, steps * BATCH, x, y);
  const weights = step.model.parameters.map(({ name }) => state[name] as Float32Array);
  const data = join(folder, `${optimizer}-${width}.f32`);
  await writeFile(data, Buffer.concat([x, y, ...weights].map((part) => Buffer.from(part.buffer))));
  return {
    optimizer,
    width,
    depth: DEPTH,
    batch: BATCH,
    inputDim: INPUT_DIM,
    steps,
    learningRates,
    beta1: 0.9,
    beta2: 0.999,
    epsilon: 1e-8,
    data,
  };
}
