import * as tf from '@tensorflow/tfjs';
import type { LoopSpec } from '../devices/device.ts';
import type { Arrays, HostArray, Specs, Tensors } from '../tensor-spec.ts';
import { float32 } from '../tensor-spec.ts';
import type { Input, Random } from './inputs.ts';
import { between, index, real } from './inputs.ts';

/** A small net in training, with what it starts from and what it sees. */
export interface Net {
  readonly name: string;
  readonly spec: LoopSpec;
  readonly state: Arrays;
  readonly constants: Arrays;
  perStep(steps: number): Arrays;
}

type Named<T> = Readonly<Record<string, T>>;
type Loss = (weights: Tensors, perStep: Tensors) => tf.Tensor;

const named = (entries: readonly (readonly [string, tf.Tensor])[]) =>
  Object.fromEntries(entries) as unknown as Tensors;

const at = (tensors: Tensors, name: string) => tensors[name] as tf.Tensor;

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

const LANES = 3;

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

function net(
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

/** Cross-entropy of classes, mean over all but the first axis. */
function crossEntropy(logits: tf.Tensor, classes: tf.Tensor): tf.Tensor {
  const count = logits.shape.at(-1) as number;
  const losses = tf.neg(tf.sum(tf.mul(tf.oneHot(classes, count), tf.logSoftmax(logits)), -1));
  return tf.mean(losses, losses.shape.map((_, i) => i).slice(1));
}

/** A multilayer perceptron by lanes, with Adam. */
export const mlp = (random: Random): Net =>
  net(
    'MLP with Adam',
    {
      weights: {
        first: float32(LANES, 6, 16),
        firstBias: float32(LANES, 1, 16),
        second: float32(LANES, 16, 16),
        last: float32(LANES, 16, 2),
      },
      inputs: { x: real(1, 12, 6), y: real(1, 12, 2) },
      rate: 'adam',
      loss: (w, { x, y }) => {
        const first = tf.relu(
          tf.add(tf.matMul(x as tf.Tensor, at(w, 'first')), at(w, 'firstBias')),
        );
        const second = tf.tanh(tf.matMul(first, at(w, 'second')));
        return tf.mean(tf.square(tf.sub(tf.matMul(second, at(w, 'last')), y as tf.Tensor)), [1, 2]);
      },
    },
    random,
  );

const norm = (x: tf.Tensor, gain: tf.Tensor) => {
  const { mean, variance } = tf.moments(x, -1, true);
  return tf.mul(tf.div(tf.sub(x, mean), tf.sqrt(tf.add(variance, 1e-5))), gain);
};

const gelu = (x: tf.Tensor) => tf.mul(tf.mul(x, 0.5), tf.add(1, tf.erf(tf.mul(x, Math.SQRT1_2))));

/** One block of a transformer by lanes: embedding, causal attention of two heads, layer norms, GELU. */
export function transformer(random: Random): Net {
  const [lanes, batch, length, width, heads, vocabulary] = [2, 3, 5, 8, 2, 7];
  const tokens = [lanes, batch * length];
  const mask = tf.tidy(() => {
    const order = tf.range(0, length, 1, 'int32');
    const later = tf.greater(tf.reshape(order, [1, length]), tf.reshape(order, [length, 1]));
    return Array.from(later.dataSync(), (hidden) => (hidden ? -1e9 : 0));
  });
  const split = (x: tf.Tensor) =>
    tf.transpose(tf.reshape(x, [lanes * batch, length, heads, width / heads]), [0, 2, 1, 3]);
  return net(
    'transformer block',
    {
      weights: {
        embedding: float32(lanes, vocabulary, width),
        query: float32(lanes, width, width),
        key: float32(lanes, width, width),
        value: float32(lanes, width, width),
        out: float32(lanes, width, width),
        gain: float32(lanes, 1, width),
        up: float32(lanes, width, 2 * width),
        down: float32(lanes, 2 * width, width),
        logits: float32(lanes, width, vocabulary),
      },
      inputs: { x: index(vocabulary)(...tokens), y: index(vocabulary)(...tokens) },
      rate: 0.05,
      loss: (w, { x, y }) => {
        const h = tf.gather(at(w, 'embedding'), x as tf.Tensor1D, 1, 1);
        const n = norm(h, at(w, 'gain'));
        const [q, k, v] = ['query', 'key', 'value'].map((name) => split(tf.matMul(n, at(w, name))));
        const scores = tf.mul(
          tf.matMul(q as tf.Tensor, k as tf.Tensor, false, true),
          Math.sqrt(heads / width),
        );
        const weights = tf.softmax(tf.add(scores, tf.tensor(mask, [length, length])));
        const mixed = tf.transpose(tf.matMul(weights, v as tf.Tensor), [0, 2, 1, 3]);
        const rows = tf.reshape(mixed, [lanes, batch * length, width]);
        const attended = tf.add(h, tf.matMul(rows, at(w, 'out')));
        const hidden = gelu(tf.matMul(norm(attended, at(w, 'gain')), at(w, 'up')));
        const block = tf.add(attended, tf.matMul(hidden, at(w, 'down')));
        return crossEntropy(tf.matMul(block, at(w, 'logits')), y as tf.Tensor);
      },
    },
    random,
  );
}

/** A convolutional net on images of one lane: two convolutions, pooling, a linear read-out. */
export const convnet = (random: Random): Net =>
  net(
    'convolutional net',
    {
      weights: { first: float32(3, 3, 1, 4), second: float32(3, 3, 4, 6), last: float32(1, 6, 3) },
      inputs: { x: real(4, 8, 8, 1), y: index(3)(1, 4) },
      rate: 0.05,
      loss: (w, { x, y }) => {
        const first = tf.relu(
          tf.conv2d(x as tf.Tensor4D, at(w, 'first') as tf.Tensor4D, 1, 'same'),
        );
        const pooled = tf.maxPool(first as tf.Tensor4D, 2, 2, 'valid');
        const second = tf.conv2d(pooled, at(w, 'second') as tf.Tensor4D, 2, 'same');
        const features = tf.mean(tf.relu(second), [1, 2]);
        return crossEntropy(tf.matMul(tf.expandDims(features, 0), at(w, 'last')), y as tf.Tensor);
      },
    },
    random,
  );

/** Computes without a gradient: routing to the best experts has none. */
const detached = (x: tf.Tensor, compute: (x: tf.Tensor) => tf.Tensor): tf.Tensor =>
  tf.customGrad((input: tf.Tensor | tf.GradSaveFunc) => ({
    value: compute(input as tf.Tensor),
    gradFunc: (): tf.Tensor[] => [tf.zerosLike(input as tf.Tensor)],
  }))(x);

/** A mixture of four experts, two of which answer, with the load of each reported by the loss. */
export function experts(random: Random): Net {
  const [count, chosen, width, batch] = [4, 2, 6, 10];
  return net(
    'mixture of experts',
    {
      weights: {
        router: float32(1, width, count),
        up: float32(count, width, 8),
        down: float32(count, 8, width),
      },
      inputs: { x: between(-1, 1)(1, batch, width), y: real(1, batch, width) },
      rate: 0.05,
      loss: (w, { x, y }) => {
        const share = tf.softmax(tf.matMul(x as tf.Tensor, at(w, 'router')));
        const mask = detached(share, (s) =>
          tf.sum(tf.oneHot(tf.topk(s, chosen).indices, count), -2),
        );
        const gates = tf.mul(share, mask);
        const gate = tf.div(gates, tf.sum(gates, -1, true));
        const each = tf.matMul(tf.relu(tf.matMul(x as tf.Tensor, at(w, 'up'))), at(w, 'down'));
        const weights = tf.reshape(tf.transpose(gate, [2, 0, 1]), [count, batch, 1]);
        const answer = tf.sum(tf.mul(each, weights), 0, true);
        return tf.mean(tf.square(tf.sub(answer, y as tf.Tensor)), [1, 2]);
      },
    },
    random,
  );
}

/** All nets, each drawn anew. */
export const nets: readonly ((random: Random) => Net)[] = [mlp, transformer, convnet, experts];
