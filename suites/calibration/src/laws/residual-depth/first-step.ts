import type { Laboratory } from '@hyperlaw/cli';
import {
  batchesOf,
  type DepthRule,
  lanePlan,
  type Model,
  trainingStep,
  trainLanes,
} from '@hyperlaw/core';
import { type Arrays, type Device, float32, type Specs } from '@hyperlaw/engine';
import type { TaskLaw } from '@hyperlaw/tasks';
import type { StepLaw } from '@hyperlaw/theory';
import type { Tensor } from '@tensorflow/tfjs';
import * as tf from '@tensorflow/tfjs';
import { laneOf, shapeOf } from './nets.ts';

/** Nets of one depth that make one small step, by several depth rules as lanes of one program. */
export interface FirstStepInput {
  readonly task: TaskLaw;
  readonly optimizer: StepLaw;
  readonly rules: readonly DepthRule[];
  readonly width: number;
  readonly depth: number;
  readonly learningRate: number;
  readonly batch: number;
  readonly seeds: readonly number[];
}

/** Root mean squares over the batch and units, `[rule][seed]`. */
export interface FirstStep {
  /** Of the change of the stream after the last block. */
  readonly stream: readonly (readonly number[])[];
  /** Of what the change of a block's first weights does to its hidden features, all else as it was; over blocks too. */
  readonly block: readonly (readonly number[])[];
}

/** What one step changes in core's residual nets, each seed on the batch of its own that the step was made from. */
export async function firstStep(
  input: FirstStepInput,
  laboratory: Pick<Laboratory, 'device' | 'goOn' | 'count' | 'loadTask'>,
): Promise<FirstStep> {
  const { optimizer, rules, width, depth, learningRate, batch, seeds } = input;
  const task = await laboratory.loadTask(input.task);
  const shape = shapeOf({ width, depth, optimizer, batch, normed: false, centred: true });
  const lanes = rules.flatMap((rule) =>
    seeds.map((seed) => laneOf({ rule, baseDepth: 1, learningRate, seed, blocksAlone: true })),
  );
  const step = trainingStep(shape, { ...task, lanes: lanes.length });
  const plans = lanes.map((lane) =>
    lanePlan(lane, { shape, parameters: step.model.parameters, optimizer: step.optimizer }),
  );
  const streams = seeds.map((seed) => task.stream(seed, 'train'));
  const batches = batchesOf(task, streams, batch);
  const owners = lanes.map((_, lane) => lane % seeds.length);
  const trained = await trainLanes(laboratory, { step, plans, batches, owners, steps: 1 });
  const { initial, final } = trained;
  const seen = batches.feed(0, 1).x as Float32Array;
  // Lanes of a rule see the batches of the seeds, in order.
  const x = new Float32Array(rules.length * seen.length);
  rules.forEach((_, r) => {
    x.set(seen, r * seen.length);
  });
  const { stream, block } = await changes(laboratory.device, {
    ...{ model: step.model, depth, x, batch, lanes: lanes.length },
    ...{ initial, final },
  });
  const table = (values: Float32Array) =>
    rules.map((_, r) =>
      seeds.map((_, s) => Number((values[r * seeds.length + s] as number).toPrecision(6))),
    );
  return { stream: table(stream), block: table(block) };
}

interface Compared {
  readonly model: Model;
  readonly depth: number;
  readonly x: Float32Array;
  readonly batch: number;
  readonly lanes: number;
  readonly initial: Arrays;
  readonly final: Arrays;
}

async function changes(
  device: Device,
  { model, depth, x, batch, lanes, initial, final }: Compared,
): Promise<{ readonly stream: Float32Array; readonly block: Float32Array }> {
  const names = model.parameters.map(({ name }) => name);
  const specs: Specs = Object.fromEntries(
    model.parameters.flatMap(({ name, shape }) =>
      ['before', 'after'].map((when) => [`${when}/${name}`, float32(lanes, ...shape)] as const),
    ),
  );
  const program = await device.compile({
    inputs: { ...specs, x: float32(lanes, batch, model.inputDim) },
    call: (tensors) => {
      const at = (when: string) =>
        Object.fromEntries(names.map((name) => [name, tensors[`${when}/${name}`] as Tensor]));
      const streams = (when: string): readonly Tensor[] => {
        const kept: Tensor[] = [];
        const record = (name: string, h: Tensor) => {
          if (name === 'input.preactivation' || name.endsWith('.stream')) kept.push(h);
        };
        model.forward(at(when), tensors.x as Tensor, { record });
        return kept;
      };
      const [before, after] = [streams('before'), streams('after')];
      const moved = tf.sub(after[depth] as Tensor, before[depth] as Tensor);
      const squares = Array.from({ length: depth }, (_, i) => {
        const name = `block${i + 1}.inner.weight`;
        const change = tf.sub(at('after')[name] as Tensor, at('before')[name] as Tensor);
        return tf.mean(tf.square(tf.matMul(before[i] as Tensor, change)), [1, 2]);
      });
      return {
        stream: tf.sqrt(tf.mean(tf.square(moved), [1, 2])),
        block: tf.sqrt(tf.div(tf.addN(squares), depth)),
      } as never;
    },
  });
  try {
    const of = (when: string, state: Arrays) =>
      Object.fromEntries(names.map((name) => [`${when}/${name}`, state[name] as Float32Array]));
    const result = await program.run({ ...of('before', initial), ...of('after', final), x });
    return { stream: result.stream as Float32Array, block: result.block as Float32Array };
  } finally {
    await program.dispose();
  }
}
