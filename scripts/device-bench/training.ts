import { initConstants, stepScalars } from '@hyperlaw/core';
import type { Device } from '@hyperlaw/engine';
import type { Task } from '@hyperlaw/tasks';
import { type Case, shapeOf } from '../bench/models.ts';
import { initialState, type Problem } from '../bench/problem.ts';
import { trainingLoop } from '../bench/training-loop.ts';

/** Steps that may be made in one call, as in a sweep. */
export const MOST_STEPS = 100;

const RATE = { sgd: 0.02, adam: 0.001 };

/** A training under way, all lanes on the same batches. */
export interface Training {
  /** Makes at most `MOST_STEPS` steps and waits until they are made. */
  advance(steps: number): Promise<void>;
  dispose(): Promise<void>;
}

/** Compiles and starts a case of the benchmark with any number of lanes. */
export async function startTraining(
  device: Device,
  law: Case,
  { task, lanes }: { readonly task: Task; readonly lanes: number },
): Promise<Training> {
  const shape = shapeOf(law);
  const problem: Problem = {
    ...{ ...law, shape: shape.model, steps: 1, parameters: [], data: '' },
    ...{ x: [shape.batch, task.inputDim], y: [shape.batch, 1] },
    learningRates: Array.from(
      { length: lanes },
      (_, lane) => RATE[law.optimizer] * 2 ** -(lane % 8),
    ),
    ...{ beta1: 0.9, beta2: 0.999, epsilon: 1e-8 },
  };
  const { spec, step, plans } = trainingLoop(problem, task, lanes);
  const program = await device.compileLoop(spec);
  const state = initialState(step, plans);
  const constants = initConstants(step, plans, state);
  const run = await program.start({ state, constants }).catch(async (error) => {
    await program.dispose();
    throw error;
  });
  const stream = task.stream(1, 'train');
  if (stream.kind !== 'dense') throw new Error(`unknown stream: ${stream.kind} (dense)`);
  // Made once: other benchmarks measure how fast data is made.
  const x = new Float32Array(MOST_STEPS * shape.batch * task.inputDim);
  const y = new Float32Array(MOST_STEPS * shape.batch);
  stream.fill(0, MOST_STEPS * shape.batch, x, y);
  let done = 0;
  return {
    async advance(steps) {
      const scalars = stepScalars(step, plans, { first: done, count: steps, steps: 1e9 });
      await run.advance(steps, {
        ...scalars,
        x: x.subarray(0, steps * shape.batch * task.inputDim),
        y: y.subarray(0, steps * shape.batch),
      });
      done += steps;
    },
    async dispose() {
      await run.dispose();
      await program.dispose();
    },
  };
}
