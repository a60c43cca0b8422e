import * as tf from '@tensorflow/tfjs';
import type { LoopSpec } from '../devices/device.ts';
import type { Arrays, HostArray, Specs, Tensors } from '../tensor-spec.ts';
import { float32 } from '../tensor-spec.ts';
import type { Input, Random } from './inputs.ts';
import { real } from './inputs.ts';

/** A small net in training, with what it starts from and what it sees. */
export interface Net {
  readonly name: string;
  readonly spec: LoopSpec;
  readonly state: Arrays;
  readonly constants: Arrays;
  perStep(steps: number): Arrays;
}

type Named<T> = Readonly<Record<string, T>>;
export type Loss = (weights: Tensors, perStep: Tensors) => tf.Tensor;

const named = (entries: readonly (readonly [string, tf.Tensor])[]) =>
  Object.fromEntries(entries) as unknown as Tensors;

export const at = (tensors: Tensors, name: string) => tensors[name] as tf.Tensor;

/** Losses by lane, and gradients of their sum: with nothing else given, tfjs differentiates the sum. */
function gradients(loss: Loss, weights: Tensors, perStep: Tensors) {
  const names = Object.keys(weights);
  const { value, grads } = tf.valueAndGrads((...values: tf.Tensor[]) =>
    loss(named(names.map((name, i) => [name, values[i] as tf.Tensor])), perStep),
  )(names.map((name) => at(weights, name)));
  return { losses: value, grads: named(names.map((n, i) => [n, grads[i] as tf.Tensor])) };
}

const map = (tensors: Tensors, each: (name: string, tensor: tf.Tensor) => tf.Tensor) =>
  named(Object.entries(tensors).map(([name, tensor]) => [name, each(name, tensor)]));

/** Heavy-ball momentum on a loss. */
function momentum(weights: Specs, perStep: Specs, loss: Loss, rate: number): LoopSpec {
  const velocity = (name: string) => `velocity ${name}`;
  const names = Object.keys(weights);
  return {
    state: {
      ...weights,
      ...Object.fromEntries(Object.entries(weights).map(([name, spec]) => [velocity(name), spec])),
    },
    constants: {},
    perStep,
    step({ state, perStep: rows }) {
      const current = named(names.map((name) => [name, at(state, name)]));
      const { losses, grads } = gradients(loss, current, rows);
      const moved = map(current, (name) =>
        tf.add(tf.mul(at(state, velocity(name)), 0.9), at(grads, name)),
      );
      return {
        state: {
          ...map(current, (name, w) => tf.sub(w, tf.mul(at(moved, name), rate))),
          ...named(names.map((name) => [velocity(name), at(moved, name)])),
        } as unknown as Tensors,
        outputs: named([['loss', losses]]),
      };
    },
  };
}

/** Adam (1412.6980, algorithm 1), its bias corrections in the rates that the host gives. */
function adam(weights: Specs, perStep: Specs, loss: Loss): LoopSpec {
  const names = Object.keys(weights);
  const mean = (name: string) => `mean ${name}`;
  const square = (name: string) => `square ${name}`;
  return {
    state: Object.fromEntries(
      Object.entries(weights).flatMap(([name, spec]) => [
        [name, spec],
        [mean(name), spec],
        [square(name), spec],
      ]),
    ),
    constants: {},
    perStep: { ...perStep, rate: float32(LANES, 1, 1) },
    step({ state, perStep: rows }) {
      const current = named(names.map((name) => [name, at(state, name)]));
      const { losses, grads } = gradients(loss, current, rows);
      const means = map(grads, (name, g) =>
        tf.add(tf.mul(at(state, mean(name)), 0.9), tf.mul(g, 0.1)),
      );
      const squares = map(grads, (name, g) =>
        tf.add(tf.mul(at(state, square(name)), 0.999), tf.mul(tf.square(g), 0.001)),
      );
      const next = map(current, (name, w) => {
        const direction = tf.div(at(means, name), tf.add(tf.sqrt(at(squares, name)), 1e-6));
        return tf.sub(w, tf.mul(direction, at(rows, 'rate')));
      });
      return {
        state: {
          ...next,
          ...named(names.map((name) => [mean(name), at(means, name)])),
          ...named(names.map((name) => [square(name), at(squares, name)])),
        } as unknown as Tensors,
        outputs: named([['loss', losses]]),
      };
    },
  };
}

export const LANES = 3;

function drawn(inputs: Named<Input>, random: Random, times = 1): Arrays {
  return Object.fromEntries(
    Object.entries(inputs).map(([name, input]) => {
      const parts = Array.from({ length: times }, () => input.draw(random));
      const whole = new (input.spec.dtype === 'int32' ? Int32Array : Float32Array)(
        parts.reduce((sum, part) => sum + part.length, 0),
      );
      let offset = 0;
      for (const part of parts) {
        whole.set(part, offset);
        offset += part.length;
      }
      return [name, whole];
    }),
  );
}

/** Weights of scale 1/√fanIn, the extent before the last, and zeros for all else that is carried. */
function started(spec: LoopSpec, weights: Specs, random: Random): Arrays {
  const state: Record<string, HostArray> = {};
  for (const [name, { shape }] of Object.entries(spec.state)) {
    const values = real(...shape).draw(random) as Float32Array;
    const scale = name in weights ? 1 / Math.sqrt(shape.at(-2) ?? 1) : 0;
    state[name] = values.map((v) => v * scale);
  }
  return state;
}

/** Every input spec of a record of inputs. */
const specsOf = (inputs: Named<Input>): Specs =>
  Object.fromEntries(Object.entries(inputs).map(([name, { spec }]) => [name, spec]));

export function net(
  name: string,
  parts: {
    readonly weights: Specs;
    readonly inputs: Named<Input>;
    readonly loss: Loss;
    readonly rate: number | 'adam';
  },
  random: Random,
): Net {
  const { weights, inputs, loss, rate } = parts;
  const spec =
    rate === 'adam'
      ? adam(weights, specsOf(inputs), loss)
      : momentum(weights, specsOf(inputs), loss, rate);
  return {
    name,
    spec,
    state: started(spec, weights, random),
    constants: {},
    perStep: (steps) => ({
      ...drawn(inputs, random, steps),
      ...(rate === 'adam' && { rate: rates(steps) }),
    }),
  };
}

/** Rates that differ by lane, warmed up over the first steps. */
const rates = (steps: number) =>
  Float32Array.from({ length: steps * LANES }, (_, i) => {
    const step = Math.floor(i / LANES);
    return 0.01 * ((i % LANES) + 1) * Math.min(1, (step + 1) / 10);
  });
