import type { Laboratory } from '@hyperlaw/cli';
import type { Lane, OptimizerKind, ParameterizationName, Shape } from '@hyperlaw/core';
import { batchesOf, coordinateCheck, trainLanes } from '@hyperlaw/core';
import { type Arrays, float32 } from '@hyperlaw/engine';
import type { TaskLaw } from '@hyperlaw/tasks';
import type { Tensor } from '@tensorflow/tfjs';
import * as tf from '@tensorflow/tfjs';
import { type ExplicitLanes, explicitLanes } from './explicit-lanes.ts';

/** Nets of one width and parameterization, one a seed, that make one step. */
export interface CoordinatesInput {
  readonly task: TaskLaw;
  readonly optimizer: OptimizerKind & ('sgd' | 'adam');
  readonly parameterization: ParameterizationName;
  readonly width: number;
  readonly baseWidth: number;
  readonly learningRate: number;
  readonly seeds: readonly number[];
}

export const layerNames = ['input', 'hidden', 'output'] as const;
export type LayerName = (typeof layerNames)[number];

/** Root mean square change of a layer's coordinates over a probe batch, `[seed]`. */
export interface Coordinates {
  /** By the layer's own step, its input held where it was. */
  readonly own: Readonly<Record<LayerName, readonly number[]>>;
  /** By its input's change, its weights held where they were. */
  readonly handedOn: Readonly<Record<LayerName, readonly number[]>>;
  /** In all. */
  readonly total: Readonly<Record<LayerName, readonly number[]>>;
}

/** Examples of the training batch, and of the probe. */
const BATCH = 16;

/** The coordinate check after one step, with the parameterization's multipliers in the graph. */
async function coordinates(input: CoordinatesInput, laboratory: Laboratory): Promise<Coordinates> {
  const { optimizer, parameterization, width, baseWidth, learningRate, seeds } = input;
  const task = await laboratory.loadTask(input.task);
  const shape: Shape = {
    model: { kind: 'mlp', width, depth: 2, activation: 'relu', bias: false, centred: true },
    optimizer: { kind: optimizer },
    batch: BATCH,
  };
  // ε is far below every gradient: the theory is that of the sign.
  const adam = optimizer === 'adam' ? { epsilon: 1e-12 } : {};
  const rows = { own: emptyRows(), handedOn: emptyRows(), total: emptyRows() };
  for (const seed of seeds) {
    const lane: Lane = {
      parameterization: { name: parameterization, baseWidth },
      schedule: { kind: 'constant' },
      knobs: { learningRate, initScale: Math.SQRT2, ...adam },
      seed,
    };
    const lanes = explicitLanes(shape, { ...task, lanes: [{ ...lane, written: 'explicit' }] });
    const batches = batchesOf(task, [task.stream(0, 'train')], BATCH);
    const { initial, final } = await trainLanes(laboratory, { ...lanes, batches, steps: 1 });
    const { x } = batchesOf(task, [task.stream(0, 'validation')], BATCH).feed(0, 1);
    const seen = await layerOutputs(laboratory, lanes, {
      before: initial,
      after: final,
      x: x as Float32Array,
    });
    for (const layer of layerNames) {
      for (const kind of ['own', 'handedOn', 'total'] as const) {
        const [before, after] = [seen[`${layer}.before`], seen[`${layer}.${kind}`]];
        const record = { width, layer, step: 1, before, after } as never;
        rows[kind][layer].push(coordinateCheck([record])[0]?.points[0]?.change ?? Number.NaN);
      }
    }
  }
  return rows;
}

const emptyRows = (): Record<LayerName, number[]> => ({ input: [], hidden: [], output: [] });

/** Every layer's output on x with the weights before and after, and with the new weights on the old input. */
async function layerOutputs(
  { device }: Laboratory,
  { step, effective }: ExplicitLanes,
  {
    before,
    after,
    x,
  }: { readonly before: Arrays; readonly after: Arrays; readonly x: Float32Array },
): Promise<Arrays> {
  const names = step.model.parameters.map(({ name }) => name);
  const weights = (when: string) =>
    names.map((name) => [`${when}/${name}`, step.state[name] as never] as const);
  const program = await device.compile({
    inputs: {
      ...Object.fromEntries([...weights('before'), ...weights('after')]),
      x: float32(1, BATCH, step.model.inputDim),
    },
    call: (inputs) => {
      const taken = (when: string) => {
        const own = names.map((name) => [name, inputs[`${when}/${name}`] as Tensor] as const);
        return Object.values(effective(Object.fromEntries(own)));
      };
      const [old, now] = [taken('before'), taken('after')];
      const outputs: Record<string, Tensor> = {};
      let [h, moved] = [inputs.x as Tensor, inputs.x as Tensor];
      layerNames.forEach((layer, l) => {
        const z = tf.matMul(h, old[l] as Tensor);
        const all = tf.matMul(moved, now[l] as Tensor);
        outputs[`${layer}.before`] = z;
        outputs[`${layer}.own`] = tf.matMul(h, now[l] as Tensor);
        outputs[`${layer}.handedOn`] = tf.matMul(moved, old[l] as Tensor);
        outputs[`${layer}.total`] = all;
        [h, moved] = [tf.relu(z), tf.relu(all)];
      });
      return outputs as never;
    },
  });
  try {
    const given = (when: string, all: Arrays) =>
      names.map((name) => [`${when}/${name}`, all[name] as Float32Array] as const);
    return await program.run({
      ...Object.fromEntries([...given('before', before), ...given('after', after)]),
      x,
    });
  } finally {
    await program.dispose();
  }
}

export const measureCoordinates = { coordinates };
