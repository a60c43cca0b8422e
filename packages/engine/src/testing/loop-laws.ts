import * as tf from '@tensorflow/tfjs';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Device, LoopProgram, LoopSpec } from '../devices/device.ts';
import { reference } from '../selftest/case.ts';
import { real, seeded } from '../selftest/inputs.ts';
import type { Tensors } from '../tensor-spec.ts';
import { float32 } from '../tensor-spec.ts';
import { expectClose } from './conformance.ts';
import { LANES, part, rows, spec, start, train } from './loop-net.ts';

const lane = (values: ArrayLike<number>, i: number) => {
  const size = values.length / LANES;
  return Array.from(values).slice(i * size, (i + 1) * size);
};

/** What every device's loops obey; `tolerance` is its rounding, over twenty steps of it. */
export function describeLoopLaws(
  what: string,
  tolerance: number,
  open: () => Promise<Device>,
): void {
  describe(`loops on ${what}`, () => {
    let device: Device;
    let program: LoopProgram;
    beforeAll(async () => {
      device = await open();
      program = await device.compileLoop(spec);
    });
    afterAll(async () => {
      await program?.dispose();
      await device?.close();
    });
    const random = seeded(11);
    const init = start(random);
    const given = rows(random, 20);

    it('agree with eager tfjs, in state and outputs of every type', async () => {
      const expected = await train(await reference.compileLoop(spec), init, given, [20]);
      const actual = await train(program, init, given, [20]);
      for (const [name, values] of Object.entries(expected.reports)) {
        expectClose(
          Float32Array.from(actual.reports[name] ?? []),
          Float32Array.from(values),
          tolerance,
          name,
        );
      }
      expectClose(actual.state.w as Float32Array, expected.state.w as Float32Array, tolerance, 'w');
      expect(actual.state.steps).toEqual(Int32Array.of(60));
      expect(actual.state.odd).toEqual(Uint8Array.of(0, 1));
      expect(actual.state.fixed).toEqual(Float32Array.of(3, Number.NaN));
    });

    it('make the same steps in one call or many, bit by bit', async () => {
      const together = await train(program, init, given, [20]);
      const apart = await train(program, init, given, [1, 1, 0, 16, 2]);
      expect(apart).toEqual(together);
    });

    it('refuse to be asked for steps while others are under way', async () => {
      const run = await program.start(init);
      const first = run.advance(20, given);
      const busy = 'a call of the run is under way (await it)';
      await expect(run.advance(20, given)).rejects.toThrow(busy);
      await expect(run.read()).rejects.toThrow(busy);
      await first;
      expect((await run.read()).steps).toEqual(Int32Array.of(60));
      await run.dispose();
    });

    it('let states have any names, and a rate with more lanes than a product', async () => {
      const named: LoopSpec = {
        state: { v0: float32(3, 8, 2), 'v0:next': float32() },
        constants: { rate: float32(3, 1, 1) },
        perStep: { v1: float32(1, 8, 3), w: float32(1, 3, 2) },
        step: ({ state, constants, perStep }) => {
          const product = tf.matMul(perStep.v1 as tf.Tensor, perStep.w as tf.Tensor);
          const scaled = tf.mul(product, constants.rate as tf.Tensor);
          const next = { v0: scaled, 'v0:next': tf.sum(state.v0 as tf.Tensor) };
          return { state: next as unknown as Tensors, outputs: {} as Tensors };
        },
      };
      const given = { v1: real(1, 8, 3).draw(random), w: real(1, 3, 2).draw(random) };
      const init = {
        state: { v0: real(3, 8, 2).draw(random), 'v0:next': Float32Array.of(0) },
        constants: { rate: Float32Array.of(1, 2, 3) },
      };
      const compiled = await device.compileLoop(named);
      const actual = await train(compiled, init, given, [1]);
      const expected = await train(await reference.compileLoop(named), init, given, [1]);
      for (const name of Object.keys(named.state)) {
        const [a, e] = [actual.state[name], expected.state[name]];
        expectClose(a as Float32Array, e as Float32Array, tolerance, name);
      }
      await compiled.dispose();
    });

    it('make no step when asked for none', async () => {
      const { reports, state } = await train(program, init, part(given, 20, 0, 0), [0]);
      expect(state).toEqual(init.state);
      expect(Object.keys(reports).sort()).toEqual(['again', 'before', 'loss', 'one', 'x']);
      expect(reports.loss).toEqual([]);
    });

    it('leave what they were given as it was, and runs apart from each other', async () => {
      const copy = structuredClone({ init, given });
      const first = await program.start(init);
      const second = await program.start(init);
      await first.advance(20, given);
      expect(await second.read()).toEqual(init.state);
      expect({ init, given }).toEqual(copy);
      await first.dispose();
      await second.dispose();
    });

    it.each([Number.NaN, Number.POSITIVE_INFINITY, -1e38])(
      'keep a lane that holds %d to itself, bit by bit',
      async (poison) => {
        const healthy = await train(program, init, given, [20]);
        const w = Float32Array.from(init.state.w as Float32Array);
        w[20 + 3] = poison;
        const v = Float32Array.from(init.state.v as Float32Array);
        v[5] = poison;
        const sick = await train(program, { ...init, state: { ...init.state, w, v } }, given, [20]);
        for (const i of [0, 2]) {
          expect(lane(sick.state.w as Float32Array, i)).toEqual(
            lane(healthy.state.w as Float32Array, i),
          );
          const losses = (all: readonly number[] = []) => all.filter((_, k) => k % LANES === i);
          expect(losses(sick.reports.loss)).toEqual(losses(healthy.reports.loss));
        }
      },
    );

    it('refuse what does not fit, by name', async () => {
      const run = await program.start(init);
      const without = { ...init.state };
      delete (without as Record<string, unknown>).w;
      await expect(program.start({ ...init, state: without })).rejects.toThrow('missing state: w');
      await expect(program.start({ ...init, constants: {} })).rejects.toThrow(
        'missing constant: rate',
      );
      await expect(
        program.start({ ...init, state: { ...init.state, w: new Float32Array(7) } }),
      ).rejects.toThrow('state w has 7 values (60, shape [3,4,5])');
      await expect(
        program.start({ ...init, state: { ...init.state, steps: Float32Array.of(1) } }),
      ).rejects.toThrow('state steps is a Float32Array (a Int32Array)');
      await expect(run.advance(2, given)).rejects.toThrow(
        'per-step input x has 480 values (48, shape [2,1,6,4])',
      );
      await expect(
        run.advance(1, { ...part(given, 20, 0, 1), z: given.x as Float32Array }),
      ).rejects.toThrow('unknown per-step input: z (one of x, y)');
      await expect(run.advance(-1, given)).rejects.toThrow(
        'unknown number of steps: -1 (a whole number from 0)',
      );
      // And go on after each refusal.
      await run.advance(20, given);
      await run.dispose();
    });

    it('refuse to go on after their end', async () => {
      const run = await program.start(init);
      await run.dispose();
      await run.dispose();
      await expect(run.advance(20, given)).rejects.toThrow('the run is disposed');
      await expect(run.read()).rejects.toThrow('the run is disposed');
      const other = await device.compileLoop(spec);
      const orphan = await other.start(init);
      await other.dispose();
      await other.dispose();
      await expect(orphan.advance(20, given)).rejects.toThrow('the program is disposed');
    });

    it('refuse a step that leaves out its state or changes it', async () => {
      const faulty = (state: (s: Tensors) => Record<string, unknown>): LoopSpec => ({
        state: { w: float32(2, 3) },
        constants: {},
        perStep: {},
        step: ({ state: s }) => ({ state: state(s) as Tensors, outputs: {} as Tensors }),
      });
      await expect(device.compileLoop(faulty(() => ({})))).rejects.toThrow(
        'the step leaves out the state w',
      );
      await expect(
        device.compileLoop(faulty(({ w }) => ({ w: tf.sum(w as tf.Tensor, 0) }))),
      ).rejects.toThrow('the step makes the state w float32 [3] (float32 [2,3])');
    });
  });
}
