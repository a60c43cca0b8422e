import * as tf from '@tensorflow/tfjs';
import { beforeAll, describe, expect, it } from 'vitest';
import { residualMlp } from '../models/residual-mlp.ts';
import type { ResidualMlpShape } from '../shape.ts';
import { expectSameRuns } from '../testing/compare-runs.ts';
import { laneWith, sineBatch, smallResidualShape } from '../testing/fixtures.ts';
import { plansOf, trainEagerly } from '../testing/train-eagerly.ts';
import { trainingStep } from '../training-step.ts';

beforeAll(async () => {
  await tf.setBackend('cpu');
});

const dims = { inputDim: 3, outputDim: 1 };
const batch = sineBatch({ inputDim: 3 });

describe.each(['scalar', 'features'] as const)('branch gain: %s', (branchGain) => {
  it('is the end of its branch, and what stands before it is inside', () => {
    const listed = (model: Partial<ResidualMlpShape>) =>
      residualMlp(
        smallResidualShape({ depth: 1, branchGain, ...model }).model,
        dims,
      ).parameters.map(
        ({ name, role, place, shape }) => `${name} ${role} ${place ?? '-'} ${shape}`,
      );
    const width = branchGain === 'scalar' ? 1 : 16;
    expect(listed({})).toEqual([
      'input.weight input - 3,16',
      'block1.end.weight hidden branch 16,16',
      `block1.gain branch-gain branch-end 1,${width}`,
      'output.weight output - 16,1',
    ]);
    const norm = { kind: 'rms', placement: 'both', gains: true } as const;
    expect(listed({ norm }).slice(3, 5)).toEqual([
      'block1.end-norm.gain norm-gain branch 1,16',
      `block1.gain branch-gain branch-end 1,${width}`,
    ]);
  });

  it('starts branches at 0, so that a deep net starts as its input layer and readout', () => {
    const shape = smallResidualShape({ depth: 8, branchGain });
    const step = trainingStep(shape, {
      ...{ inputDim: 3, output: { kind: 'regression', dim: 1 }, lanes: 2 },
    });
    const lanes = [0, 0.5].map((branchGainScale) =>
      laneWith({ knobs: { learningRate: 0.1, branchGainScale, branchMultiplier: 0.5 } }),
    );
    const { initial, state } = trainEagerly(step, plansOf(step, lanes), { steps: 1, batch });
    const gains = initial['block1.gain'] ?? new Float32Array();
    expect(new Set(gains.slice(0, gains.length / 2))).toEqual(new Set([0]));
    expect(new Set(gains.slice(gains.length / 2))).toEqual(new Set([0.25]));
    // At a gain of 0 the gain alone has a gradient.
    const weights = (run: typeof state) => run['block1.end.weight']?.slice(0, 256);
    expect(weights(state)).toEqual(weights(initial));
    expect(state['block1.gain']?.[0]).not.toBe(0);
  });

  it('trains on the device as in eager tfjs, and a lane as if it were alone', async () => {
    const norm = { kind: 'dynamic-tanh', placement: 'both', gains: false } as const;
    const shape = smallResidualShape({
      ...{ branchGain, blockLayers: 2, norm, optimizer: { kind: 'momentum' } },
    });
    const lanes = [
      laneWith({ knobs: { learningRate: 0.02 } }),
      laneWith({
        knobs: { learningRate: 0.02, branchGainScale: 0.5, tanhSlope: 1 },
        parameterization: {
          ...{ name: 'mup', baseWidth: 8, depth: { rule: 'sqrt', baseDepth: 1 } },
        },
        seed: 2,
      }),
    ];
    await expectSameRuns(shape, { lanes, inputDim: 3, batch });
  });
});
