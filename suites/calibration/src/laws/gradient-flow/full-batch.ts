import type { Laboratory } from '@hyperlaw/cli';
import {
  flopsPerStep,
  initConstants,
  initState,
  type Lane,
  lanePlan,
  type Shape,
  stepScalars,
  trainingStep,
} from '@hyperlaw/core';
import { float32, type Tensors } from '@hyperlaw/engine';
import { type FiniteLaw, randomStream } from '@hyperlaw/tasks';
import type { Tensor } from '@tensorflow/tfjs';

/** Steps of one call: an interruption waits for no more. */
const CALL_STEPS = 2000;

/** How a curve is read: the loss after 0, `every`, 2 `every`, … `points` × `every` steps. */
export interface Reading {
  readonly every: number;
  readonly points: number;
}

/**
 * Gradient descent of core's model on all of a finite task at once, compiled once for a number of lanes.
 *
 * `curves` trains the lanes from their initialization: losses `[lane][points + 1]`. `features` are the activations of the
 * last hidden layer at initialization, `[lane, example, width]`. Dispose it at the end.
 */
export async function fullBatch(
  { device, loadTask, goOn, count }: Laboratory,
  {
    task,
    model,
    lanes,
  }: { readonly task: FiniteLaw; readonly model: Shape['model']; readonly lanes: number },
) {
  const { inputDim, output, stream } = await loadTask(task);
  const table = stream(0, 'train');
  if (table.kind !== 'table' || output.kind !== 'regression') {
    throw new Error(`unusable task: ${task.of.kind} (a finite set of numbers to predict)`);
  }
  const shape: Shape = { model, optimizer: { kind: 'sgd' }, batch: task.samples };
  const step = trainingStep(shape, { inputDim, output, lanes });
  const data = { x: float32(1, task.samples, inputDim), y: float32(1, task.samples, output.dim) };
  const values = { x: table.x, y: table.y };
  const program = await device.compileLoop({
    state: step.state,
    constants: { ...step.constants, ...data },
    perStep: step.perStep,
    step: ({ state, constants, perStep }) =>
      step.step({
        state,
        constants,
        perStep,
        batch: { x: constants.x as Tensor, y: constants.y as Tensor },
      }),
  });
  const layers = `hidden${model.depth - 1}`.replace('hidden0', 'input');
  const propagate = await device.compile({
    inputs: { ...step.state, x: data.x },
    call: (inputs: Tensors) => {
      let features: Tensor | undefined;
      step.model.forward(inputs, inputs.x as Tensor, {
        record: (name, tensor) => {
          if (name === `${layers}.feature`) features = tensor;
        },
      });
      return { features: features as Tensor };
    },
  });
  const plansOf = (settings: readonly Lane[]) =>
    settings.map((lane) =>
      lanePlan(lane, { shape, parameters: step.model.parameters, optimizer: step.optimizer }),
    );
  const stateOf = (settings: readonly Lane[]) => initState(step, plansOf(settings), fillNormal);
  return {
    targets: table.y as Float32Array,
    initial: stateOf,
    async features(settings: readonly Lane[]) {
      return (await propagate.run({ ...stateOf(settings), x: table.x })).features as Float32Array;
    },
    async curves(settings: readonly Lane[], { every, points }: Reading): Promise<number[][]> {
      const plans = plansOf(settings);
      const state = stateOf(settings);
      const steps = every * points + 1;
      const run = await program.start({
        state,
        constants: { ...initConstants(step, plans, state), ...values },
      });
      try {
        const curves: number[][] = settings.map(() => []);
        for (let first = 0; first < steps; first += CALL_STEPS) {
          goOn();
          const range = { first, count: Math.min(CALL_STEPS, steps - first), steps };
          const { loss } = await run.advance(range.count, stepScalars(step, plans, range));
          for (let i = 0; i < range.count; i++) {
            if ((first + i) % every !== 0) continue;
            curves.forEach((curve, lane) => {
              curve.push((loss as Float32Array)[i * lanes + lane] as number);
            });
          }
        }
        const flops = lanes * steps * flopsPerStep(shape, { inputDim, output });
        count({ trials: lanes, modelSteps: lanes * steps, flops });
        return curves;
      } finally {
        await run.dispose();
      }
    },
    async dispose() {
      await program.dispose();
      await propagate.dispose();
    },
  };
}

/** As a sweep's trials are initialized: a tensor's numbers depend on its seed and name alone. */
function fillNormal(seed: number, name: string, out: Float32Array): void {
  randomStream({ seed, role: 'init', path: [name] }).fillNormal(0, out);
}
