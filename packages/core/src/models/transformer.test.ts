import * as tf from '@tensorflow/tfjs';
import { beforeAll, describe, expect, it } from 'vitest';
import type { TransformerShape } from '../shape.ts';
import { laneWith, smallTransformerShape, tokenBatch } from '../testing/fixtures.ts';
import { normals } from '../testing/normals.ts';
import { plansOf, trainEagerly } from '../testing/train-eagerly.ts';
import { trainOnDevice } from '../testing/train-on-device.ts';
import { trainingStep } from '../training-step.ts';
import { transformer } from './transformer.ts';

beforeAll(async () => {
  await tf.setBackend('cpu');
});

const vocabulary = 5;
const dims = { inputDim: 1, outputDim: vocabulary };
const none = { kind: 'none' } as const;
const modelOf = (model: Partial<TransformerShape>) =>
  transformer(smallTransformerShape(model).model, dims);

function weightsOf(model: ReturnType<typeof transformer>, lanes: number) {
  return Object.fromEntries([
    ...model.parameters.map(({ name, shape: [rows, columns] }) => {
      const values = normals(name, lanes * rows * columns).map((value) => value / 2);
      return [name, tf.tensor(values, [lanes, rows, columns])] as const;
    }),
    ['embedding.weight:multiplier', tf.fill([lanes, 1, 1], 0.5)] as const,
  ]);
}

const text = [
  [1, 4, 0, 2, 2, 3],
  [0, 0, 1, 3, 4, 1],
];
const tokens = (rows = text) => tf.tensor([rows], [1, rows.length, 6], 'int32');

/** The second lane's logits of one example, number by number, from the definition. */
function byDefinition(
  shape: TransformerShape,
  weights: Readonly<Record<string, tf.Tensor>>,
  example: readonly number[],
): number[][] {
  const matrix = (name: string): number[][] =>
    (weights[name]?.arraySync() as number[][][] | undefined)?.[1] ?? [];
  const dot = (a: readonly number[], b: readonly number[]) =>
    a.reduce((sum, value, i) => sum + value * (b[i] ?? 0), 0);
  const times = (u: readonly number[], name: string) => {
    const w = matrix(`${name}.weight`);
    const bias = shape.bias ? (matrix(`${name}.bias`)[0] ?? []) : [];
    return (w[0] ?? []).map(
      (_, j) =>
        dot(
          u,
          w.map((row) => row[j] ?? 0),
        ) + (bias[j] ?? 0),
    );
  };
  const plus = (a: readonly number[], b: readonly number[]) => a.map((v, i) => v + (b[i] ?? 0));
  const rms = (u: readonly number[], name: string) => {
    const scale = 1 / Math.sqrt(dot(u, u) / u.length + 1e-6);
    return u.map((v, i) => v * scale * (matrix(`${name}.gain`)[0]?.[i] ?? Number.NaN));
  };
  const normed = (u: readonly number[], name: string) =>
    shape.norm.kind === 'none' ? u : rms(u, name);
  const turn = (u: readonly number[], p: number) => {
    const half = u.length / 2;
    return u.map((v, i) => {
      const angle = p * 10_000 ** (-(i % half) / half);
      const partner = i < half ? -(u[i + half] ?? 0) : (u[i - half] ?? 0);
      return v * Math.cos(angle) + partner * Math.sin(angle);
    });
  };
  const phi = (v: number) => Math.max(0, v);
  let stream = example.map((token, p) => {
    const found = matrix('embedding.weight')[token] ?? [];
    return shape.positions === 'learned' ? plus(found, matrix('positions.weight')[p] ?? []) : found;
  });
  const { heads, headSize: d } = shape;
  for (let layer = 1; layer <= shape.depth; layer++) {
    const name = `layer${layer}.attention`;
    const u = stream.map((h) => normed(h, `${name}.norm`));
    const head = (h: number, part: 'query' | 'key' | 'value') =>
      u.map((row, p) => {
        const own = times(row, `${name}.${part}`).slice(h * d, (h + 1) * d);
        if (part === 'value') return own;
        const unit = shape.queryKeyNorm ? rms(own, `${name}.${part}-norm`) : own;
        return shape.positions === 'rotary' ? turn(unit, p) : unit;
      });
    const mixed = u.map((): number[] => []);
    for (let h = 0; h < heads; h++) {
      const [q, k, v] = [head(h, 'query'), head(h, 'key'), head(h, 'value')];
      q.forEach((own, p) => {
        const scale = d ** (shape.logitScale === 'inverse' ? -1 : -0.5);
        const e = k.slice(0, p + 1).map((other) => Math.exp(scale * dot(own, other)));
        const total = e.reduce((a, b) => a + b);
        for (let i = 0; i < d; i++) {
          mixed[p]?.push(e.reduce((sum, each, t) => sum + (each / total) * (v[t]?.[i] ?? 0), 0));
        }
      });
    }
    stream = stream.map((h, p) => plus(h, times(mixed[p] ?? [], `${name}.end`)));
    const mlp = `layer${layer}.mlp`;
    stream = stream.map((h) => {
      const x = normed(h, `${mlp}.norm`);
      const z = times(x, `${mlp}.inner`);
      const gate = shape.feedForward === 'gated' ? times(x, `${mlp}.gate`).map(phi) : null;
      const feature = gate ? z.map((v, i) => v * (gate[i] ?? 0)) : z.map(phi);
      return plus(h, times(feature, `${mlp}.end`));
    });
  }
  return stream.map((h) => {
    const last = normed(h, 'norm');
    if (shape.readout === 'untied') return times(last, 'output');
    const bias = shape.bias ? (matrix('output.bias')[0] ?? []) : [];
    return matrix('embedding.weight').map((row, v) => 0.5 * dot(row, last) + (bias[v] ?? 0));
  });
}

