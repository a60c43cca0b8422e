import * as tf from '@tensorflow/tfjs';
import { expect, it } from 'vitest';
import { openCpu } from '../devices/onnx-kinds.ts';
import { real, seeded } from '../selftest/inputs.ts';
import type { Tensors } from '../tensor-spec.ts';
import { float32 } from '../tensor-spec.ts';
import { expectClose } from '../testing/conformance.ts';

// Not held to tfjs' cpu backend, which divides by the window's full size at the borders.
it('the gradient of an average pool with padding is its derivative', async () => {
  const pool = (x: tf.Tensor) => tf.avgPool(x as tf.Tensor4D, 3, 2, 'same');
  const program = await openCpu().compile({
    inputs: { x: float32(1, 5, 6, 2), dy: float32(1, 3, 3, 2) },
    call: ({ x, dy }) =>
      ({
        y: tf.sum(tf.mul(pool(x as tf.Tensor), dy as tf.Tensor)),
        dx: tf.grad(pool)(x as tf.Tensor, dy as tf.Tensor),
      }) as unknown as Tensors,
  });
  const random = seeded(5);
  const x = real(1, 5, 6, 2).draw(random) as Float32Array;
  const dy = real(1, 3, 3, 2).draw(random);
  const { y, dx } = await program.run({ x, dy });
  // The pool is linear, so that a difference over a whole unit is the derivative but for rounding.
  const differences = new Float32Array(x.length);
  for (let i = 0; i < x.length; i++) {
    const moved = Float32Array.from(x, (v, k) => (k === i ? v + 1 : v));
    const { y: after } = await program.run({ x: moved, dy });
    differences[i] = (after?.[0] as number) - (y?.[0] as number);
  }
  expectClose(dx as Float32Array, differences, 1e-5);
  // All that a window gives away arrives.
  const total = (values: ArrayLike<number>) => Array.from(values).reduce((a, b) => a + b, 0);
  expect(total(dx as Float32Array)).toBeCloseTo(total(dy), 4);
  await program.dispose();
});
