import type { Device, LoopProgram } from '@hyperlaw/engine';
import type { BatchSource } from './batch-source.ts';
import type { Arrays, Specs, Tensors } from './tensors.ts';
import type { TrainingStep } from './training-step.ts';

/** A shape compiled for a number of lanes: its training loop, and its loss on held-out batches. */
export interface TrainingProgram {
  readonly train: LoopProgram;
  readonly evaluate: LoopProgram;
  dispose(): Promise<void>;
}

const DATA = 'data/';

/** Names of data tensors beside those of the training step. */
export function asData<T>(record: Readonly<Record<string, T>>): Record<string, T> {
  return Object.fromEntries(Object.entries(record).map(([name, v]) => [DATA + name, v]));
}

function dataOf(tensors: Tensors): Tensors {
  const own = Object.entries(tensors).filter(([name]) => name.startsWith(DATA));
  return Object.fromEntries(own.map(([name, tensor]) => [name.slice(DATA.length), tensor]));
}

/**
 * Compiles a training step on a device.
 *
 * `train` carries the step's state, and reports the loss `[lane]` of each step. `evaluate` carries nothing: its
 * constants are the state and the constants of training, and it reports the held-out loss `[lane]` of each batch.
 */
export async function compileTraining(
  device: Device,
  step: TrainingStep,
  sources: { readonly train: BatchSource; readonly heldOut: BatchSource },
): Promise<TrainingProgram> {
  const train = await device.compileLoop({
    state: step.state,
    constants: { ...step.constants, ...asData(sources.train.constants) },
    perStep: { ...step.perStep, ...asData(sources.train.perStep) },
    step: ({ state, constants, perStep }) =>
      step.step({ state, constants, perStep, batch: batchOf(sources.train, constants, perStep) }),
  });
  const compiling = device.compileLoop({
    state: {},
    constants: { ...evaluationConstants(step), ...asData(sources.heldOut.constants) },
    perStep: asData(sources.heldOut.perStep),
    step: ({ constants, perStep }) => {
      const batch = batchOf(sources.heldOut, constants, perStep);
      return {
        state: {},
        outputs: { loss: step.evaluate({ state: constants, constants, batch }) },
      };
    },
  });
  const evaluate = await compiling.catch(async (error: unknown) => {
    await train.dispose();
    throw error;
  });
  return {
    train,
    evaluate,
    async dispose() {
      await train.dispose();
      await evaluate.dispose();
    },
  };
}

/** What the held-out loss depends on: the weights, and where the model is centred those at initialization. */
function evaluationConstants(step: TrainingStep): Specs {
  const weights = step.model.parameters.map(({ name }) => name);
  const state = Object.entries(step.state).filter(([name]) => weights.includes(name));
  return { ...Object.fromEntries(state), ...step.constants };
}

/** Values for the constants of `evaluate`, out of a run's state and constants. */
export function evaluationValues(step: TrainingStep, state: Arrays, constants: Arrays): Arrays {
  const all = { ...state, ...constants };
  const names = Object.keys(evaluationConstants(step));
  return Object.fromEntries(names.map((name) => [name, all[name] as Arrays[string]]));
}

function batchOf(source: BatchSource, constants: Tensors, perStep: Tensors) {
  return source.assemble({ constants: dataOf(constants), perStep: dataOf(perStep) });
}