const variants: readonly Partial<TransformerShape>[] = [
  {},
  { positions: 'learned', readout: 'tied', bias: true, feedForward: 'gated' },
  { queryKeyNorm: true, logitScale: 'inverse', heads: 3, headSize: 2 },
  { positions: 'none', norm: none, heads: 1, headSize: 3, depth: 1 },
];
const named = variants.map((model) => [JSON.stringify(model), model] as const);

describe('transformer', () => {
  it.each(named)('computes its definition, number by number: %s', (_, model) => {
    const { model: shape } = smallTransformerShape(model);
    const net = transformer(shape, dims);
    const weights = weightsOf(net, 2);
    const own = net.forward(weights, tokens());
    expect(own.shape).toEqual([2, 12, vocabulary]);
    const expected = text.flatMap((example) => byDefinition(shape, weights, example)).flat();
    const values = own.dataSync().slice(12 * vocabulary);
    values.forEach((value, i) => {
      expect(value).toBeCloseTo(expected[i] ?? Number.NaN, 4);
    });
  });

  it('has its tensors, with roles for the width and places for the depth', () => {
    const listed = (model: Partial<TransformerShape>) =>
      modelOf({ depth: 1, ...model }).parameters.map(
        ({ name, role, place, shape }) => `${name} ${role} ${place ?? '-'} ${shape.join('x')}`,
      );
    expect(listed({ queryKeyNorm: true, positions: 'learned', feedForward: 'gated' })).toEqual([
      ...['embedding.weight input - 5x8', 'positions.weight input - 6x8'],
      'layer1.attention.norm.gain norm-gain branch 1x8',
      'layer1.attention.query.weight hidden branch 8x8',
      'layer1.attention.query-norm.gain norm-gain branch 1x4',
      'layer1.attention.key.weight hidden branch 8x8',
      'layer1.attention.key-norm.gain norm-gain branch 1x4',
      'layer1.attention.value.weight hidden branch 8x8',
      'layer1.attention.end.weight hidden branch-end 8x8',
      'layer1.mlp.norm.gain norm-gain branch 1x8',
      ...[
        'layer1.mlp.gate.weight hidden branch 8x16',
        'layer1.mlp.inner.weight hidden branch 8x16',
      ],
      'layer1.mlp.end.weight hidden branch-end 16x8',
      ...['norm.gain norm-gain - 1x8', 'output.weight output - 8x5'],
    ]);
    const tied = listed({ readout: 'tied', bias: true });
    expect(tied[0]).toBe('embedding.weight output - 5x8');
    expect(tied.at(-1)).toBe('output.bias output-bias - 1x5');
    expect(tied.filter((line) => line.startsWith('output.weight'))).toEqual([]);
  });

  it('sees no token after the one it stands at', () => {
    const net = modelOf({});
    const weights = weightsOf(net, 1);
    const changed = text.map((row) => [...row.slice(0, 4), 0, 0]);
    const rows = (x: tf.Tensor) =>
      tf.split(tf.reshape(net.forward(weights, x), [2, 6, 5]), [4, 2], 1);
    const [before, after] = [rows(tokens()), rows(tokens(changed))];
    expect(after[0]?.dataSync()).toEqual(before[0]?.dataSync());
    expect(after[1]?.dataSync()).not.toEqual(before[1]?.dataSync());
  });

  it('reads the last position alone as the last of every position', () => {
    const weights = weightsOf(modelOf({}), 1);
    const every = tf.reshape(modelOf({}).forward(weights, tokens()), [2, 6, 5]);
    const last = modelOf({ targets: 'last' }).forward(weights, tokens());
    expect(last.shape).toEqual([1, 2, 5]);
    expect(last.dataSync()).toEqual(tf.slice(every, [0, 5, 0], [2, 1, 5]).dataSync());
  });

  it('with rotary positions attends by distance: equal tokens have logits of their distance alone', () => {
    const net = modelOf({ depth: 1, norm: none });
    const seen: number[][] = [];
    net.forward(weightsOf(net, 1), tokens([[3, 3, 3, 3, 3, 3]]), {
      record: (name, tensor) => {
        if (name === 'layer1.attention.logits')
          seen.push(...((tensor.arraySync() as number[][][])[0] ?? []));
      },
    });
    for (const distance of [0, 1, 2]) {
      const at = (p: number) => seen[p]?.[p - distance] ?? Number.NaN;
      expect(at(5)).toBeCloseTo(at(2), 5);
    }
    expect(seen[5]?.[5]).not.toBeCloseTo(seen[5]?.[4] ?? 0, 3);
  });

  it('refuses what it cannot be', () => {
    expect(() => modelOf({ heads: 0 })).toThrow('unknown heads: 0 (a positive integer)');
    expect(() => modelOf({ headSize: 3 })).toThrow('unknown head size: 3 (even, for rotary');
    expect(() => modelOf({ expansion: 0.3 })).toThrow('unknown expansion of the width: 2.4');
  });
});

