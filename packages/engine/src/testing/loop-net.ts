import * as tf from '@tensorflow/tfjs';
import type { LoopProgram, LoopSpec } from '../devices/device.ts';
import type { Random } from '../selftest/inputs.ts';
import { real } from '../selftest/inputs.ts';
import type { Arrays, Tensors } from '../tensor-spec.ts';
import { float32, int32 } from '../tensor-spec.ts';

export const LANES = 3;

/** Gradient descent on a small net by lanes, with state and outputs of every type beside it. */
export const spec: LoopSpec = {
  state: {
    w: float32(LANES, 4, 5),
    v: float32(LANES, 5, 1),
    fixed: float32(2),
    steps: int32(),
    odd: { shape: [2], dtype: 'bool' },
  },
  constants: { rate: float32(LANES, 1, 1) },
  perStep: { x: float32(1, 6, 4), y: float32(1, 6, 1) },
  step({ state, constants, perStep }) {
    const { w, v, fixed, steps, odd } = state as Required<Tensors>;
    const { x, y } = perStep as Required<Tensors>;
    const { value, grads } = tf.valueAndGrads((w: tf.Tensor, v: tf.Tensor) =>
      tf.mean(
        tf.square(tf.sub(tf.matMul(tf.tanh(tf.matMul(x as tf.Tensor, w)), v), y as tf.Tensor)),
        [1, 2],
      ),
    )([w as tf.Tensor, v as tf.Tensor]);
    const moved = (p: tf.Tensor, i: number) =>
      tf.sub(p, tf.mul(grads[i] as tf.Tensor, constants.rate as tf.Tensor));
    return {
      state: {
        w: moved(w as tf.Tensor, 0),
        v: moved(v as tf.Tensor, 1),
        fixed,
        steps: tf.add(steps as tf.Tensor, tf.scalar(1, 'int32')),
        odd: tf.logicalNot(odd as tf.Tensor),
      } as unknown as Tensors,
      outputs: {
        loss: value,
        again: value,
        before: steps,
        x,
        one: tf.ones([2]),
      } as unknown as Tensors,
    };
  },
};

/** What a run starts from. */
export interface Start {
  readonly state: Arrays;
  readonly constants: Arrays;
}

/** A start at random. */
export function start(random: Random): Start {
  return {
    state: {
      w: real(LANES, 4, 5).draw(random),
      v: real(LANES, 5, 1).draw(random),
      fixed: Float32Array.of(3, Number.NaN),
      steps: Int32Array.of(40),
      odd: Uint8Array.of(0, 1),
    },
    constants: { rate: Float32Array.of(0.05, 0.1, 0.2) },
  };
}

/** Per-step inputs of some steps. */
export const rows = (random: Random, steps: number): Arrays => ({
  x: real(steps, 6, 4).draw(random),
  y: real(steps, 6, 1).draw(random),
});

/** The steps from `from` to before `to` of arrays that hold `steps`. */
export const part = (arrays: Arrays, steps: number, from: number, to: number): Arrays =>
  Object.fromEntries(
    Object.entries(arrays).map(([name, all]) => {
      const size = all.length / steps;
      return [name, all.slice(from * size, to * size)];
    }),
  );

/** Trains in calls of given lengths; losses one after another, and the state in the end. */
export async function train(
  program: LoopProgram,
  from: Start,
  given: Arrays,
  calls: readonly number[],
) {
  const steps = calls.reduce((a, b) => a + b, 0);
  const run = await program.start(from);
  const reports: Record<string, number[]> = {};
  let done = 0;
  for (const call of calls) {
    const outputs = await run.advance(call, part(given, steps, done, done + call));
    for (const [name, values] of Object.entries(outputs)) {
      reports[name] = [...(reports[name] ?? []), ...values];
    }
    done += call;
  }
  const state = await run.read();
  await run.dispose();
  return { reports, state };
}
