import { type Device, float32 } from '@hyperlaw/engine';
import * as tf from '@tensorflow/tfjs';

/** What a device does at its best: no training step can take less than its operations and bytes at these rates. */
export interface Floors {
  readonly flopsPerSecond: number;
  readonly bytesPerSecond: number;
}

/** Extents of square products; the best of them counts. */
const PRODUCTS = [256, 1024, 4096];

/** Numbers of an array whose passes are timed: beyond every cache. */
const ARRAY = 16 * 2 ** 20;

/** Seconds that one measurement lasts at least. */
const SECONDS = 0.3;

/** Measures a device's best rates on products and on passes over memory. */
export async function measureFloors(
  device: Device,
  now: () => number,
  { quick = false } = {},
): Promise<Floors> {
  let flopsPerSecond = 0;
  for (const size of quick ? PRODUCTS.slice(0, 1) : PRODUCTS) {
    const rate = await ratePerSecond(device, now, [size, size], (a, b) => tf.matMul(a, b));
    flopsPerSecond = Math.max(flopsPerSecond, 2 * size ** 3 * rate);
    // A device that needs a second for this one would need minutes for the next.
    if (rate < 64) break;
  }
  const length = quick ? ARRAY / 16 : ARRAY;
  const passes = await ratePerSecond(device, now, [length], (a, b) => tf.add(a, b));
  // Two arrays are read and one is written.
  return { flopsPerSecond, bytesPerSecond: 3 * 4 * length * passes };
}

/** How often a second a device makes a = f(a, b), with `b` such that products neither grow nor vanish. */
async function ratePerSecond(
  device: Device,
  now: () => number,
  shape: readonly number[],
  step: (a: tf.Tensor, b: tf.Tensor) => tf.Tensor,
): Promise<number> {
  const [size = 1] = shape;
  const program = await device.compileLoop({
    state: { a: float32(...shape) },
    constants: { b: float32(...shape) },
    perStep: { unused: float32(1) },
    step: ({ state, constants }) => ({
      state: { a: step(state.a as tf.Tensor, constants.b as tf.Tensor) },
      outputs: {},
    }),
  });
  const b = new Float32Array(shape.reduce((all, one) => all * one, 1));
  if (shape.length === 2) {
    // A reflection: dense, and of norm 1.
    b.fill(-2 / size);
    for (let i = 0; i < size; i++) b[i * size + i] = 1 - 2 / size;
  }
  const run = await program.start({ state: { a: b }, constants: { b } });
  try {
    // The state is read so that the device has done what it was told.
    const seconds = async (steps: number) => {
      const start = now();
      await run.advance(steps, { unused: new Float32Array(steps) });
      await run.read();
      return now() - start;
    };
    await seconds(1);
    let steps = 1;
    let took = await seconds(steps);
    while (took < SECONDS && steps < 2 ** 16) {
      steps *= 4;
      took = await seconds(steps);
    }
    return steps / took;
  } finally {
    await run.dispose();
    await program.dispose();
  }
}
