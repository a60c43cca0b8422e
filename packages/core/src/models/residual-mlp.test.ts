import * as tf from '@tensorflow/tfjs';
import { beforeAll, describe, expect, it } from 'vitest';
import type { NormShape, ResidualMlpShape } from '../shape.ts';
import { laneWith, sineBatch, smallResidualShape } from '../testing/fixtures.ts';
import { normals } from '../testing/normals.ts';
import { plansOf, trainEagerly } from '../testing/train-eagerly.ts';
import { trainOnDevice } from '../testing/train-on-device.ts';
import { trainingStep } from '../training-step.ts';
import { residualMlp } from './residual-mlp.ts';

beforeAll(async () => {
  await tf.setBackend('cpu');
});

const dims = { inputDim: 4, outputDim: 2 };
const shapeWith = (model: Partial<ResidualMlpShape>) =>
  smallResidualShape({ width: 5, depth: 2, bias: true, ...model }).model;

const norms: readonly NormShape[] = [
  { kind: 'none' },
  ...(['layer', 'rms', 'batch', 'dynamic-tanh'] as const).flatMap((kind) =>
    (['pre', 'post', 'both'] as const).map(
      (placement): NormShape => ({ kind, placement, gains: true }),
    ),
  ),
  { kind: 'rms', placement: 'pre', gains: false },
  { kind: 'layer', placement: 'post', gains: false },
  { kind: 'batch', placement: 'pre', gains: false, every: 2 },
  { kind: 'layer', placement: 'both', gains: true, strength: 0.5, every: 2 },
];

describe('residual mlp', () => {
  it('has its tensors, with roles for the width and places for the depth', () => {
    const listed = (model: Partial<ResidualMlpShape>) =>
      residualMlp(shapeWith({ depth: 1, ...model }), dims).parameters.map(
        ({ name, role, place }) => `${name} ${role} ${place ?? '-'}`,
      );
    expect(listed({ bias: false })).toEqual([
      'input.weight input -',
      'block1.end.weight hidden branch-end',
      'output.weight output -',
    ]);
    expect(
      listed({ blockLayers: 2, norm: { kind: 'layer', placement: 'pre', gains: true } }),
    ).toEqual([
      ...['input.weight input -', 'input.bias input-bias -'],
      ...['block1.norm.gain norm-gain branch', 'block1.norm.bias norm-bias branch'],
      ...['block1.inner.weight hidden branch', 'block1.inner.bias hidden-bias branch'],
      ...['block1.end.weight hidden branch-end', 'block1.end.bias hidden-bias branch-end'],
      ...['norm.gain norm-gain -', 'norm.bias norm-bias -'],
      ...['output.weight output -', 'output.bias output-bias -'],
    ]);
    const post = listed({ bias: false, norm: { kind: 'rms', placement: 'post', gains: true } });
    expect(post[2]).toBe('block1.end-norm.gain norm-gain stream');
    const both = listed({ bias: false, norm: { kind: 'rms', placement: 'both', gains: true } });
    expect(both.slice(1, 4)).toEqual([
      'block1.norm.gain norm-gain branch',
      'block1.end.weight hidden branch',
      'block1.end-norm.gain norm-gain branch-end',
    ]);
  });

  it.each(norms.map((norm) => [JSON.stringify(norm), norm] as const))(
    'computes its definition, one and two layers: %s',
    (_, norm) => {
      for (const blockLayers of [1, 2] as const) {
        const model = residualMlp(shapeWith({ blockLayers, norm }), dims);
        const weights = Object.fromEntries(
          model.parameters.map(({ name, shape: [rows, columns] }) => [
            name,
            tf.tensor(normals(name, 2 * rows * columns), [2, rows, columns]),
          ]),
        );
        const of = (name: string) => weights[name] as tf.Tensor;
        const x = tf.tensor(normals('x', 12), [1, 3, 4]);
        const map = (name: string, h: tf.Tensor) =>
          tf.add(tf.matMul(h, of(`${name}.weight`)), of(`${name}.bias`)) as tf.Tensor;
        const normed = (name: string, h: tf.Tensor): tf.Tensor => {
          if (norm.kind === 'none') return h;
          const axis = norm.kind === 'batch' ? 1 : -1;
          const centred = norm.kind === 'rms' ? h : tf.sub(h, tf.mean(h, axis, true));
          const square = tf.add(tf.mean(tf.square(centred), axis, true), 1e-6);
          const unit = (
            norm.kind === 'dynamic-tanh'
              ? tf.tanh(tf.mul(h, of(`${name}.slope`)))
              : tf.div(centred, tf.pow(square, (norm.strength ?? 1) / 2))
          ) as tf.Tensor;
          if (!norm.gains) return unit;
          const scaled = tf.mul(unit, of(`${name}.gain`)) as tf.Tensor;
          return norm.kind === 'rms' ? scaled : tf.add(scaled, of(`${name}.bias`));
        };
        const at = norm.kind === 'none' ? 'none' : norm.placement;
        const every = norm.kind === 'none' ? 1 : (norm.every ?? 1);
        const pre = (name: string, h: tf.Tensor) =>
          at === 'pre' || at === 'both' ? normed(name, h) : h;
        let h = map('input', x);
        for (const [i, block] of ['block1', 'block2'].entries()) {
          const has = (i + 1) % every === 0;
          let branch = has ? pre(`${block}.norm`, h) : h;
          if (blockLayers === 2) branch = map(`${block}.inner`, branch);
          branch = map(`${block}.end`, tf.tanh(branch));
          if (has && at === 'both') branch = normed(`${block}.end-norm`, branch);
          h = tf.add(h, branch);
          if (has && at === 'post') h = normed(`${block}.end-norm`, h);
        }
        const expected = map('output', pre('norm', h)).dataSync();
        const own = model.forward(weights, x);
        expect(own.shape).toEqual([2, 3, 2]);
        own.dataSync().forEach((value, i) => {
          expect(value).toBeCloseTo(expected[i] ?? Number.NaN, 4);
        });
      }
    },
  );

  it('starts gains at gainScale and norm biases at 0', () => {
    const shape = smallResidualShape({ norm: { kind: 'layer', placement: 'pre', gains: true } });
    const step = trainingStep(shape, {
      ...{ inputDim: 3, output: { kind: 'regression', dim: 1 }, lanes: 2 },
    });
    const lanes = [1, 3].map((gainScale) => laneWith({ knobs: { learningRate: 0.1, gainScale } }));
    const { initial } = trainEagerly(step, plansOf(step, lanes), {
      ...{ steps: 0, batch: sineBatch({ inputDim: 3 }) },
    });
    expect(new Set(initial['block1.norm.gain']?.slice(0, 16))).toEqual(new Set([1]));
    expect(new Set(initial['norm.gain']?.slice(16))).toEqual(new Set([3]));
    expect(new Set(initial['block2.norm.bias'])).toEqual(new Set([0]));
  });

  it('refuses what it cannot be', () => {
    expect(() => residualMlp(shapeWith({ depth: 0 }), dims)).toThrow('unknown depth: 0');
    expect(() => residualMlp(shapeWith({ blockLayers: 3 as 2 }), dims)).toThrow(
      'unknown block layers: 3 (1 or 2)',
    );
    const norm = { kind: 'rms', placement: 'both', gains: false } as const;
    expect(() => residualMlp(shapeWith({ norm }), dims)).toThrow('unknown gains: false (true');
  });
});

