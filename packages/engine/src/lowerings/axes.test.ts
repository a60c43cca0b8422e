import * as tf from '@tensorflow/tfjs';
import { describe, expect, it } from 'vitest';
import { openCpu } from '../devices/onnx-kinds.ts';
import type { Tensors } from '../tensor-spec.ts';
import { float32 } from '../tensor-spec.ts';
import { axesOf, axisOf } from './axes.ts';

describe('axes', () => {
  it('counted from the end are those counted from the start', () => {
    for (const axis of [0, 1, 2]) expect(axisOf(axis - 3, 3)).toBe(axisOf(axis, 3));
    expect(axesOf([-1, 0], 3)).toEqual([0, 2]);
  });

  it('are all axes where none is named', () => {
    expect(axesOf(undefined, 3)).toEqual([0, 1, 2]);
    expect(axesOf(undefined, 0)).toEqual([]);
  });

  it.each([
    ['reverse', 2, (x: tf.Tensor) => tf.reverse(x, 2)],
    ['cumprod', -3, (x: tf.Tensor) => tf.cumprod(x, -3)],
    ['cumsum', 2, (x: tf.Tensor) => tf.cumsum(x, 2)],
    ['gather', 5, (x: tf.Tensor) => tf.gather(x, tf.tensor1d([0], 'int32'), 5)],
    ['concat', 2, (x: tf.Tensor) => tf.concat([x, x], 2)],
    ['sum', 2, (x: tf.Tensor) => tf.sum(x, 2)],
  ])('that a tensor has not are told of as it is traced: %s', async (_, axis, of) => {
    const compile = openCpu().compile({
      inputs: { x: float32(2, 3) },
      call: ({ x }) => ({ y: of(x as tf.Tensor) }) as unknown as Tensors,
    });
    await expect(compile).rejects.toThrow(`unknown axis: ${axis} (−2 to 1)`);
  });

  it('of an inserted one are those of the result', async () => {
    const compile = (axis: number) =>
      openCpu().compile({
        inputs: { x: float32(2, 3) },
        call: ({ x }) =>
          ({ y: tf.stack([x as tf.Tensor, x as tf.Tensor], axis) }) as unknown as Tensors,
      });
    await (await compile(-3)).dispose();
    await expect(compile(-4)).rejects.toThrow('unknown axis: -4 (−3 to 2)');
  });
});
