import * as tf from '@tensorflow/tfjs';
import { beforeAll, describe, expect, it } from 'vitest';
import type { ExpertsShape } from '../shape.ts';
import type { Tensors } from '../tensors.ts';
import { expectSameRuns, expectSameTokenRuns } from '../testing/compare-runs.ts';
import {
  laneWith,
  sineBatch,
  smallResidualShape,
  smallShape,
  smallTransformerShape,
  tokenBatch,
} from '../testing/fixtures.ts';
import { normals } from '../testing/normals.ts';
import { type MixtureLayer, mixture } from './mixture.ts';

beforeAll(async () => {
  await tf.setBackend('cpu');
});

const [lanes, rows, width] = [2, 12, 4];
const soft: ExpertsShape = {
  ...{ count: 4, active: 2, size: { kind: 'scaled', expansion: 1 }, gate: 'softmax' },
  normalised: true,
};
const layerOf = (
  experts: Partial<ExpertsShape>,
  rest: Partial<MixtureLayer> = {},
): MixtureLayer => ({
  ...{ name: 'm', width, activation: 'tanh', feedForward: 'plain', bias: true, residual: false },
  experts: { ...soft, ...experts },
  ...rest,
});

/** Weights of unit size for a mixture, biases too. */
const weightsOf = (layer: MixtureLayer): Record<string, tf.Tensor> =>
  Object.fromEntries(
    mixture(layer).parameters.map(({ name, shape }) => [
      name,
      tf.tensor(normals(name, lanes * shape[0] * shape[1]), [lanes, ...shape]),
    ]),
  );
const stream = () => tf.tensor(normals('u', lanes * rows * width), [lanes, rows, width]);

function outputOf(layer: MixtureLayer, weights: Tensors) {
  const seen: Record<string, tf.Tensor> = {};
  const y = mixture(layer).forward(weights, stream(), (name, tensor) => {
    seen[name] = tensor;
  });
  return { y: y.dataSync<'float32'>(), seen };
}

function gradientsOf(layer: MixtureLayer, weights: Tensors): Record<string, Float32Array> {
  const names = Object.keys(weights);
  const target = tf.tensor(normals('target', lanes * rows * width), [lanes, rows, width]);
  const grads = tf.grads((u: tf.Tensor, ...all: tf.Tensor[]) => {
    const named = Object.fromEntries(names.map((name, i) => [name, all[i] as tf.Tensor]));
    return tf.sum(tf.mul(mixture(layer).forward(named, u), target));
  })([stream(), ...names.map((name) => weights[name] as tf.Tensor)]);
  const all = grads.map((gradient) => gradient.dataSync<'float32'>());
  return Object.fromEntries(['u', ...names].map((name, i) => [name, all[i] as Float32Array]));
}

/** Float32 round-off of sums of tens of terms of order 1, in another order. */
function expectClose(one: ArrayLike<number>, other: ArrayLike<number>): void {
  expect(one.length).toBe(other.length);
  for (let i = 0; i < one.length; i++) {
    expect(Math.abs((one[i] ?? 0) - (other[i] ?? Number.NaN))).toBeLessThan(2e-5);
  }
}

