import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import {
  initState,
  type Lane,
  type LanePlan,
  lanePlan,
  type TrainingStep,
  trainingStep,
} from '@hyperlaw/core';
import { loadTask, type Task } from '@hyperlaw/tasks';
import { type BenchTasks, benchModels, type Case, models, shapeOf } from './models.ts';

/** One training, as every peer is told of it: batches, weights and knobs, the same for all. */
export interface Problem extends Case {
  /** The model's shape, as core has it. */
  readonly shape: ReturnType<typeof shapeOf>['model'];
  /** Batches that are held in memory; training goes through them again and again. */
  readonly steps: number;
  /** Sizes of one step's x and y; of tokens, `[batch, context]` both. */
  readonly x: readonly number[];
  readonly y: readonly number[];
  /** Trained tensors in the order of the file. */
  readonly parameters: readonly { readonly name: string; readonly shape: readonly number[] }[];
  /** One a lane, for as many lanes as any peer may have. */
  readonly learningRates: readonly number[];
  readonly beta1: number;
  readonly beta2: number;
  readonly epsilon: number;
  /**
   * A file of float32 numbers: x `[steps, ...]`, y `[steps, ...]` (tokens too), then the parameters at initialization;
   * every lane starts from the same.
   */
  readonly data: string;
}

const SEED = 1;
const MOST_LANES = 1024;

/** Loads the tasks of the benchmark, which need no data folder. */
export async function loadBenchTasks(): Promise<BenchTasks> {
  const load = async (model: (typeof models)[number]) =>
    [model, await loadTask(benchModels[model].task, { data: '' })] as const;
  return Object.fromEntries(await Promise.all(models.map(load))) as BenchTasks;
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
  return initState(step, plans);
}

/** Makes `steps` batches and the weights of a case, and writes them to a file in `folder`. */
export async function writeProblem(
  law: Case,
  { folder, steps, task }: { readonly folder: string; readonly steps: number; readonly task: Task },
): Promise<Problem> {
  const { model, optimizer, width } = law;
  const rate = benchModels[model].peakRate[optimizer];
  const learningRates = Array.from({ length: MOST_LANES }, (_, lane) => rate * 2 ** -(lane % 8));
  const { step, plans } = stepOf({ ...law, learningRates }, task, 1);
  const state = initialState(step, plans);
  const batches = batchesOf(law, task, steps);
  const parameters = step.model.parameters.map(({ name, shape }) => ({ name, shape }));
  const weights = parameters.map(({ name }) => state[name] as Float32Array);
  const data = join(folder, `${model}-${optimizer}-${width}.f32`);
  const all = [batches.x.values, batches.y.values, ...weights];
  await writeFile(data, Buffer.concat(all.map((part) => Buffer.from(part.buffer))));
  return {
    ...{ model, optimizer, width, steps, parameters, learningRates, data },
    ...{ shape: step.shape.model, x: batches.x.shape, y: batches.y.shape },
    ...{ beta1: 0.9, beta2: 0.999, epsilon: 1e-8 },
  };
}

interface Batches {
  readonly shape: readonly number[];
  readonly values: Float32Array;
}

/** All batches of a case as float32 numbers, tokens too, which are small. */
function batchesOf(
  law: Case,
  task: Task,
  steps: number,
): { readonly x: Batches; readonly y: Batches } {
  const { batch } = shapeOf(law);
  const stream = task.stream(SEED, 'train');
  switch (stream.kind) {
    case 'dense': {
      const x = new Float32Array(steps * batch * task.inputDim);
      const y = new Float32Array(steps * batch);
      stream.fill(0, steps * batch, x, y);
      return {
        x: { shape: [batch, task.inputDim], values: x },
        y: { shape: [batch, 1], values: y },
      };
    }
    case 'sequence': {
      const { context, tokens } = stream;
      const positions = new Int32Array(steps * batch);
      for (let step = 0; step < steps; step++) {
        const own = positions.subarray(step * batch, (step + 1) * batch);
        stream.positions(step, batch, own);
      }
      const windows = (from: number) =>
        Float32Array.from({ length: positions.length * context }, (_, i) => {
          const start = positions[Math.floor(i / context)] as number;
          return tokens[start + from + (i % context)] as number;
        });
      const shape = [batch, context];
      return { x: { shape, values: windows(0) }, y: { shape, values: windows(1) } };
    }
    default:
      throw new Error(`unknown stream of the benchmark: ${stream.kind} (dense, sequence)`);
  }
}
