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
import { type Arrays, float32, type Tensors } from '@hyperlaw/engine';
import type { FiniteLaw } from '@hyperlaw/tasks';
import type { Tensor } from '@tensorflow/tfjs';

/** Examples to fit: x `[examples, inputDim]`, y `[examples, outputDim]`. */
export interface FullBatchData {
  readonly examples: number;
  readonly inputDim: number;
  readonly outputDim: number;
  readonly x: Float32Array;
  readonly y: Float32Array;
}

/** How far to descend, and where to look. */
export interface Descent {
  readonly steps: number;
  /** Changes the weights before the first step. */
  readonly start?: (initial: Arrays) => Arrays;
  /** Numbers of steps, increasing from 0, after which `visit` is told the weights. */
  readonly stops?: readonly number[];
  readonly visit?: (weights: Arrays) => void;
}

/** Steps of one call: an interruption waits for no more. */
const CALL_STEPS = 2000;

/** All examples of a finite task of numbers to predict. Throws on any other. */
export async function finiteData(
  { loadTask }: Pick<Laboratory, 'loadTask'>,
  task: FiniteLaw,
): Promise<FullBatchData> {
  const { inputDim, output, stream } = await loadTask(task);
  const table = stream(0, 'train');
  if (table.kind !== 'table' || output.kind !== 'regression') {
    throw new Error(`unusable task: ${task.of.kind} (a finite set of numbers to predict)`);
  }
  const { x, y } = table;
  return { examples: task.samples, inputDim, outputDim: output.dim, x, y: Float32Array.from(y) };
}

/**
 * Gradient descent of core's model on the mean squared error over all examples, compiled once for a number of lanes.
 * Dispose it at the end.
 */
export async function fullBatch(
  { device, goOn, count }: Laboratory,
  {
    data,
    model,
    lanes,
    observe = () => ({}),
  }: {
    readonly data: FullBatchData;
    readonly model: Shape['model'];
    readonly lanes: number;
    /** What else to read off the weights before each step. */
    readonly observe?: (weights: Tensors) => Tensors;
  },
) {
  const { examples, inputDim, outputDim, x, y } = data;
  const output = { kind: 'regression', dim: outputDim } as const;
  const shape: Shape = { model, optimizer: { kind: 'sgd' }, batch: examples };
  const step = trainingStep(shape, { inputDim, output, lanes });
  const batch = { x: float32(1, examples, inputDim), y: float32(1, examples, outputDim) };
  const program = await device.compileLoop({
    state: step.state,
    constants: { ...step.constants, ...batch },
    perStep: step.perStep,
    step: ({ state, constants, perStep }) => {
      const { x, y, ...own } = constants as Record<string, Tensor>;
      const read = { x: x as Tensor, y: y as Tensor };
      const next = step.step({ state, constants: own as Tensors, perStep, batch: read });
      return { state: next.state, outputs: { ...next.outputs, ...observe(state) } as Tensors };
    },
  });
  const plansOf = (settings: readonly Lane[]) =>
    settings.map((lane) =>
      lanePlan(lane, { shape, parameters: step.model.parameters, optimizer: step.optimizer }),
    );
  /** Weights at initialization by name, `[lane, fanIn, fanOut]`. */
  const initial = (settings: readonly Lane[]) => initState(step, plansOf(settings));

  /** `loss` before each step, `[step, lane]`, and what is observed, `[step, …]`. */
  async function descend(
    settings: readonly Lane[],
    { steps, start = (weights: Arrays) => weights, stops = [], visit }: Descent,
  ): Promise<Readonly<Record<string, Float32Array>>> {
    const plans = plansOf(settings);
    const state = initState(step, plans);
    const run = await program.start({
      state: start(state),
      constants: { ...initConstants(step, plans, state), x, y },
    });
    try {
      const outputs: Record<string, Float32Array> = {};
      if (stops[0] === 0) visit?.(await run.read());
      for (let t = 0; t < steps; ) {
        goOn();
        const stop = Math.min(steps, stops.find((each) => each > t) ?? steps);
        const range = { first: t, count: Math.min(CALL_STEPS, stop - t), steps };
        const made = await run.advance(range.count, stepScalars(step, plans, range));
        for (const [name, values] of Object.entries(made)) {
          const size = values.length / range.count;
          outputs[name] ??= new Float32Array(steps * size);
          outputs[name].set(values, t * size);
        }
        t += range.count;
        if (stops.includes(t)) visit?.(await run.read());
      }
      const flops = lanes * steps * flopsPerStep(shape, { inputDim, output });
      count({ trials: lanes, modelSteps: lanes * steps, flops });
      return outputs;
    } finally {
      await run.dispose();
    }
  }

  /** Activations of the last hidden layer at initialization, `[lane, example, width]`. */
  async function features(settings: readonly Lane[]): Promise<Float32Array> {
    const last = model.depth === 1 ? 'input' : `hidden${model.depth - 1}`;
    const propagate = await device.compile({
      inputs: { ...step.state, x: batch.x },
      call: (inputs: Tensors) => {
        const recorded: Record<string, Tensor> = {};
        step.model.forward(inputs, inputs.x as Tensor, {
          record: (name, tensor) => {
            recorded[name] = tensor;
          },
        });
        return { features: recorded[`${last}.feature`] as Tensor };
      },
    });
    try {
      return (await propagate.run({ ...initial(settings), x })).features as Float32Array;
    } finally {
      await propagate.dispose();
    }
  }

  return { initial, descend, features, dispose: () => program.dispose() };
}