it.each(norms.map((norm) => [JSON.stringify(norm), norm] as const))(
  'trains on the device as in eager tfjs, and a lane as if it were alone: %s',
  async (_, norm) => {
    const shape = smallResidualShape({
      ...{ blockLayers: 2, bias: true, norm, optimizer: { kind: 'adam' }, centred: true },
    });
    const lanes = [
      laneWith({ knobs: { learningRate: 0.01, branchMultiplier: 0.5 } }),
      laneWith({
        knobs: { learningRate: 0.02 },
        parameterization: {
          ...{ name: 'mup', baseWidth: 8, depth: { rule: 'completep', baseDepth: 1 } },
        },
        seed: 2,
      }),
    ];
    const options = { steps: 12, batch: sineBatch({ inputDim: 3 }) };
    const stepOf = (count: number) =>
      trainingStep(shape, { inputDim: 3, output: { kind: 'regression', dim: 1 }, lanes: count });
    const step = stepOf(2);
    const device = await trainOnDevice(step, plansOf(step, lanes), options);
    const eager = trainEagerly(step, plansOf(step, lanes), options);
    device.curve.forEach((losses, t) => {
      for (const lane of [0, 1]) {
        const expected = eager.curve[t]?.[lane] ?? Number.NaN;
        // Round-off of sums in another order, carried through 12 steps.
        expect(Math.abs((losses[lane] ?? 0) / expected - 1)).toBeLessThan(1e-4);
      }
    });
    const single = stepOf(1);
    for (const [i, lane] of lanes.entries()) {
      const alone = await trainOnDevice(single, plansOf(single, [lane]), options);
      expect(alone.curve.map(([loss]) => loss)).toEqual(device.curve.map((losses) => losses[i]));
    }
  },
);
