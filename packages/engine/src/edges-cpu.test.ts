import * as tf from '@tensorflow/tfjs';
import { describe, expect, it } from 'vitest';
import { openCpu } from './devices/onnx-kinds.ts';
import { type Case, expectedOf, faultsOf, flat, of, runCases } from './selftest/case.ts';
import { exactly, type Input, real } from './selftest/inputs.ts';
import { tolerancesOf } from './selftest/tolerances.ts';
import type { Tensors } from './tensor-spec.ts';
import { float32 } from './tensor-spec.ts';

const LEAST = -(2 ** 31);

/** Given whole numbers. */
const whole = (...values: number[]): Input => ({
  spec: { shape: [values.length], dtype: 'int32' },
  draw: () => Int32Array.from(values),
});
const flags = (...values: number[]): Input => ({
  spec: { shape: [values.length], dtype: 'bool' },
  draw: () => Uint8Array.from(values),
});

const outside = tf.tensor1d([1, 2, 3, 4, 5, 6]);
const counts = tf.tensor1d([1, 2, 3], 'int32');

/** Where numbers, shapes and types are at the end of what they can be. */
const edges: readonly Case[] = [
  of('floorDiv of the least number', tf.floorDiv, [whole(LEAST, LEAST, 7, 5), whole(-1, 3, -2, 0)]),
  of('floorDiv by −1', (x) => tf.floorDiv(x, tf.scalar(-1, 'int32')), [whole(LEAST, 3)]),
  of('mod of the least number', tf.mod, [whole(LEAST, LEAST, -7), whole(-1, 3, 3)]),
  of('mod by −1', (x) => tf.mod(x, tf.scalar(-1, 'int32')), [whole(LEAST, 3)]),
  of('atan2 below zero', tf.atan2, [exactly(-1, 1, 0), exactly(-0, -0, -1)], flat),
  of(
    'div by a number without a reciprocal',
    (x) => tf.div(x, 2 ** -140),
    [exactly(2 ** -140, 0)],
    flat,
  ),
  of('scaled twice, the first time broadcast', (x) => tf.mul(tf.mul(x, tf.fill([5], 2)), 3), [
    real(1),
  ]),
  of('clip int32 without a bound', (x) => tf.clipByValue(x, -Infinity, 5), [whole(-3, 4, 9)], flat),
  of('clip int32 above', (x) => tf.clipByValue(x, 0.5, Infinity), [whole(-3, 4, 9)], flat),
  of('a strided slice of nothing', (x) => tf.stridedSlice(x, [0], [0], [3]), [real(5)], flat),
  of('reverse of every axis', (x) => tf.reverse(x), [real(2, 3)]),
  of('reverse of a number', (x) => tf.reverse(x), [real()]),
  of('expandDims of nothing', (x) => tf.expandDims(x, 1), [real(3, 0)], flat),
  of('sum of nothing', (x) => tf.sum(x), [real(0)], flat),
  of('prod of nothing', (x) => tf.prod(x), [real(0)], flat),
  of('sum of rows of nothing', (x) => tf.sum(x, 1), [real(2, 0)], flat),
  of('topk of nothing', (x) => tf.topk(x, 1).values, [real(0, 2)], flat),
  of('where of flags', tf.where, [flags(1, 0, 1), flags(1, 1, 0), flags(0, 0, 1)], flat),
  of('fill of int32', (x) => tf.mul(tf.fill([2], 1.5, 'int32'), x), [whole(2, 3)], flat),
  of('sum of a fill of int32', (x) => tf.add(tf.sum(tf.fill([1000], 16777217, 'int32')), x), [
    whole(0),
  ]),
  of(
    'both zeros',
    (x) => tf.div(x, tf.concat([tf.tensor1d([0, 1]), tf.tensor1d([-0, 1])])),
    [exactly(1, 1, 1, 1)],
    flat,
  ),
  of('one tensor in two shapes', (x) => [tf.mul(outside, x), tf.mul(outside.reshape([2, 3]), x)], [
    real(),
  ]),
  of(
    'one tensor of two types',
    (x) =>
      tf.mul(x, tf.add(tf.cast(counts, 'float32'), tf.cast(tf.mul(counts, counts), 'float32'))),
    [real(3)],
  ),
  of('exp int32', tf.exp, [whole(-1, 0, 2)], flat),
  of('round int32', tf.round, [whole(-1, 0, 2)], flat),
  of('logSumExp int32', (x) => tf.logSumExp(x), [whole(-1, 0, 2)], {
    by: [],
    precision: 'approximate',
  }),
  of(
    'matMul int32',
    (x) => tf.matMul(tf.reshape(x, [2, 2]), tf.reshape(x, [2, 2])),
    [whole(1, 2, 3, 4)],
    flat,
  ),
];

describe('names', () => {
  it('may be those that values have inside', async () => {
    const names = ['v0', 'v1', 'v2', 'v3', 'v4'];
    const program = await openCpu().compile({
      inputs: Object.fromEntries(names.map((name) => [name, float32(2)])),
      call: ({ v0, v1, v2, v3, v4 }) =>
        ({
          v1: tf.addN([v0, v1, v2, v3, v4].map((v) => tf.exp(v as tf.Tensor))),
        }) as unknown as Tensors,
    });
    const zeros = Object.fromEntries(names.map((name) => [name, new Float32Array(2)]));
    expect(await program.run(zeros)).toEqual({ v1: Float32Array.of(5, 5) });
    await program.dispose();
  });
});

describe('at the edges', () => {
  // One by one, since some would end the process.
  it.each(edges)('$name', async (test) => {
    const device = openCpu();
    const actual = await runCases(device, [test]);
    expect(faultsOf(test, actual, await expectedOf([test]), tolerancesOf('cpu'))).toEqual([]);
  });
});
