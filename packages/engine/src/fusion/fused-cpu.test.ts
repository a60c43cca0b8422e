import * as tf from '@tensorflow/tfjs';
import { describe, expect, it } from 'vitest';
import type { Device, LoopSpec } from '../devices/device.ts';
import { hostProgram } from '../devices/host-program.ts';
import { openCpu, SESSIONS } from '../devices/onnx-kinds.ts';
import { reference } from '../selftest/case.ts';
import { real, seeded } from '../selftest/inputs.ts';
import { nets } from '../selftest/nets.ts';
import type { Arrays, Tensors } from '../tensor-spec.ts';
import { float32 } from '../tensor-spec.ts';
import { describeLoopLaws } from '../testing/loop-laws.ts';
import { traceStep } from '../traced-step.ts';
import { isWorthFusing, planUpdate } from './plan-update.ts';

const settings = { target: 'cpu', session: SESSIONS.cpu } as const;
const device = (fuses: () => boolean): Device => ({
  ...openCpu(),
  compileLoop: (spec) => hostProgram(spec, settings, { fuses }),
});
const fused = device(() => true);
const looped = device(() => false);

interface Run {
  readonly spec: LoopSpec;
  readonly state: Arrays;
  readonly constants: Arrays;
}

async function advanced(on: Device, { spec, state, constants }: Run, steps: number, rows: Arrays) {
  const program = await on.compileLoop(spec);
  const run = await program.start({ state, constants });
  const outputs = await run.advance(steps, rows);
  const after = await run.read();
  await run.dispose();
  await program.dispose();
  return { outputs, state: after };
}

const step =
  (update: (state: Record<string, tf.Tensor>, rate: tf.Tensor) => object): LoopSpec['step'] =>
  ({ state, constants }) => ({
    state: update({ ...state }, constants.rate as tf.Tensor) as Tensors,
    // Something for the session to do.
    outputs: { negative: tf.neg(constants.rate as tf.Tensor) } as unknown as Tensors,
  });

describeLoopLaws('cpu, updates fused', 2e-5, async () => fused);

