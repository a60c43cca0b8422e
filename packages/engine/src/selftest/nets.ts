import * as tf from '@tensorflow/tfjs';
import { float32 } from '../tensor-spec.ts';
import type { Random } from './inputs.ts';
import { between, index, real } from './inputs.ts';
import type { Net } from './training.ts';
import { at, LANES, net } from './training.ts';

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

/** A mixture of four experts, two of which answer. */
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
