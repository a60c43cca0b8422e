/** What the parts of a run cost, each alone: tinybench's medians. */
import { initConstants, stepScalars } from '@hyperlaw/core';
import { type Device, float32, sizeOf } from '@hyperlaw/engine';
import type { Task } from '@hyperlaw/tasks';
import * as tf from '@tensorflow/tfjs';
import { Bench } from 'tinybench';
// The engine's parts are its own: only its benchmark looks behind its index.
import { loopModel } from '../../packages/engine/src/onnx/models.ts';
import { traceStep } from '../../packages/engine/src/traced-step.ts';
import { initialState, type Problem } from './problem.ts';
import { trainingLoop } from './training-loop.ts';

const STEPS = 100;
const LANES = 8;

/** One part's cost. */
export interface PartCost {
  readonly part: string;
  /** The median. */
  readonly microseconds: number;
}

/** Milliseconds from a shape to a program that can run: the first in a process is the dearest. */
export async function compileMilliseconds(
  device: Device,
  problem: Problem,
  task: Task,
): Promise<number> {
  const start = performance.now();
  const program = await device.compileLoop(trainingLoop(problem, task, LANES).spec);
  const milliseconds = performance.now() - start;
  await program.dispose();
  return milliseconds;
}

/** Costs of the engine's parts, and of what core and tasks do on the host beside them. */
export async function engineParts(options: {
  readonly device: Device;
  readonly task: Task;
  /** Of a common size, to compile and feed. */
  readonly problem: Problem;
  /** Of the smallest size, whose step is little but overhead. */
  readonly small: Problem;
  /** Milliseconds that each part is repeated for. */
  readonly time: number;
}): Promise<readonly PartCost[]> {
  const { device, task, problem, small, time } = options;
  const { spec, step, plans } = trainingLoop(problem, task, LANES);
  const traced = traceStep(spec);
  const empty = await emptyCall(device);
  const steps = await smallSteps(device, small, task);
  const stream = task.stream(1, 'train');
  const x = new Float32Array(sizeOf(problem.x));
  const y = new Float32Array(sizeOf(problem.y));
  let batch = 0;

  const bench = new Bench({ time, warmupTime: time / 4 });
  const size = `${problem.optimizer}, width ${problem.width}, ${LANES} lanes`;
  bench.add(`trace a step (${size})`, () => void traceStep(spec));
  bench.add('write its model', () => void loopModel(traced, 'cpu'));
  bench.add('trace, write and open a session', async () => {
    await (await device.compileLoop(spec)).dispose();
  });
  bench.add('a call that does nothing', empty.call);
  bench.add(steps.name, steps.call);
  bench.add('initial state', () => void initialState(step, plans));
  const range = { first: 0, count: STEPS, steps: STEPS };
  bench.add(`scalars of ${STEPS} steps`, () => void stepScalars(step, plans, range));
  bench.add(`a batch of ${problem.x[0]} examples (teacher)`, () => {
    if (stream.kind === 'dense') stream.fill(batch++, sizeOf(problem.y), x, y);
  });
  await bench.run();
  await empty.dispose();
  await steps.dispose();
  return bench.tasks.map(({ name, result }) => {
    if (!('latency' in result)) throw new Error(`could not measure: ${name} (${result.state})`);
    return { part: name, microseconds: result.latency.p50 * 1000 };
  });
}

/** A call whose only step adds 1 to one number. */
async function emptyCall(device: Device) {
  const program = await device.compileLoop({
    state: { a: float32(1) },
    constants: {},
    perStep: { b: float32(1) },
    step: ({ state, perStep }) => {
      const { a } = state as { a: tf.Tensor };
      const { b } = perStep as { b: tf.Tensor };
      return { state: { a: tf.add(a, b) }, outputs: {} };
    },
  });
  const run = await program.start({ state: { a: new Float32Array(1) }, constants: {} });
  const b = new Float32Array(1);
  return {
    call: async () => void (await run.advance(1, { b })),
    async dispose() {
      await run.dispose();
      await program.dispose();
    },
  };
}

/** A call of many steps of one small lane. */
async function smallSteps(device: Device, problem: Problem, task: Task) {
  const { spec, step, plans } = trainingLoop(problem, task, 1);
  const program = await device.compileLoop(spec);
  const state = initialState(step, plans);
  const run = await program.start({ state, constants: initConstants(step, plans, state) });
  const inputs = {
    ...stepScalars(step, plans, { first: 0, count: STEPS, steps: STEPS }),
    x: new Float32Array(STEPS * sizeOf(problem.x)).fill(0.1),
    y: new Float32Array(STEPS * sizeOf(problem.y)),
  };
  return {
    name: `a call of ${STEPS} steps (${problem.optimizer}, width ${problem.width}, 1 lane)`,
    call: async () => void (await run.advance(STEPS, inputs)),
    async dispose() {
      await run.dispose();
      await program.dispose();
    },
  };
}
