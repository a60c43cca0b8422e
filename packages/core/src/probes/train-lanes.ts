import type { Arrays, Device } from '@hyperlaw/engine';
import type { Tensor } from '@tensorflow/tfjs';
import * as tf from '@tensorflow/tfjs';
import { flopsPerStep } from '../flops.ts';
import { initConstants, initState } from '../init-state.ts';
import type { LanePlan } from '../lane-plan.ts';
import { stepScalars } from '../step-scalars.ts';
import { stepsPerCall } from '../steps-per-call.ts';
import type { TrainingStep } from '../training-step.ts';
import type { Batches } from './batches.ts';

/** What lanes are trained with: a laboratory of the cli has it. */
interface Workplace {
  readonly device: Device;
  count(work: {
    readonly trials: number;
    readonly modelSteps: number;
    readonly flops: number;
  }): void;
  /** Called between calls of the device. */
  goOn(): void;
}

/** What became of the lanes of a step. */
export interface TrainedLanes {
  /** Loss of the batch before each step, `[step, lane]`. */
  readonly losses: Float32Array;
  readonly initial: Arrays;
  readonly final: Arrays;
}

/** How lanes are trained where weights, every loss, or more than a schedule's rates are wanted. */
export interface LaneTraining {
  readonly step: TrainingStep;
  readonly plans: readonly LanePlan[];
  readonly batches: Batches;
  /** The stream of batches that each lane reads; by default all read the first. */
  readonly owners?: readonly number[];
  readonly steps: number;
  /** Factor on every learning rate at a step (from 0); default 1. */
  readonly rateFactor?: (step: number) => number;
  /** Changes the weights before the first step. */
  readonly start?: (initial: Arrays) => Arrays;
  /** Told the state after these numbers of steps, in increasing order, 0 for the initial one; training waits for it. */
  readonly stops?: readonly number[];
  readonly visit?: (step: number, state: Arrays) => void | Promise<void>;
}

/**
 * Trains the lanes of a training step on a device: for what `packRunner` does not tell. Weights are
 * drawn as it draws them, from each lane's seed and the tensor's name.
 */
export async function trainLanes(
  { device, goOn, count }: Workplace,
  training: LaneTraining,
): Promise<TrainedLanes> {
  const { step, plans, batches, steps, rateFactor, start = (initial) => initial } = training;
  const { owners = plans.map(() => 0), stops = [], visit } = training;
  const initial = start(initState(step, plans) as Arrays);
  const lanes = plans.length;
  const program = await device.compileLoop({
    state: step.state,
    constants: { ...step.constants, owners: { shape: [lanes], dtype: 'int32' } },
    perStep: { ...step.perStep, x: batches.x, y: batches.y },
    step: ({ state, constants, perStep }) => {
      const { owners: rows, ...own } = constants as Record<string, Tensor>;
      const pick = (all: Tensor) =>
        all.shape[0] === 1 ? all : tf.gather(all, rows as tf.Tensor1D);
      const batch = { x: pick(perStep.x as Tensor), y: pick(perStep.y as Tensor) };
      return step.step({ state, constants: own, perStep, batch });
    },
  });
  try {
    const run = await program.start({
      state: initial,
      constants: {
        ...initConstants(step, plans, initial as never),
        owners: Int32Array.from(owners),
      },
    });
    try {
      const losses = new Float32Array(steps * lanes);
      if (visit && stops.includes(0)) await visit(0, initial);
      const most = stepsPerCall([...Object.values(step.perStep), batches.x, batches.y]);
      for (let t = 0; t < steps; ) {
        goOn();
        const stop = stops.find((each) => each > t) ?? steps;
        const some = Math.min(most, Math.min(stop, steps) - t);
        const range = { first: t, count: some, steps, ...(rateFactor && { rateFactor }) };
        const scalars = stepScalars(step, plans, range);
        const { loss } = await run.advance(some, { ...scalars, ...batches.feed(t, some) });
        losses.set(loss as Float32Array, t * lanes);
        t += some;
        if (visit && stops.includes(t)) await visit(t, await run.read());
      }
      count({ trials: lanes, modelSteps: lanes * steps, flops: lanes * steps * stepFlops(step) });
      return { losses, initial, final: await run.read() };
    } finally {
      await run.dispose();
    }
  } finally {
    await program.dispose();
  }
}

function stepFlops({ shape, model }: TrainingStep): number {
  const { inputDim, outputDim } = model;
  return flopsPerStep(shape, { inputDim, output: { kind: 'regression', dim: outputDim } });
}
