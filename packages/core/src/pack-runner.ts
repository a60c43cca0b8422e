import type { Device } from '@hyperlaw/engine';
import type { Split, Task, TaskLaw } from '@hyperlaw/tasks';
import type { BatchMaker } from './batch-block.ts';
import { batchSource } from './batch-source.ts';
import type { BatchStore } from './batch-store.ts';
import { batchStore } from './batch-store.ts';
import { flopsPerStep } from './flops.ts';
import { heldOutSize } from './held-out-size.ts';
import { initConstants, initState } from './init-state.ts';
import type { TaskLane } from './lane-plan.ts';
import { lanePlan } from './lane-plan.ts';
import type { LaneReaders } from './lane-readers.ts';
import { laneReaders } from './lane-readers.ts';
import type { Curve } from './loss-record.ts';
import { lossRecord } from './loss-record.ts';
import { programCache } from './program-cache.ts';
import type { Shape } from './shape.ts';
import { stepMasks } from './step-masks.ts';
import { stepScalars } from './step-scalars.ts';
import { stepsPerCall } from './steps-per-call.ts';
import type { Arrays } from './tensors.ts';
import type { TrainingProgram } from './training-program.ts';
import { asData, compileTraining, evaluationValues } from './training-program.ts';
import { trainingStep } from './training-step.ts';

/** The version of what training means. It changes whenever a curve would change beyond round-off. */
export const TRAINING_SEMANTICS = 1;

/** Trials that train together: one shape and number of steps, many lanes, of tasks of one signature (`taskSignature`). */
export interface TrainingPack {
  readonly shape: Shape;
  readonly steps: number;
  /** The examples behind the lanes' losses. */
  readonly heldOut: 'validation' | 'test';
  readonly lanes: readonly TaskLane[];
  /** Numbers of steps after which the held-out loss is taken too, rising and below `steps`; none by default. */
  readonly checkpoints?: readonly number[];
}

/** What became of one lane. */
export interface LaneResult {
  /** Diverged: a training loss, or the held-out loss, was not finite. */
  readonly status: 'finished' | 'diverged';
  /** The first step (from 0) whose loss was not finite; `steps` where only the held-out loss was not. */
  readonly divergedAt: number | null;
  /** Mean held-out loss after the last step. */
  readonly loss: number | null;
  /** Mean held-out loss at each of the pack's checkpoints, null where it is not finite; absent where it has none. */
  readonly checkpoints?: readonly (number | null)[];
  readonly curve: Curve;
  /** Wall-clock seconds of the pack, shared out evenly over its lanes. */
  readonly seconds: number;
  /** Of the matrix products of all planned steps, forward and backward, also where it diverged before the last. */
  readonly flops: number;
}

/** What is called while a pack trains, between two calls of the device. */
export interface TrainingHooks {
  /** Told the model-steps (lanes × steps) done so far. */
  onProgress?(modelSteps: number): void;
}

/** What a runner has for all its packs: where they train, and where examples and the time come from. */
export interface PackRunnerOptions {
  readonly device: Device;
  /** Asked for every task of a pack: it remembers those that take long to load. */
  readonly loadTask: (law: TaskLaw) => Promise<Task>;
  /** Monotonic seconds. */
  readonly clock: () => number;
  /** Makes batches while the device trains on those before. */
  readonly maker?: BatchMaker | null;
  /** `poolMemory()` that runners in other threads share; one of its own unless given. */
  readonly batches?: SharedArrayBuffer;
}

/** Makes a function that trains packs on a device, keeping compiled programs and batches for the packs that follow. */
export function packRunner({ device, loadTask, clock, maker = null, batches }: PackRunnerOptions) {
  const store = batchStore({ maker, ...(batches && { memory: batches }) });
  const programs = programCache<TrainingProgram>();

  return async (pack: TrainingPack, hooks: TrainingHooks = {}): Promise<readonly LaneResult[]> => {
    const started = clock();
    const job = prepare(await laneReaders(pack.lanes, loadTask), pack, store);
    const program = await programs.get(job.programKey, () =>
      compileTraining(device, job.step, job.sources),
    );
    const results = await train(program, job, pack, hooks);
    const seconds = (clock() - started) / pack.lanes.length;
    return results.map((result) => ({ ...result, seconds }));
  };
}

type Job = ReturnType<typeof prepare>;

