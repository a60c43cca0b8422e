import * as tf from '@tensorflow/tfjs';
import { beforeAll, expect, it } from 'vitest';
import type { ExpertLoad } from '../probes/expert-load.ts';
import { expertLoad } from '../probes/expert-load.ts';
import type { ExpertsShape } from '../shape.ts';
import { laneWith, sineBatch, smallShape } from '../testing/fixtures.ts';
import { plansOf, trainEagerly, upload } from '../testing/train-eagerly.ts';
import { trainingStep } from '../training-step.ts';
import { loadBalanceLoss, withPenalty } from './load-balance.ts';

beforeAll(async () => {
  await tf.setBackend('cpu');
});

it('is 1 where the load is even, and the number of experts where one has it all', () => {
  const even = tf.tensor([0.25, 0.25, 0.25, 0.25], [1, 1, 4]);
  const one = tf.tensor([1, 0, 0, 0], [1, 1, 4]);
  const all = (row: tf.Tensor) => tf.tile(row, [1, 6, 1]);
  expect(loadBalanceLoss(all(even), all(one)).arraySync()).toEqual([1]);
  expect(loadBalanceLoss(all(one), all(one)).arraySync()).toEqual([4]);
});

it('adds the gradient of its strength times the penalty, and nothing to the value', () => {
  const f = (x: tf.Tensor) =>
    withPenalty(tf.sum(tf.square(x), 1), tf.sum(x, 1), tf.tensor([2, 5], [2, 1, 1]));
  const x = tf.tensor([
    [1, 3],
    [2, -1],
  ]);
  const { value, grad } = tf.valueAndGrad((y) => f(y))(x);
  expect(value.arraySync()).toEqual([10, 5]);
  expect(grad.arraySync()).toEqual([
    [4, 8],
    [9, 3],
  ]);
});

it('evens the load of a net that it trains, and is not in the loss that is reported', () => {
  const experts: ExpertsShape = {
    ...{ count: 4, active: 1, size: { kind: 'scaled', expansion: 1 }, gate: 'softmax' },
    ...{ normalised: false, balanced: true },
  };
  const shape = smallShape({ depth: 2, experts, batch: 64 });
  const step = trainingStep(shape, {
    ...{ inputDim: 3, output: { kind: 'regression', dim: 1 }, lanes: 2 },
  });
  const lanes = [0, 1].map((loadBalance) =>
    laneWith({ knobs: { learningRate: 0.1, loadBalance } }),
  );
  const batch = sineBatch({ inputDim: 3, batch: 64 });
  const run = trainEagerly(step, plansOf(step, lanes), { steps: 60, batch });
  expect(run.curve[0]?.[0]).toBe(run.curve[0]?.[1]);
  const loads: ExpertLoad[] = [];
  tf.tidy(() => {
    const seen: Record<string, Float32Array> = {};
    step.model.forward(
      { ...upload(run.state, step.state), ...upload(run.constants, step.constants) },
      batch(99).x,
      {
        record: (name, tensor) => {
          seen[name] = tensor.dataSync<'float32'>();
        },
      },
    );
    const lane = (name: string, i: number) =>
      (seen[`hidden1.${name}`] as Float32Array).subarray(i * 256, (i + 1) * 256);
    for (const i of [0, 1])
      loads.push(expertLoad({ logits: lane('logits', i), assigned: lane('assigned', i) }, experts));
  });
  expect(loads[1]?.imbalance).toBeLessThan(loads[0]?.imbalance ?? 0);
  // 64 examples on four experts: a share strays by 0.22 of its mean where all are alike.
  expect(loads[1]?.imbalance).toBeLessThan(1.5);
  expect(loads[1]?.dead).toBe(0);
});
