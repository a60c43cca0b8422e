import * as tf from '@tensorflow/tfjs';
import { flat, of } from '../case.ts';
import { distinct, real } from '../inputs.ts';

const sums = { precision: 'summed' } as const;

export const convolution = [
  of(
    'conv2d, same',
    (x, f) => tf.conv2d(x, f, 1, 'same'),
    [real(2, 5, 6, 3), real(3, 3, 3, 4)],
    sums,
  ),
  of(
    'conv2d, valid',
    (x, f) => tf.conv2d(x, f, 1, 'valid'),
    [real(2, 5, 6, 3), real(3, 2, 3, 4)],
    sums,
  ),
  of(
    'conv2d, strides',
    (x, f) => tf.conv2d(x, f, 2, 'same'),
    [real(2, 7, 8, 2), real(3, 3, 2, 3)],
    sums,
  ),
  of(
    'conv2d, strides that leave a rest',
    (x, f) => tf.conv2d(x, f, [2, 3], 'valid'),
    [real(1, 8, 9, 2), real(3, 2, 2, 3)],
    sums,
  ),
  of(
    'conv2d, explicit padding',
    (x, f) =>
      tf.conv2d(x, f, 2, [
        [0, 0],
        [1, 2],
        [0, 1],
        [0, 0],
      ]),
    [real(1, 6, 5, 2), real(3, 3, 2, 2)],
    flat,
  ),
  of(
    'conv2d, equal padding',
    (x, f) => tf.conv2d(x, f, 2, 1, 'NHWC', 1, 'floor'),
    [real(1, 6, 7, 2), real(3, 3, 2, 2)],
    sums,
  ),
  of(
    'conv2d, dilations',
    (x, f) => tf.conv2d(x, f, 1, 'same', 'NHWC', 2),
    [real(1, 7, 7, 2), real(3, 3, 2, 3)],
    flat,
  ),
  of(
    'conv2d, 1×1',
    (x, f) => tf.conv2d(x, f, 1, 'same'),
    [real(2, 4, 3, 3), real(1, 1, 3, 5)],
    sums,
  ),
  of(
    'conv2d, channels first',
    (x, f) => tf.conv2d(x, f, 1, 'same', 'NCHW'),
    [real(2, 3, 5, 4), real(3, 3, 3, 2)],
    flat,
  ),
  of(
    'conv2d, gelu and sum',
    (x, f) => {
      const y = tf.conv2d(x, f, 1, 'same');
      return tf.mul(y, tf.sigmoid(y));
    },
    [real(1, 5, 5, 2), real(3, 3, 2, 2)],
    sums,
  ),
  of('conv1d', (x, f) => tf.conv1d(x, f, 1, 'same'), [real(2, 7, 3), real(3, 3, 4)], sums),
  of(
    'conv2dTranspose',
    (x, f) => tf.conv2dTranspose(x, f, [1, 6, 6, 2], 2, 'same'),
    [real(1, 3, 3, 3), real(3, 3, 2, 3)],
    sums,
  ),
  of(
    'depthwiseConv2d',
    (x, f) => tf.depthwiseConv2d(x, f, 1, 'same'),
    [real(2, 5, 6, 3), real(3, 3, 3, 2)],
    sums,
  ),
  of(
    'depthwiseConv2d, strides',
    (x, f) => tf.depthwiseConv2d(x, f, 2, 'valid'),
    [real(2, 6, 7, 2), real(3, 3, 2, 1)],
    sums,
  ),
  of(
    'depthwiseConv2d, dilations',
    (x, f) => tf.depthwiseConv2d(x, f, 1, 'same', 'NHWC', 2),
    [real(1, 7, 7, 2), real(3, 3, 2, 1)],
    flat,
  ),
  of(
    'separableConv2d',
    (x, d, p) => tf.separableConv2d(x, d, p, 1, 'same'),
    [real(1, 5, 5, 2), real(3, 3, 2, 2), real(1, 1, 4, 3)],
    sums,
  ),
  of(
    'fused conv2d',
    (x, filter, bias) =>
      tf.fused.conv2d({ x, filter, bias, strides: 1, pad: 'same', activation: 'relu' }),
    [real(2, 4, 4, 2), real(3, 3, 2, 3), real(3)],
    sums,
  ),
  of(
    'fused depthwiseConv2d',
    (x, filter, bias) =>
      tf.fused.depthwiseConv2d({ x, filter, bias, strides: 1, pad: 'same', activation: 'relu6' }),
    [real(2, 4, 4, 2), real(3, 3, 2, 1), real(2)],
    sums,
  ),
];

export const pooling = [
  of('maxPool', (x) => tf.maxPool(x, 2, 2, 'valid'), [distinct(2, 4, 6, 3)]),
  of('maxPool, overlapping', (x) => tf.maxPool(x, 3, 2, 'same'), [distinct(2, 5, 6, 2)]),
  of('maxPool, first of equals', (x) => tf.maxPool(tf.relu(x), 2, 2, 'valid'), [real(2, 4, 4, 3)]),
  of('maxPool, shared zeros', (x) => tf.maxPool(tf.mul(x, 0), 2, 1, 'same'), [real(1, 4, 4, 2)]),
  of('maxPool, strides that leave a rest', (x) => tf.maxPool(x, 2, 3, 'valid'), [
    distinct(1, 7, 6, 2),
  ]),
  of('avgPool', (x) => tf.avgPool(x, 2, 2, 'valid'), [real(2, 4, 6, 3)]),
  of('avgPool, overlapping', (x) => tf.avgPool(x, [3, 2], 1, 'valid'), [real(2, 5, 6, 2)]),
  of('avgPool, padded', (x) => tf.avgPool(x, 3, 2, 'same'), [real(2, 5, 6, 2)], flat),
  of('pool, dilated', (x) => tf.pool(x, [2, 2], 'max', 'valid', [2, 2]), [distinct(1, 6, 6, 1)]),
  of('global average', (x) => tf.mean(x, [1, 2]), [real(2, 4, 4, 3)]),
];

// Square images and no batch: tfjs mixes up height and width, and batches, in these gradients.
export const resizing = [
  of('resizeNearestNeighbor', (x) => tf.image.resizeNearestNeighbor(x, [6, 8]), [real(1, 4, 4, 2)]),
  of('resizeNearestNeighbor, smaller', (x) => tf.image.resizeNearestNeighbor(x, [2, 3], true), [
    real(1, 6, 6, 2),
  ]),
  of('resizeBilinear', (x) => tf.image.resizeBilinear(x, [5, 7]), [real(2, 4, 4, 2)]),
  of('resizeBilinear, corners', (x) => tf.image.resizeBilinear(x, [2, 3], true), [
    real(1, 6, 6, 2),
  ]),
  of(
    'resizeBilinear, half pixels',
    (x) => tf.image.resizeBilinear(x, [6, 9], false, true),
    [real(1, 3, 4, 2)],
    flat,
  ),
];
