import * as tf from '@tensorflow/tfjs';
import { flat, of } from '../case.ts';
import { distinct, flag, index, positive, real, whole } from '../inputs.ts';

export const shape = [
  of('reshape', (x) => tf.reshape(x, [4, -1]), [real(2, 3, 4)]),
  of('expandDims and squeeze', (x) => tf.squeeze(tf.expandDims(x, -1), [0]), [real(1, 4)]),
  of('transpose', (x) => tf.transpose(x, [2, 0, 1]), [real(2, 3, 4)]),
  of('transpose of booleans', (x) => tf.transpose(x), [flag(3, 5)]),
  of('broadcastTo', (x) => tf.broadcastTo(x, [2, 3, 4]), [real(3, 1)]),
  of('tile', (x) => tf.tile(x, [2, 3]), [real(2, 3)]),
  of('tile of single elements', (x) => tf.tile(x, [1, 3, 2]), [real(2, 1, 1)]),
  of('slice', (x) => tf.slice(x, [1, 0, 2], [1, -1, 2]), [real(3, 4, 5)]),
  of('slice int32', (x) => tf.slice(x, [1, 1], [2, 2]), [whole(0, 9)(3, 4)]),
  of('slice of the first axis', (x) => tf.slice(x, [1], [2]), [real(4, 3)]),
  of('stridedSlice', (x) => tf.stridedSlice(x, [0, 1], [3, 5], [2, 3]), [real(3, 6)], flat),
  of(
    'stridedSlice backwards',
    (x) => tf.stridedSlice(x, [2, 4], [-4, 0], [-1, -2]),
    [real(3, 6)],
    flat,
  ),
  of(
    'stridedSlice, an axis dropped',
    (x) => tf.stridedSlice(x, [1, 1], [2, 5], [1, 1], 0, 0, 0, 0, 1),
    [real(3, 6)],
    flat,
  ),
  of('concat', (a, b) => tf.concat([a, b], 1), [real(2, 3), real(2, 4)]),
  of('concat int32', (a, b) => tf.concat([a, b], 0), [whole(0, 9)(2, 3), whole(0, 9)(1, 3)]),
  of('stack', (a, b) => tf.stack([a, b], 1), [real(2, 3), real(2, 3)]),
  of('unstack', (x) => tf.unstack(x, 1), [real(2, 3, 4)]),
  of('split', (x) => tf.split(x, 3, 1), [real(2, 6)]),
  of('split by sizes', (x) => tf.split(x, [1, -1, 2], 1), [real(2, 6)]),
  of(
    'pad',
    (x) =>
      tf.pad(
        x,
        [
          [1, 2],
          [0, 1],
        ],
        0.5,
      ),
    [real(2, 3)],
  ),
  of('pad int32', (x) => tf.pad(x, [[1, 0]], 7), [whole(0, 9)(4)]),
  of(
    'mirrorPad, reflect',
    (x) =>
      tf.mirrorPad(
        x,
        [
          [1, 2],
          [2, 0],
        ],
        'reflect',
      ),
    [real(3, 4)],
  ),
  of(
    'mirrorPad, symmetric',
    (x) =>
      tf.mirrorPad(
        x,
        [
          [1, 2],
          [2, 0],
        ],
        'symmetric',
      ),
    [real(3, 4)],
  ),
  of('reverse', (x) => tf.reverse(x, [0, -1]), [real(2, 3, 4)]),
  of(
    'spaceToBatchND',
    (x) =>
      tf.spaceToBatchND(
        x,
        [2, 2],
        [
          [0, 1],
          [1, 0],
        ],
      ),
    [real(1, 3, 3, 2)],
  ),
  of(
    'batchToSpaceND',
    (x) =>
      tf.batchToSpaceND(
        x,
        [2, 2],
        [
          [0, 1],
          [1, 0],
        ],
      ),
    [real(4, 2, 2, 2)],
  ),
  of('depthToSpace', (x) => tf.depthToSpace(x, 2), [real(1, 2, 3, 8)], flat),
];

export const indexing = [
  of('gather', (x, i) => tf.gather(x, i), [real(5, 3), index(5)(4)]),
  of('gather along an axis', (x, i) => tf.gather(x, i, 1), [real(2, 5, 3), index(5)(4)]),
  of('gather by a matrix', (x, i) => tf.gather(x, i, 1), [real(2, 5, 3), index(5)(2, 4)]),
  of('gather of int32', (x, i) => tf.gather(x, i), [whole(0, 99)(6), index(6)(9)]),
  of('gather by batch', (x, i) => tf.gather(x, i, 1, 1), [real(3, 5, 2), index(5)(3, 4)]),
  of(
    'gather by batch, later axis',
    (x, i) => tf.gather(x, i, 2, 1),
    [real(3, 2, 5, 2), index(5)(3, 4)],
    flat,
  ),
  of('unsortedSegmentSum', (x, i) => tf.unsortedSegmentSum(x, i, 4), [real(6, 3), index(4)(6)]),
  of(
    'unsortedSegmentSum drops strays',
    (x, i) => tf.unsortedSegmentSum(x, i, 3),
    [real(9, 2), whole(-2, 6)(9)],
    flat,
  ),
  of('gatherND', (x, i) => tf.gatherND(x, i), [real(3, 4, 2), index(3)(5, 2)], flat),
  of('scatterND', (i, x) => tf.scatterND(i, x, [4, 2]), [index(4)(6, 1), real(6, 2)], flat),
  of(
    'tensorScatterUpdate',
    (x, i, u) => tf.tensorScatterUpdate(x, tf.mul(i, tf.tensor2d([[0], [1]], [2, 1], 'int32')), u),
    [real(5, 2), whole(1, 5)(2, 1), real(2, 2)],
    flat,
  ),
  of('oneHot', (i) => tf.oneHot(i, 4), [whole(-1, 6)(3, 2)]),
  of('oneHot, other values', (i) => tf.oneHot(i, 4, 2.5, -1), [index(4)(5)]),
  of('oneHot int32', (i) => tf.oneHot(i, 3, 1, 0, 'int32'), [index(3)(5)]),
  of(
    'topk',
    (x) => {
      const { values, indices } = tf.topk(x, 2);
      return [values, indices];
    },
    [distinct(3, 5)],
    flat,
  ),
  of('cumsum', (x) => tf.cumsum(x, 1), [real(2, 5)]),
  of('cumsum, exclusive and reverse', (x) => tf.cumsum(x, 1, true, true), [real(2, 5)]),
  // tfjs transposes the gradient by an early axis once too often.
  of('cumsum of an early axis', (x) => tf.cumsum(x, 0, true), [real(4, 3)], flat),
  of('cumsum int32', (x) => tf.cumsum(x, 0), [whole(0, 5)(6)]),
  of('cumprod', (x) => tf.cumprod(x, 1), [positive(2, 5)], flat),
  of('cumprod, exclusive and reverse', (x) => tf.cumprod(x, 0, true, true), [positive(6)], flat),
  of('range', (x) => tf.add(x, tf.range(1, 9, 2)), [real(4)]),
  of('range downwards', (x) => tf.add(x, tf.range(4, 0)), [real(4)]),
  of('linspace', (x) => tf.mul(x, tf.linspace(-1, 1, 5)), [real(5)]),
  of('diag', (x) => tf.diag(x), [real(4)], flat),
  of('eye', (x) => tf.matMul(x, tf.eye(3)), [real(2, 3)]),
  of('fill', (x) => tf.add(x, tf.fill([2, 3], 0.25)), [real(3)]),
  of('bincount', (x, w) => tf.bincount(x, w, 4), [index(4)(9), real(9)], flat),
];