describe('a fused update', () => {
  it.each(nets.map((make) => make(seeded(5))))('has the bits of the loop: $name', async (net) => {
    const rows = net.perStep(12);
    expect(await advanced(fused, net, 12, rows)).toEqual(await advanced(looped, net, 12, rows));
  });

  // Seven elements a lane: one vector and three by themselves.
  const shape = float32(3, 1, 7);
  const random = seeded(8);
  const draw = () => real(3, 1, 7).draw(random);
  const constants = { rate: Float32Array.of(0.5, -2, 3) };
  const cases: readonly (readonly [string, LoopSpec['step']])[] = [
    ['states that change places', step(({ a, b }) => ({ a: b, b: a }))],
    [
      'states that read each other',
      step(({ a, b }, rate) => ({
        a: tf.sub(a as tf.Tensor, tf.mul(b as tf.Tensor, rate)),
        b: tf.div(a as tf.Tensor, tf.add(tf.sqrt(tf.abs(b as tf.Tensor)), rate)),
      })),
    ],
    [
      'operands that must be broadcast, and operations of no kernel',
      step(({ a, b }, rate) => ({
        a: tf.mul(a as tf.Tensor, tf.sum(b as tf.Tensor, 2, true)),
        b: tf.add(tf.neg(tf.tanh(a as tf.Tensor)), tf.sum(rate)),
      })),
    ],
    [
      'a state that is left alone, and one that is forgotten',
      step(({ a }) => ({ a, b: tf.zeros([3, 1, 7]) })),
    ],
  ];
  it.each(cases)('has the bits of the loop: %s', async (_, update) => {
    const run: Run = {
      spec: {
        state: { a: shape, b: shape },
        constants: { rate: float32(3, 1, 1) },
        perStep: {},
        step: update,
      },
      state: { a: draw(), b: draw() },
      constants,
    };
    const [one, two] = [await advanced(fused, run, 3, {}), await advanced(looped, run, 3, {})];
    expect(one).toEqual(two);
    expect(one.state).not.toEqual(run.state);
  });

  it('reads the numbers of this step where another state of other shape makes the next ones', async () => {
    const run: Run = {
      spec: {
        state: { scale: float32(3, 1, 1), a: shape },
        constants: { rate: float32(3, 1, 1) },
        perStep: {},
        step: step(({ scale, a }, rate) => ({
          scale: tf.mul(scale as tf.Tensor, rate),
          a: tf.add(tf.mul(a as tf.Tensor, scale as tf.Tensor), 1),
        })),
      },
      state: { scale: Float32Array.of(1, 2, 3), a: draw() },
      constants,
    };
    const expected = await advanced(reference, run, 2, {});
    expect(await advanced(fused, run, 2, {})).toEqual(expected);
  });

  it('hands no array over: a step of it allocates less than one gradient', async () => {
    const large = float32(1, 256, 256);
    const run: Run = {
      spec: {
        state: { a: large },
        constants: { rate: float32(1, 1, 1) },
        perStep: {},
        step: step(({ a }, rate) => ({
          a: tf.sub(a as tf.Tensor, tf.mul(tf.matMul(a as tf.Tensor, a as tf.Tensor), rate)),
        })),
      },
      state: { a: real(1, 256, 256).draw(random) },
      constants: { rate: Float32Array.of(1e-3) },
    };
    const program = await fused.compileLoop(run.spec);
    const { advance, dispose } = await program.start(run);
    await advance(1, {});
    const before = process.memoryUsage().arrayBuffers;
    await advance(8, {});
    // Garbage could only make it smaller; eight gradients are 2 MB, which no collection waits for.
    expect(process.memoryUsage().arrayBuffers - before).toBeLessThan(4 * 256 * 256);
    await dispose();
    await program.dispose();
  });

  const square = (size: number) => float32(1, size, size);
  const pays = (states: LoopSpec['state'], update: LoopSpec['step']) => {
    const spec = {
      state: states,
      constants: { rate: float32(1, 1, 1) },
      perStep: {},
      step: update,
    };
    return isWorthFusing(planUpdate(traceStep(spec)));
  };
  const gradient = (a: tf.Tensor | undefined) => tf.exp(a as tf.Tensor);
  const descent = (a: tf.Tensor | undefined, rate: tf.Tensor) =>
    tf.sub(a as tf.Tensor, tf.mul(gradient(a), rate));
  const scaled = (a: tf.Tensor | undefined, b: tf.Tensor | undefined, rate: tf.Tensor) => {
    const squares = tf.add(tf.mul(b as tf.Tensor, rate), tf.square(gradient(a)));
    const direction = tf.div(gradient(a), tf.add(tf.sqrt(squares), rate));
    return { a: tf.sub(a as tf.Tensor, tf.mul(direction, rate)), b: squares };
  };

  it('pays for an optimizer of many passes, and not for plain descent', () => {
    const large = { a: square(512), b: square(512) };
    expect(
      pays(
        large,
        step(({ a, b }, rate) => ({ a: descent(a, rate), b })),
      ),
    ).toBe(false);
    expect(
      pays(
        large,
        step(({ a, b }, rate) => scaled(a, b, rate)),
      ),
    ).toBe(true);
  });

  it('pays for many small tensors likewise, each of which is handed to and fro', () => {
    const places = Array.from({ length: 64 }, (_, i) => i);
    const small = Object.fromEntries(
      places.flatMap((i) => [`a${i}`, `b${i}`]).map((name) => [name, square(32)]),
    );
    const each = (update: (a?: tf.Tensor, b?: tf.Tensor, rate?: tf.Tensor) => object) =>
      step((state, rate) =>
        Object.fromEntries(
          places.flatMap((i) => {
            const next = Object.entries(update(state[`a${i}`], state[`b${i}`], rate));
            return next.map(([name, value]) => [name + i, value] as const);
          }),
        ),
      );
    expect(
      pays(
        small,
        each((a, b, rate) => ({ a: descent(a, rate as tf.Tensor), b })),
      ),
    ).toBe(false);
    expect(
      pays(
        small,
        each((a, b, rate) => scaled(a, b, rate as tf.Tensor)),
      ),
    ).toBe(true);
  });
});