describe('a mixture', () => {
  it('of one expert with a normalised gate is that expert', () => {
    const layer = layerOf({ count: 1, active: 1, gate: 'sigmoid' });
    const weights = weightsOf(layer);
    const at = (name: string) => weights[`m.${name}`] as tf.Tensor;
    const hidden = tf.tanh(tf.add(tf.matMul(stream(), at('inner.weight')), at('inner.bias')));
    const y = tf.add(tf.matMul(hidden, at('end.weight')), at('end.bias'));
    expectClose(outputOf(layer, weights).y, y.dataSync());
  });

  it('of equal experts with normalised gates is any of them, whatever the router says', () => {
    const layer = layerOf({ gate: 'sigmoid' });
    const own = weightsOf(layer);
    const first = weightsOf(layerOf({ count: 1, active: 1 }));
    const alike = {
      'm.router.weight': own['m.router.weight'] as tf.Tensor,
      'm.inner.weight': tf.tile(first['m.inner.weight'] as tf.Tensor, [1, 1, 4]),
      'm.inner.bias': tf.tile(first['m.inner.bias'] as tf.Tensor, [1, 1, 4]),
      'm.end.weight': tf.tile(first['m.end.weight'] as tf.Tensor, [1, 4, 1]),
      'm.end.bias': tf.tile(first['m.end.bias'] as tf.Tensor, [1, 1, 4]),
    };
    const one = outputOf(layerOf({ count: 1, active: 1 }), first);
    expectClose(outputOf(layer, alike).y, one.y);
  });

  it.each([
    { gate: 'softmax', normalised: true },
    { gate: 'softmax', normalised: false },
    { gate: 'sigmoid', normalised: true },
    { gate: 'sigmoid', normalised: false },
  ] as const)('gives every row to its active experts: $gate, $normalised', (gates) => {
    const layer = layerOf(gates);
    const { seen } = outputOf(layer, weightsOf(layer));
    const [logits, own] = ['m.logits', 'm.gates'].map((name) => seen[name]?.arraySync()) as [
      number[][][],
      number[][][],
    ];
    logits.flat().forEach((row, i) => {
      const gate = own.flat()[i] as number[];
      const ranked = [...row].sort((a, b) => b - a);
      row.forEach((r, e) => {
        expect((gate[e] ?? 0) > 0).toBe(r >= (ranked[1] ?? 0));
      });
      const sum = gate.reduce((all, one) => all + one, 0);
      if (gates.normalised) expect(sum).toBeCloseTo(1, 5);
      else expect(sum).toBeLessThan(gates.gate === 'softmax' ? 1 : 2);
    });
  });

  it('does not train an expert on rows that it does not see', () => {
    const layer = layerOf({ active: 1 });
    const weights = weightsOf(layer);
    // An expert that no row prefers.
    const router = weights['m.router.weight'] as tf.Tensor;
    const away = tf.tensor([0, -1, -1, -1], [1, 1, 4]);
    const only = { ...weights, 'm.router.weight': tf.mul(tf.relu(router), away) };
    const u = gradientsOf(layer, only)['m.end.weight'] as Float32Array;
    const { seen } = outputOf(layer, only);
    const load = tf.sum(seen['m.assigned'] as tf.Tensor, 1).arraySync() as number[][];
    load.forEach((counts, lane) => {
      counts.forEach((count, e) => {
        const block = u.subarray(
          (lane * 4 + e) * width * width,
          (lane * 4 + e + 1) * width * width,
        );
        expect(block.some((value) => value !== 0)).toBe(count > 0);
      });
    });
  });

  it.each(['plain', 'gated'] as const)(
    'computes and trains alike with slots for all that is chosen and without slots: %s',
    (feedForward) => {
      for (const gate of ['softmax', 'sigmoid'] as const) {
        for (const bias of [true, false]) {
          const layer = layerOf({ gate, normalised: false }, { feedForward, bias });
          // One slot fewer than rows: no expert is chosen by all of these.
          const slotted = layerOf({ ...layer.experts, capacity: 11 / 6 }, { feedForward, bias });
          const weights = weightsOf(layer);
          const [one, other] = [outputOf(layer, weights), outputOf(slotted, weights)];
          const load = tf.max(tf.sum(one.seen['m.assigned'] as tf.Tensor, 1)).arraySync();
          expect(load).toBeLessThan(rows);
          expectClose(other.y, one.y);
          const [all, slots] = [gradientsOf(layer, weights), gradientsOf(slotted, weights)];
          for (const [name, gradient] of Object.entries(all)) {
            expectClose(slots[name] as Float32Array, gradient);
          }
        }
      }
    },
  );

  it('drops what comes later in the batch than its slots, and nothing else', () => {
    const layer = layerOf({ capacity: 0.5 });
    const { seen } = outputOf(layer, weightsOf(layer));
    const free = outputOf(layerOf({}), weightsOf(layer));
    const [assigned, chosen] = [seen, free.seen].map((all) => all['m.assigned']?.arraySync()) as [
      number[][][],
      number[][][],
    ];
    chosen.forEach((own, lane) => {
      const taken = [0, 0, 0, 0];
      own.forEach((row, i) => {
        row.forEach((choice, e) => {
          const kept = choice === 1 && (taken[e] ?? 0) < 3;
          if (kept) taken[e] = (taken[e] ?? 0) + 1;
          expect(assigned[lane]?.[i]?.[e]).toBe(kept ? 1 : 0);
        });
      });
    });
  });

  it('says what it cannot be', () => {
    expect(() => mixture(layerOf({ active: 5 }))).toThrow(
      'unknown number of active experts: 5 (1 to 4, the number of experts)',
    );
    expect(() => mixture(layerOf({ capacity: 0 }))).toThrow(
      'unknown capacity: 0 (a positive number)',
    );
    expect(() => mixture(layerOf({ size: { kind: 'scaled', expansion: 0.1 } }))).toThrow(
      'unknown features of an expert: 0.4 (a positive integer)',
    );
  });
});