it.each([
  ...named,
  ['post', { norm: { kind: 'layer', placement: 'post', gains: true } }] as const,
  ['both', { norm: { kind: 'rms', placement: 'both', gains: true }, targets: 'last' }] as const,
])(
  'trains on the device as in eager tfjs, and a lane as if it were alone: %s',
  async (_, model) => {
    const shape = smallTransformerShape({ ...model, optimizer: { kind: 'adam' }, centred: true });
    const { context, targets } = shape.model;
    const lanes = [
      laneWith({ knobs: { learningRate: 0.003, attentionScale: 2 } }),
      laneWith({
        knobs: { learningRate: 0.01, branchMultiplier: 0.5, richness: 2 },
        parameterization: {
          ...{ name: 'mup', baseWidth: 4, depth: { rule: 'completep', baseDepth: 1 } },
        },
        seed: 2,
      }),
    ];
    const options = { steps: 8, batch: tokenBatch({ vocabulary, context, targets }) };
    const output = { kind: 'classes', count: vocabulary } as const;
    const stepOf = (count: number) => trainingStep(shape, { inputDim: 1, output, lanes: count });
    const step = stepOf(2);
    const device = await trainOnDevice(step, plansOf(step, lanes), options);
    const eager = trainEagerly(step, plansOf(step, lanes), options);
    device.curve.forEach((losses, t) => {
      for (const lane of [0, 1]) {
        const expected = eager.curve[t]?.[lane] ?? Number.NaN;
        // Round-off of sums in another order, which Adam's first steps amplify where gradients are near 0.
        expect(Math.abs((losses[lane] ?? 0) / expected - 1)).toBeLessThan(1e-3);
      }
    });
    const single = stepOf(1);
    for (const [i, lane] of lanes.entries()) {
      const alone = await trainOnDevice(single, plansOf(single, [lane]), options);
      expect(alone.curve.map(([loss]) => loss)).toEqual(device.curve.map((losses) => losses[i]));
    }
  },
);
