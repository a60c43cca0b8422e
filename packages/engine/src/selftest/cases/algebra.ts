import * as tf from '@tensorflow/tfjs';
import { flat, of } from '../case.ts';
import { distinct, exactly, flag, positive, real, whole } from '../inputs.ts';

export const reduction = [
  of('sum', (x) => tf.sum(x), [real(3, 4)]),
  of('sum over axes', (x) => tf.sum(x, [0, -1]), [real(3, 4, 5)]),
  of('sum, axes kept', (x) => tf.sum(x, 1, true), [real(3, 4, 5)]),
  of('sum over single elements', (x) => tf.sum(x, [0, 2]), [real(1, 4, 1)]),
  of('sum int32', (x) => tf.sum(x, 0), [whole(-9, 9)(3, 4)]),
  of('sum of booleans', (x) => tf.sum(x), [flag(20)]),
  of('mean', (x) => tf.mean(x, [1, 2]), [real(3, 4, 5)]),
  of('mean of everything', (x) => tf.mean(x), [real(3, 4)]),
  of('mean int32', (x) => tf.mean(x, 0), [whole(-9, 9)(3, 4)]),
  of('max', (x) => tf.max(x, 1), [distinct(3, 4, 5)]),
  of('max of everything', (x) => tf.max(x), [distinct(3, 4)]),
  of('max, axis kept', (x) => tf.max(x, -1, true), [distinct(3, 4)]),
  of('max int32', (x) => tf.max(x, 0), [whole(-9, 9)(3, 4)]),
  of('min', (x) => tf.min(x, [0, 2]), [distinct(3, 4, 5)]),
  of('prod', (x) => tf.prod(x, 1), [positive(3, 4)]),
  of('prod int32', (x) => tf.prod(x, 0), [whole(1, 4)(3, 4)]),
  of('all', (x) => tf.all(x, 1), [flag(5, 3)]),
  of('any', (x) => tf.any(x, 1, true), [flag(5, 3)]),
  of('argMax', (x) => tf.argMax(x, 1), [distinct(3, 4, 5)], flat),
  of('argMax, first of equals', (x) => tf.argMax(x, 1), [whole(0, 2)(5, 6)]),
  of('argMin', (x) => tf.argMin(x, 0), [distinct(3, 4)], flat),
  of('norm', (x) => tf.norm(x, 2, 1), [real(3, 4)]),
  of('moments', (x) => Object.values(tf.moments(x, 1)), [real(3, 4)]),
];

export const softmax = [
  of('softmax', (x) => tf.softmax(x), [real(3, 5)]),
  of('softmax of large numbers', (x) => tf.softmax(tf.mul(x, 300)), [real(3, 5)], {
    precision: 'approximate',
  }),
  of('logSoftmax', (x) => tf.logSoftmax(x), [real(2, 3, 5)]),
  of('logSumExp', (x) => tf.logSumExp(x, 1), [real(3, 5)]),
  of('logSumExp of large numbers', (x) => tf.logSumExp(x), [exactly(900, 901, -900)]),
  of('cross-entropy', (x, y) => tf.neg(tf.sum(tf.mul(tf.oneHot(y, 5), tf.logSoftmax(x)), -1)), [
    real(4, 5),
    whole(0, 5)(4),
  ]),
];

export const product = [
  of('matMul', (a, b) => tf.matMul(a, b), [real(3, 4), real(4, 5)]),
  of('matMul, both transposed', (a, b) => tf.matMul(a, b, true, true), [real(4, 3), real(5, 4)]),
  of('matMul, batched', (a, b) => tf.matMul(a, b), [real(2, 3, 4), real(2, 4, 5)]),
  of('matMul, batched, left transposed', (a, b) => tf.matMul(a, b, true), [
    real(2, 4, 3),
    real(2, 4, 5),
  ]),
  of('matMul, batched, right transposed', (a, b) => tf.matMul(a, b, false, true), [
    real(2, 3, 4),
    real(2, 5, 4),
  ]),
  // tfjs has no gradient by the side that is broadcast.
  of('matMul, left broadcast', (a, b) => tf.matMul(a, b), [real(1, 3, 4), real(3, 4, 5)], {
    by: [1],
  }),
  of('matMul, right broadcast', (a, b) => tf.matMul(a, b), [real(2, 3, 3, 4), real(1, 4, 5)], {
    by: [0],
  }),
  of('matMul of a transpose', (a, b) => tf.matMul(tf.transpose(a, [0, 2, 1]), b), [
    real(2, 4, 3),
    real(2, 4, 5),
  ]),
  of('matMul, rows of heads', (a, b) => tf.matMul(a, b, false, true), [
    real(2, 3, 4, 5),
    real(2, 3, 6, 5),
  ]),
  of('matMul with a column', (a, b) => tf.matMul(a, b, true), [real(2, 4, 3), real(2, 4, 1)]),
  of('matMul, scaled', (a, b, c) => tf.mul(tf.matMul(a, b), c), [
    real(2, 8, 3),
    real(2, 3, 9),
    real(2, 1, 1),
  ]),
  // A sign is a steep ramp, whose slope must not be moved into a factor.
  of('matMul, its sign', (a, b) => tf.sign(tf.matMul(a, b)), [real(2, 8, 3), real(2, 3, 9)], flat),
  of('dot', (a, b) => tf.dot(a, b), [real(4), real(4)]),
  of('outerProduct', (a, b) => tf.outerProduct(a, b), [real(3), real(4)]),
  of('einsum', (a, b) => tf.einsum('bij,bjk->bik', a, b), [real(2, 3, 4), real(2, 4, 5)], flat),
  of(
    'einsum, trace of heads',
    (a, b) => tf.einsum('lbhd,lchd->lhbc', a, b),
    [real(2, 3, 2, 4), real(2, 5, 2, 4)],
    flat,
  ),
  of('fused matMul', (a, b, bias) => tf.fused.matMul({ a, b, bias, activation: 'relu' }), [
    real(3, 4),
    real(4, 5),
    real(5),
  ]),
  of('fused matMul, elu', (a, b) => tf.fused.matMul({ a, b, activation: 'elu' }), [
    real(3, 4),
    real(4, 5),
  ]),
  of(
    'fused matMul, leaky',
    (a, b) =>
      tf.fused.matMul({ a, b, activation: 'leakyrelu', leakyreluAlpha: 0.3, transposeB: true }),
    [real(3, 4), real(5, 4)],
    flat,
  ),
];

export const normalization = [
  of(
    'batchNorm',
    (x, mean, variance, offset, scale) => tf.batchNorm(x, mean, variance, offset, scale, 1e-3),
    [real(2, 3, 3, 4), real(4), positive(4), real(4), real(4)],
    { precision: 'approximate' },
  ),
  // tfjs fails to save the scale that is not there for the gradient.
  of(
    'batchNorm without offset and scale',
    (x, mean, variance) => tf.batchNorm(x, mean, variance),
    [real(6, 4), real(4), positive(4)],
    { precision: 'approximate', by: [] },
  ),
  of(
    'layer norm',
    (x, gain) => {
      const { mean, variance } = tf.moments(x, -1, true);
      return tf.mul(tf.div(tf.sub(x, mean), tf.sqrt(tf.add(variance, 1e-5))), gain);
    },
    [real(2, 3, 8), real(8)],
    { precision: 'approximate' },
  ),
];
