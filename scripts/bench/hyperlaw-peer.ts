/**
 * hyperlaw as a peer of its own benchmark: the training step of core, compiled by the engine, fed with batches and
 * scalars call by call as a sweep feeds it.
 */
import { readFileSync } from 'node:fs';
import { createInterface } from 'node:readline';
import { initConstants, stepScalars } from '@hyperlaw/core';
import {
  type Device,
  type DeviceKind,
  float32,
  type LoopRun,
  openDevice,
  sizeOf,
} from '@hyperlaw/engine';
import type { Task } from '@hyperlaw/tasks';
import * as tf from '@tensorflow/tfjs';
import type { BenchTasks } from './models.ts';
import { initialState, loadBenchTasks, type Problem } from './problem.ts';
import type { Answers, Request, Times, Variant } from './protocol.ts';
import { readsTokens, trainingLoop } from './training-loop.ts';

interface Training {
  readonly lanes: number;
  readonly stepsPerCall: number;
  restart(): Promise<void>;
  /** Trains on the next batches; losses `[step, lane]`. */
  advance(): Promise<Float32Array>;
  dispose(): Promise<void>;
}

async function compile(
  device: Device,
  task: Task,
  problem: Problem,
  { lanes, stepsPerCall }: Variant,
): Promise<Training> {
  const { step, plans, spec } = trainingLoop(problem, task, lanes);
  const program = await device.compileLoop(spec);
  const initial = initialState(step, plans);
  const constants = initConstants(step, plans, initial);
  const { x, y } = batchesOf(problem, readsTokens(step));
  const calls = Math.floor(problem.steps / stepsPerCall);
  let run: LoopRun | null = null;
  let done = 0;
  return {
    lanes,
    stepsPerCall,
    async restart() {
      await run?.dispose();
      done = 0;
      run = await program.start({ state: initial, constants });
    },
    async advance() {
      if (run === null) throw new Error('a training must be started before it advances');
      const first = ((done / stepsPerCall) % calls) * stepsPerCall;
      const rows = (array: Float32Array | Int32Array, shape: readonly number[]) =>
        array.subarray(first * sizeOf(shape), (first + stepsPerCall) * sizeOf(shape));
      const scalars = stepScalars(step, plans, { first: done, count: stepsPerCall, steps: 1e6 });
      const { loss } = await run.advance(stepsPerCall, {
        ...scalars,
        x: rows(x, problem.x),
        y: rows(y, problem.y),
      });
      done += stepsPerCall;
      return loss as Float32Array;
    },
    async dispose() {
      await run?.dispose();
      await program.dispose();
    },
  };
}

function batchesOf({ data, steps, x, y }: Problem, tokens: boolean) {
  const bytes = readFileSync(data);
  const numbers = new Float32Array(bytes.buffer, bytes.byteOffset, bytes.byteLength / 4);
  const size = steps * sizeOf(x);
  const cut = [numbers.subarray(0, size), numbers.subarray(size, size + steps * sizeOf(y))];
  const [first, second] = tokens ? cut.map((part) => Int32Array.from(part)) : cut;
  return { x: first as Float32Array | Int32Array, y: second as Float32Array | Int32Array };
}

/** Square products inside one loop: nothing but the product crosses the runtime's boundary. */
async function compileSgemm(device: Device, size: number) {
  const square = float32(1, size, size);
  const program = await device.compileLoop({
    state: { a: square },
    constants: { b: square },
    perStep: { unused: float32(1) },
    step: ({ state, constants }) => ({
      state: { a: tf.matMul(state.a as tf.Tensor, constants.b as tf.Tensor) },
      outputs: {},
    }),
  });
  // A scaled reflection of coordinates, dense and of norm 1: powers of it neither grow nor vanish.
  const b = new Float32Array(size * size).fill(-2 / size);
  for (let i = 0; i < size; i++) b[i * size + i] = 1 - 2 / size;
  const run = await program.start({ state: { a: b }, constants: { b } });
  return {
    multiply: (count: number) => run.advance(count, { unused: new Float32Array(count) }),
    async dispose() {
      await run.dispose();
      await program.dispose();
    },
  };
}

async function timed(
  device: Device,
  seconds: number,
  call: () => Promise<unknown>,
): Promise<Times & { calls: number }> {
  const cpu = process.cpuUsage();
  const start = performance.now();
  let calls = 0;
  let wall = 0;
  while (wall < seconds) {
    await call();
    calls++;
    wall = (performance.now() - start) / 1000;
  }
  const { user, system } = process.cpuUsage(cpu);
  return { calls, wall, seconds: device.kind === 'cpu' ? (user + system) / 1e6 : wall };
}

type Handlers = {
  readonly [K in Request['do']]: (
    request: Extract<Request, { readonly do: K }>,
  ) => Promise<Answers[K]>;
};

function handlers(device: Device, tasks: BenchTasks): Handlers {
  const trainings = new Map<string, Training>();
  const started = async (id: string) => {
    const training = trainings.get(id);
    if (!training) throw new Error(`unknown training: ${id} (${[...trainings.keys()].join(', ')})`);
    await training.restart();
    return training;
  };
  return {
    async setup({ id, problem, ...variant }) {
      const training = await compile(device, tasks[problem.model], problem, variant);
      trainings.set(id, training);
      await (await started(id)).advance();
      return {};
    },
    async curve({ id }) {
      const { lanes, advance } = await started(id);
      return { losses: [...(await advance())].filter((_, i) => i % lanes === 0) };
    },
    async measure({ id, seconds }) {
      const { lanes, stepsPerCall, advance } = await started(id);
      const { calls, ...times } = await timed(device, seconds, advance);
      return { modelSteps: calls * stepsPerCall * lanes, ...times };
    },
    async sgemm({ size, seconds }) {
      const perCall = 8;
      const { multiply, dispose } = await compileSgemm(device, size);
      await multiply(perCall);
      const times = await timed(device, seconds, () => multiply(perCall));
      await dispose();
      return { flopsPerSecond: (times.calls * perCall * 2 * size ** 3) / times.seconds };
    },
    async forget({ id }) {
      await trainings.get(id)?.dispose();
      trainings.delete(id);
      return {};
    },
  };
}

const say = (answer: object) => process.stdout.write(`${JSON.stringify(answer)}\n`);
const device = await openDevice(process.argv[2] as DeviceKind).catch((error) => {
  process.stderr.write(`${error instanceof Error ? error.message : error}\n`);
  process.exit(1);
});
const answer = handlers(device, await loadBenchTasks());
say({ name: device.name });
for await (const line of createInterface({ input: process.stdin })) {
  const request = JSON.parse(line) as Request;
  try {
    say(await answer[request.do](request as never));
  } catch (error) {
    say({ error: error instanceof Error ? error.message : String(error) });
  }
}