function prepare({ readers, owners, task }: LaneReaders, pack: TrainingPack, store: BatchStore) {
  const { shape, lanes } = pack;
  const step = trainingStep(shape, {
    inputDim: task.inputDim,
    output: task.output,
    lanes: lanes.length,
  });
  const plans = lanes.map((lane) =>
    lanePlan(lane, { shape, parameters: step.model.parameters, optimizer: step.optimizer }),
  );
  const sourceOf = (split: Split, batch: number) =>
    batchSource({
      streams: readers.map((one) => ({
        task: one.task,
        stream: store.stream(one.task, one.seed, split),
      })),
      lanes: lanes.length,
      batch,
      reads: step.model.reads,
      store,
    });
  const held = heldOutSize(step.model.reads, task);
  const sources = {
    train: sourceOf('train', shape.batch),
    heldOut: sourceOf(pack.heldOut, held.batch),
  };
  return {
    task,
    step,
    plans,
    sources,
    heldOutBatches: held.batches,
    owners,
    // The input's size says how many tokens of a text an example has, which no spec of the data does.
    programKey: JSON.stringify([
      shape,
      task.inputDim,
      lanes.length,
      sources.train.constants,
      sources.train.perStep,
      sources.heldOut.constants,
      sources.heldOut.perStep,
      task.output,
    ]),
  };
}

async function train(
  program: TrainingProgram,
  job: Job,
  { shape, steps, checkpoints }: TrainingPack,
  { onProgress }: TrainingHooks,
): Promise<readonly Omit<LaneResult, 'seconds'>[]> {
  const { task, step, plans, sources, owners } = job;
  const ends = checkpointsOf(checkpoints, steps);
  const state = initState(step, plans);
  const own = initConstants(step, plans, state);
  const run = await program.train.start({
    state,
    constants: { ...own, ...asData(sources.train.place(owners)) },
  });
  const record = lossRecord(plans.length, steps);
  const between: (readonly number[])[] = [];
  const count = stepsPerCall([
    ...Object.values(step.perStep),
    ...Object.values(sources.train.perStep),
  ]);
  try {
    while (record.steps < steps && !record.allDiverged) {
      const end = ends[between.length] ?? steps;
      const range = { first: record.steps, count: Math.min(count, end - record.steps), steps };
      await sources.train.ahead?.(range.first, range.count);
      const next = range.first + range.count;
      // Not waited for: what fails here fails again where it is.
      if (next < steps) sources.train.ahead?.(next, Math.min(count, steps - next)).catch(() => {});
      const { loss } = await run.advance(range.count, {
        ...stepScalars(step, plans, range),
        ...stepMasks(step, plans, range),
        ...asData(sources.train.feed(range.first, range.count)),
      });
      record.add(loss as Float32Array);
      onProgress?.(record.steps * plans.length);
      if (record.steps === ends[between.length]) {
        between.push(await heldOut(program, job, await run.read(), own));
      }
    }
    const losses = record.allDiverged
      ? plans.map(() => Number.NaN)
      : await heldOut(program, job, await run.read(), own);
    const flops = steps * flopsPerStep(shape, task);
    return plans.map((_, lane) => {
      const loss = losses[lane] as number;
      const divergedAt = record.divergedAt(lane) ?? (Number.isFinite(loss) ? null : steps);
      const rest = {
        ...(checkpoints && { checkpoints: ends.map((_, i) => finite(between[i]?.[lane])) }),
        curve: record.curve(lane),
        flops,
      };
      return divergedAt === null
        ? { status: 'finished', divergedAt, loss, ...rest }
        : { status: 'diverged', divergedAt, loss: null, ...rest };
    });
  } finally {
    await run.dispose();
  }
}

/** Throws on checkpoints that are not whole, not rising, or not before the end. */
function checkpointsOf(checkpoints: readonly number[] = [], steps: number): readonly number[] {
  const wrong = checkpoints.find(
    (at, i) => !(Number.isInteger(at) && at > (checkpoints[i - 1] ?? 0) && at < steps),
  );
  if (wrong !== undefined) {
    throw new Error(`unknown checkpoint: ${wrong} (rising whole steps, below ${steps})`);
  }
  return checkpoints;
}

const finite = (loss: number | undefined): number | null =>
  loss !== undefined && Number.isFinite(loss) ? loss : null;

async function heldOut(
  program: TrainingProgram,
  { step, sources, owners, heldOutBatches: batches }: Job,
  state: Arrays,
  constants: Arrays,
): Promise<readonly number[]> {
  const source = sources.heldOut;
  const run = await program.evaluate.start({
    state: {},
    constants: { ...evaluationValues(step, state, constants), ...asData(source.place(owners)) },
  });
  try {
    const sums = new Float64Array(owners.length);
    const most = stepsPerCall(Object.values(source.perStep));
    for (let first = 0; first < batches; first += most) {
      const count = Math.min(most, batches - first);
      const { loss } = await run.advance(count, asData(source.feed(first, count)));
      for (let i = 0; i < count * sums.length; i++) {
        const lane = i % sums.length;
        sums[lane] = (sums[lane] as number) + ((loss as Float32Array)[i] as number) / batches;
      }
    }
    return [...sums];
  } finally {
    await run.dispose();
  }
}
