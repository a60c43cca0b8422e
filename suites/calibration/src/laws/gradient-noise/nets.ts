import type { FloatArrays, Shape, TrainingStep } from '@hyperlaw/core';
import { batchesOf, trainingStep } from '@hyperlaw/core';
import { type Arrays, type Device, int32, type LoopRun } from '@hyperlaw/engine';
import type { Task } from '@hyperlaw/tasks';
import type { Tensor } from '@tensorflow/tfjs';
import * as tf from '@tensorflow/tfjs';

export type NetArrays = Readonly<Record<string, Float32Array>>;

/** Core's training step compiled as a loop whose weights can be read between calls, with its held-out loss. */
export interface Nets {
  readonly step: TrainingStep;
  readonly start: (
    state: FloatArrays,
    constants: FloatArrays,
    owners: readonly number[],
  ) => Promise<Run>;
  /** The batches of `steps` steps from `first` as per-step inputs. */
  readonly feed: (first: number, steps: number) => Arrays;
  /** Mean loss over the held-out examples, `[lane]`. */
  readonly evaluate: (weights: NetArrays) => Promise<readonly number[]>;
  readonly dispose: () => Promise<void>;
}

export interface Run extends Pick<LoopRun, 'advance' | 'dispose'> {
  readonly read: () => Promise<NetArrays>;
}

/** Held-out examples, the same for every lane: what is common to all cannot move one batch size against another. */
const HELD_OUT = 1024;

/** Compiles a shape for lanes that read the training streams of seeds. */
export async function compileNets(
  device: Device,
  options: {
    readonly task: Task;
    readonly shape: Shape;
    readonly lanes: number;
    readonly seeds: readonly number[];
  },
): Promise<Nets> {
  const { task, shape, lanes, seeds } = options;
  const { inputDim, output } = task;
  const fresh = batchesOf(
    task,
    seeds.map((seed) => task.stream(seed, 'train')),
    shape.batch,
  );
  const held = batchesOf(task, [task.stream(0, 'test')], HELD_OUT);
  const step = trainingStep(shape, { inputDim, output, lanes });
  const loop = await device.compileLoop({
    state: step.state,
    constants: { ...step.constants, owner: int32(lanes) },
    perStep: { ...step.perStep, x: fresh.x, y: fresh.y },
    step: ({ state, constants, perStep }) => {
      const own = (tensor: unknown) =>
        tf.gather(tensor as Tensor, constants.owner as tf.Tensor1D) as Tensor;
      return step.step({
        state,
        constants,
        perStep,
        batch: { x: own(perStep.x), y: own(perStep.y) },
      });
    },
  });
  const evaluation = await device.compile({
    inputs: { ...step.state, x: held.x, y: held.y },
    call: ({ x, y, ...state }) =>
      ({
        loss: step.evaluate({ state: state as never, constants: {}, batch: { x, y } as never }),
      }) as never,
  });
  const heldOut = held.feed(0, 1);
  return {
    step,
    start: async (state, constants, owners) => {
      const run = await loop.start({
        state,
        constants: { ...constants, owner: Int32Array.from(owners) },
      });
      return {
        advance: (steps, perStep) => run.advance(steps, perStep),
        read: async () => (await run.read()) as NetArrays,
        dispose: () => run.dispose(),
      };
    },
    feed: fresh.feed,
    evaluate: async (weights) => {
      const { loss } = await evaluation.run({ ...weights, ...heldOut });
      return Array.from(loss as Float32Array);
    },
    dispose: async () => {
      await loop.dispose();
      await evaluation.dispose();
    },
  };
}