describe('trains on the device as in eager tfjs, and a lane as if it were alone', () => {
  const batch = sineBatch({ inputDim: 3 });
  const cases: readonly (readonly [string, Partial<ExpertsShape>])[] = [
    ['softmax', {}],
    ['softmax over all, balanced', { normalised: false, balanced: true }],
    ['sigmoid, one active', { gate: 'sigmoid', normalised: false, active: 1 }],
    ['all active', { active: 4 }],
    ['capacity', { capacity: 0.75, balanced: true }],
    ['capacity, one active', { capacity: 1, active: 1, normalised: false }],
    ['experts of a fixed size', { size: { kind: 'fixed', features: 3 } }],
  ];

  it.each(cases)('in an MLP: %s', async (_, own) => {
    const experts = { ...soft, ...own };
    const shape = smallShape({ depth: 2, bias: true, experts, optimizer: { kind: 'adam' } });
    const knobs = { learningRate: 0.02, ...(own.balanced ? { loadBalance: 0.3 } : {}) };
    const rule = { rule: 'all-scaling', baseCount: 2, baseActive: 1 } as const;
    const other = { name: 'mup', baseWidth: 8, experts: rule } as const;
    const pair = [laneWith({ knobs }), laneWith({ knobs, parameterization: other, seed: 2 })];
    await expectSameRuns(shape, { lanes: pair, inputDim: 3, batch });
  });

  it.each(['sgd', 'muon', 'lamb', 'lars'] as const)('in a residual MLP with %s', async (kind) => {
    const experts = { ...soft, gate: 'sigmoid' } as const;
    const shape = smallResidualShape({
      ...{ depth: 2, blockLayers: 2, experts, optimizer: { kind } },
    });
    const knobs = { learningRate: { sgd: 0.02, muon: 0.02, lamb: 0.02, lars: 10 }[kind] };
    const pair = [laneWith({ knobs }), laneWith({ knobs, seed: 2 })];
    await expectSameRuns(shape, { lanes: pair, inputDim: 3, batch });
  });

  it.each([
    ['plain', {}],
    ['gated', { capacity: 1.25 }],
  ] as const)('in a transformer: %s', async (feedForward, own) => {
    const shape = smallTransformerShape({
      ...{ feedForward, experts: { ...soft, ...own }, optimizer: { kind: 'adam' } },
    });
    const pair = [1, 2].map((seed) => laneWith({ knobs: { learningRate: 0.01 }, seed }));
    await expectSameTokenRuns(shape, {
      ...{ lanes: pair, vocabulary: 5, batch: tokenBatch({ vocabulary: 5, context: 6 }) },
    });
  });
});
