import * as tf from '@tensorflow/tfjs';
import { describe, expect, it } from 'vitest';
import { reference } from './selftest/case.ts';
import { seeded } from './selftest/inputs.ts';
import { mlp } from './selftest/nets.ts';
import { describeLoopLaws } from './testing/loop-laws.ts';

// The device of `tensorflow`, on another backend.
describeLoopLaws('eager tfjs', 0, async () => reference);

describe('eager loops', () => {
  it('leave no tensor behind', async () => {
    const net = mlp(seeded(1));
    const { numTensors } = tf.memory();
    const program = await reference.compileLoop(net.spec);
    const run = await program.start(net);
    await run.advance(3, net.perStep(3));
    await run.read();
    await run.dispose();
    await program.dispose();
    expect(tf.memory().numTensors).toBe(numTensors);
  });

  it('leave the current backend as it was', async () => {
    expect(tf.getBackend()).toBe('cpu');
    const program = await reference.compile({
      inputs: {},
      call: () => ({ y: tf.ones([2]) }) as never,
    });
    expect(await program.run({})).toEqual({ y: Float32Array.of(1, 1) });
    expect(tf.getBackend()).toBe('cpu');
  });
});
