import * as tf from '@tensorflow/tfjs';
import { beforeAll, describe, expect, it } from 'vitest';
import type { MlpShape, ResidualMlpShape } from '../shape.ts';
import { laneWith, sineBatch, smallResidualShape, smallShape } from '../testing/fixtures.ts';
import { widthSlopes } from '../testing/width-slopes.ts';

beforeAll(async () => {
  await tf.setBackend('cpu');
});

// Four seeds and widths from 16 leave up to 0.31, which falls to 0.09 from 64 on; a wrong exponent is off by 1/2 or more.
const SCATTER = 0.35;
const task = { inputDim: 4, batch: sineBatch({ inputDim: 4 }) };
const norm = { kind: 'batch', placement: 'pre', gains: true } as const;
const before = { kind: 'batch', position: 'before', gains: true } as const;

describe.each(['sgd', 'adam'] as const)(
  'every layer moves alike at every width in μP: %s',
  (kind) => {
    const laneOf = (knobs = {}) =>
      laneWith({
        parameterization: { name: 'mup', baseWidth: 16 },
        knobs: { learningRate: { sgd: 0.02, adam: 0.002 }[kind], ...knobs },
      });
    const common = { optimizer: { kind }, activation: 'relu', centred: true, depth: 2 } as const;

    it.each([
      ['batch norm', { norm }, {}],
      ['dynamic tanh', { norm: { ...norm, kind: 'dynamic-tanh' } }, {}],
      ['half a norm', { norm: { ...norm, kind: 'rms', strength: 0.5 } }, {}],
      ['a gain a branch', { branchGain: 'scalar' }, { branchGainScale: 0.5 }],
      ['a gain a feature', { branchGain: 'features' }, { branchGainScale: 0.5 }],
    ] as const satisfies readonly (readonly [string, Partial<ResidualMlpShape>, object])[])(
      'residual, %s',
      (_, model, knobs) => {
        const slopes = widthSlopes(
          (width) => smallResidualShape({ ...common, blockLayers: 2, width, ...model }),
          {
            ...{ ...task, lane: laneOf(knobs) },
            layers: ['block1.branch', 'block2.branch', 'output.preactivation'],
          },
        );
        for (const slope of slopes) expect(Math.abs(slope)).toBeLessThan(SCATTER);
      },
    );

    it.each([
      ['batch norm', { norm: before }],
      ['rms after the activation', { norm: { ...before, kind: 'rms', position: 'after' } }],
      ['dynamic tanh', { norm: { ...before, kind: 'dynamic-tanh' } }],
      ['normalised weights', { weights: 'normalised' }],
      ['standardised weights', { weights: 'standardised' }],
      ['spherical weights', { weights: 'spherical' }],
    ] as const satisfies readonly (readonly [string, Partial<MlpShape>])[])(
      'plain, %s',
      (_, model) => {
        const slopes = widthSlopes((width) => smallShape({ ...common, width, ...model }), {
          ...{ ...task, lane: laneOf() },
          layers: ['input.feature', 'hidden1.feature', 'output.preactivation'],
        });
        for (const slope of slopes) expect(Math.abs(slope)).toBeLessThan(SCATTER);
      },
    );
  },
);
