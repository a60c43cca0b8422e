import * as tf from '@tensorflow/tfjs';
import { beforeAll, describe, expect, it } from 'vitest';
import { normals } from '../testing/normals.ts';
import { convolve } from './convolution.ts';
import { averageSquares, type WindowOrder, windowsOf } from './pixel-grid.ts';

beforeAll(async () => {
  await tf.setBackend('cpu');
});

const [lanes, batch, side, channels, width] = [2, 3, 5, 2, 4];
const h = () =>
  tf.tensor3d(normals('h', lanes * batch * side ** 2 * channels), [
    ...([lanes, batch * side ** 2, channels] as const),
  ]);
const weight = () =>
  tf.tensor3d(normals('w', lanes * 9 * channels * width), [lanes, 9 * channels, width]);
const close = (one: tf.Tensor, other: tf.Tensor) => {
  const expected = other.dataSync();
  expect(one.shape).toEqual(other.shape);
  one.dataSync().forEach((value, i) => {
    expect(value).toBeCloseTo(expected[i] ?? Number.NaN, 4);
  });
};

/** tfjs' own convolution, lane by lane. */
const reference = (x: tf.Tensor, w: tf.Tensor): tf.Tensor =>
  tf.concat(
    Array.from({ length: lanes }, (_, lane) => {
      const images = tf.reshape(tf.slice(x, [lane, 0, 0], [1, batch * side ** 2, channels]), [
        ...([batch, side, side, channels] as const),
      ]) as tf.Tensor4D;
      const kernel = tf.reshape(tf.slice(w, [lane, 0, 0], [1, 9 * channels, width]), [
        ...([3, 3, channels, width] as const),
      ]) as tf.Tensor4D;
      return tf.reshape(tf.conv2d(images, kernel, 1, 'same'), [1, batch * side ** 2, width]);
    }),
    0,
  );

describe('convolution by lane', () => {
  it('is tfjs’ convolution of every lane, value and gradients', () => {
    close(convolve(h(), weight(), { side }), reference(h(), weight()));
    const slopes = (f: (x: tf.Tensor, w: tf.Tensor) => tf.Tensor) =>
      tf.grads((x, w) => tf.sum(tf.sin(f(x as tf.Tensor, w as tf.Tensor))))([h(), weight()]);
    const own = slopes((x, w) => convolve(x, w, { side }));
    slopes(reference).forEach((expected, i) => {
      close(own[i] as tf.Tensor, expected);
    });
  });

  it('mirrored windows hold the same pixels in the opposite order', () => {
    const taps = (order: WindowOrder) =>
      tf.reshape(windowsOf(h(), { side, order }), [lanes * batch * side ** 2, 9, channels]);
    close(taps('mirrored'), tf.reverse(taps('by-rows'), 1));
  });
});

it('averages squares of pixels, and leaves out what is no whole square', () => {
  const images = tf.reshape(h(), [lanes * batch, side, side, channels]) as tf.Tensor4D;
  const pooled = averageSquares(h(), { side, size: 2 });
  close(tf.reshape(pooled, [lanes * batch, 2, 2, channels]), tf.avgPool(images, 2, 2, 'valid'));
  const whole = averageSquares(h(), { side, size: side });
  close(tf.reshape(whole, [lanes * batch, channels]), tf.mean(images, [1, 2]));
});
