import * as tf from '@tensorflow/tfjs';
import { beforeAll, describe, expect, it } from 'vitest';
import { flopsPerStep, parameterCount } from '../flops.ts';
import { completeKnobs } from '../knobs.ts';
import type { ConvNetShape, OptimizerShape } from '../shape.ts';
import { expectSameRuns } from '../testing/compare-runs.ts';
import { laneWith, sineBatch, smallConvShape } from '../testing/fixtures.ts';
import { normals } from '../testing/normals.ts';
import { widthSlopes } from '../testing/width-slopes.ts';
import { convNet } from './conv-net.ts';

beforeAll(async () => {
  await tf.setBackend('cpu');
});

const inputDim = 2 * 6 * 6;
const dims = { inputDim, outputDim: 3 };
const batch = sineBatch({ inputDim });

function weightsOf(model: ReturnType<typeof convNet>) {
  return Object.fromEntries(
    model.parameters.map(({ name, shape: [rows, columns] }) => [
      name,
      tf.tensor(normals(name, rows * columns), [1, rows, columns]),
    ]),
  );
}

describe('convolutional net', () => {
  it('has fan-ins of nine pixels, and roles by position', () => {
    const { parameters } = convNet(smallConvShape({ depth: 3, bias: true }).model, dims);
    expect(parameters.map(({ name, role, fanIn, shape }) => [name, role, fanIn, ...shape])).toEqual(
      [
        ['input.weight', 'input', 18, 18, 8],
        ['input.bias', 'input-bias', 1, 1, 8],
        ['hidden1.weight', 'hidden', 72, 72, 8],
        ['hidden1.bias', 'hidden-bias', 1, 1, 8],
        ['hidden2.weight', 'hidden', 72, 72, 8],
        ['hidden2.bias', 'hidden-bias', 1, 1, 8],
        ['output.weight', 'output', 8, 8, 3],
        ['output.bias', 'output-bias', 1, 1, 3],
      ],
    );
  });

  it('computes its definition by tfjs’ own convolutions and pools', () => {
    const model = convNet(smallConvShape({ bias: true }).model, dims);
    const weights = weightsOf(model);
    const of = (name: string) => weights[name] as tf.Tensor;
    const x = tf.tensor(normals('x', 4 * inputDim), [1, 4, inputDim]);
    const layer = (name: string, h: tf.Tensor4D, channels: number) => {
      const kernel = tf.reshape(of(`${name}.weight`), [3, 3, channels, 8]) as tf.Tensor4D;
      const z = tf.add(tf.conv2d(h, kernel, 1, 'same'), tf.reshape(of(`${name}.bias`), [8]));
      return tf.tanh(z) as tf.Tensor4D;
    };
    const images = tf.transpose(tf.reshape(x, [4, 2, 6, 6]), [0, 2, 3, 1]) as tf.Tensor4D;
    const first = tf.avgPool(layer('input', images, 2), 2, 2, 'valid');
    const feature = tf.mean(layer('hidden1', first, 8), [1, 2]);
    const readout = tf.matMul(feature, tf.reshape(of('output.weight'), [8, 3]));
    const expected = tf.add(readout, tf.reshape(of('output.bias'), [3])).dataSync();
    const f = model.forward(weights, x);
    expect(f.shape).toEqual([1, 4, 3]);
    f.dataSync().forEach((value, i) => {
      expect(value).toBeCloseTo(expected[i] ?? Number.NaN, 4);
    });
  });

  it('counts a product of nine pixels at every pixel', () => {
    const shape = smallConvShape({ batch: 4 });
    const sides = { inputDim, output: { kind: 'classes', count: 3 } } as const;
    expect(parameterCount(shape, sides)).toBe(18 * 8 + 72 * 8 + 8 * 3);
    const products = 2 * 36 * 18 * 8 + 3 * 9 * 72 * 8 + 3 * 8 * 3;
    expect(flopsPerStep(shape, sides)).toBe(4 * 2 * products);
  });

  it('refuses what it cannot be', () => {
    const made = (model: Partial<ConvNetShape>) => () => convNet(smallConvShape(model).model, dims);
    expect(made({ channels: 3 })).toThrow('unknown images: 3 × 6 × 6 (the input has 72 numbers)');
    expect(made({ pools: 3, depth: 5 })).toThrow(
      'unknown pools: 3 (0 to 2, at depth 5 and side 6)',
    );
    expect(made({ depth: 0 })).toThrow('unknown depth: 0');
    const knobs = { learningRate: 1, 'initScale/hidden1.weight': 2 };
    expect(completeKnobs(smallConvShape(), { kind: 'constant' }, knobs)).toMatchObject(knobs);
  });
});

const norm = { kind: 'batch', position: 'before', gains: true } as const;
const variants = [
  ['plain', {}],
  ['batch norm', { norm }],
  [
    'layer norm after, of every second layer',
    { norm: { ...norm, kind: 'layer', position: 'after', every: 2 } },
  ],
  [
    'rms norm and standardised weights',
    { norm: { ...norm, kind: 'rms' }, weights: 'standardised' },
  ],
] as const satisfies readonly (readonly [string, Partial<ConvNetShape>])[];

describe.each(variants)('%s', (_, model) => {
  it('trains on the device as in eager tfjs, and a lane as if it were alone', async () => {
    const lanes = [
      laneWith({ knobs: { learningRate: 0.01 } }),
      laneWith({
        knobs: { learningRate: 0.02 },
        parameterization: { name: 'mup', baseWidth: 4 },
        seed: 2,
      }),
    ];
    const shape = smallConvShape({
      bias: true,
      centred: true,
      optimizer: { kind: 'adam' },
      ...model,
    });
    await expectSameRuns(shape, { lanes, inputDim, batch, steps: 6 });
  });

  it.each(['sgd', 'adam'] as const)('moves every layer alike at every width in μP: %s', (kind) => {
    const optimizer: OptimizerShape = { kind };
    const slopes = widthSlopes((width) => smallConvShape({ side: 4, width, optimizer, ...model }), {
      ...{ inputDim: 32, batch: sineBatch({ inputDim: 32 }), widths: [8, 16, 32, 64] },
      lane: laneWith({
        parameterization: { name: 'mup', baseWidth: 8 },
        knobs: { learningRate: { sgd: 0.1, adam: 0.005 }[kind] },
      }),
      layers: ['input.preactivation', 'hidden1.preactivation', 'output.preactivation'],
    });
    // Four seeds at widths from 8.
    for (const slope of slopes) expect(Math.abs(slope)).toBeLessThan(0.3);
  });
});
