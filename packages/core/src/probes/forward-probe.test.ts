import { openCpu } from '@hyperlaw/engine';
import * as tf from '@tensorflow/tfjs';
import { beforeAll, expect, it } from 'vitest';
import { initState } from '../init-state.ts';
import { laneWith, sineBatch, smallResidualShape } from '../testing/fixtures.ts';
import { testNormal } from '../testing/normals.ts';
import { plansOf, upload } from '../testing/train-eagerly.ts';
import { trainingStep } from '../training-step.ts';
import { forwardProbe } from './forward-probe.ts';

beforeAll(async () => {
  await tf.setBackend('cpu');
});

it('reads off every lane what its layers record, in the order of the pass', async () => {
  // Adam's state holds moments beside the weights.
  const shape = smallResidualShape({ optimizer: { kind: 'adam' } });
  const step = trainingStep(shape, {
    ...{ inputDim: 3, output: { kind: 'regression', dim: 1 }, lanes: 2 },
  });
  const plans = plansOf(step, [laneWith({ seed: 1 }), laneWith({ seed: 2 })]);
  const state = initState(step, plans, testNormal);
  const { x } = sineBatch({ inputDim: 3, batch: 8 })(0);

  const expected: Record<string, Float32Array> = {};
  tf.tidy(() => {
    step.model.forward(upload(state, step.state), x, {
      record: (name, tensor) => {
        expected[name] = tensor.dataSync<'float32'>().slice();
      },
    });
  });

  const device = openCpu();
  let order: readonly string[] = [];
  const probe = await forwardProbe(step, {
    ...{ device, examples: 8 },
    read: (recorded) => {
      order = [...recorded.keys()];
      return Object.fromEntries(recorded);
    },
  });
  try {
    const found = await probe.run(state, x.dataSync<'float32'>());
    expect(order).toEqual(Object.keys(expected));
    expect(Object.keys(found).sort()).toEqual([...order].sort());
    for (const name of order) {
      const [one, other] = [found[name] as Float32Array, expected[name] as Float32Array];
      expect(one.length).toBe(other.length);
      // Float32 round-off of sums of 16 terms of order 1, in another order.
      one.forEach((value, i) => {
        expect(value).toBeCloseTo(other[i] as number, 4);
      });
    }
  } finally {
    await probe.dispose();
    await device.close();
  }
});
