import * as tf from '@tensorflow/tfjs';
import { beforeAll, describe, expect, it } from 'vitest';
import { residualMlp } from '../models/residual-mlp.ts';
import type { WeightKind } from '../shape.ts';
import { expectSameRuns } from '../testing/compare-runs.ts';
import { laneWith, sineBatch, smallResidualShape, smallShape } from '../testing/fixtures.ts';
import { normals } from '../testing/normals.ts';
import { plansOf, trainEagerly } from '../testing/train-eagerly.ts';
import { trainingStep } from '../training-step.ts';
import { unitWeight } from './unit-weight.ts';

beforeAll(async () => {
  await tf.setBackend('cpu');
});

const batch = sineBatch({ inputDim: 3 });
const kinds = ['normalised', 'standardised', 'spherical'] as const;
const norms = (values: Float32Array, columns: number) =>
  Array.from({ length: columns }, (_, column) =>
    Math.hypot(...values.filter((_, at) => at % columns === column)),
  );

it('has columns of the lengths of its gains, and does not see their own, nor centred their mean', () => {
  const weight = tf.tensor(normals('w', 12), [1, 4, 3]);
  const gain = tf.tensor([1, 2, 0], [1, 1, 3]);
  for (const centred of [false, true]) {
    const unit = (w: tf.Tensor) => unitWeight(w, { gain, centred }).dataSync<'float32'>();
    norms(unit(weight), 3).forEach((norm, i) => {
      expect(norm).toBeCloseTo([1, 2, 0][i] ?? Number.NaN, 5);
    });
    // A power of two scales floats exactly, but for ε.
    unit(tf.mul(weight, 4)).forEach((value, i) => {
      expect(value).toBeCloseTo(unit(weight)[i] ?? Number.NaN, 6);
    });
    if (!centred) continue;
    unit(tf.add(weight, 3)).forEach((value, i) => {
      expect(value).toBeCloseTo(unit(weight)[i] ?? Number.NaN, 5);
    });
  }
  expect(() => unitWeight(tf.ones([1, 1, 3]), { gain, centred: true })).toThrow(
    'unknown fan-in: 1 (2 or more, standardised)',
  );
});

/** One lane of SGD on a plain net, its first hidden matrix and gains before and after. */
function trained(weights: WeightKind, knobs = {}) {
  const shape = smallShape({ depth: 2, weights });
  const step = trainingStep(shape, {
    ...{ inputDim: 3, output: { kind: 'regression', dim: 1 }, lanes: 1 },
  });
  const lane = laneWith({ knobs: { learningRate: 0.2, ...knobs } });
  const { initial, state } = trainEagerly(step, plansOf(step, [lane]), { steps: 5, batch });
  const of = (name: string) => ({
    before: initial[name] ?? new Float32Array(),
    after: state[name] ?? new Float32Array(),
  });
  return { weight: of('hidden1.weight'), gain: of('hidden1.weight-gain') };
}

describe('over training', () => {
  it('columns of a free weight only grow, and those of a spherical one stay as they are', () => {
    for (const kind of kinds) {
      const { before, after } = trained(kind).weight;
      const [start, end] = [norms(before, 16), norms(after, 16)];
      expect(before).not.toEqual(after);
      start.forEach((length, i) => {
        if (kind === 'spherical') {
          expect(length).toBeCloseTo(1, 5);
          expect(end[i]).toBeCloseTo(1, 5);
        } else {
          expect(end[i]).toBeGreaterThan(length - 1e-6);
        }
      });
    }
  });

  it('gains start at initScale, and stand still at a rate of 0', () => {
    const knobs = { initScale: 3, 'initScale/hidden': 0.5 };
    const { gain } = trained('normalised', knobs);
    expect(new Set(gain.before)).toEqual(new Set([1.5]));
    expect(gain.after).not.toEqual(gain.before);
    const held = trained('normalised', { ...knobs, 'learningRate/weight-gain': 0 });
    expect(held.gain.after).toEqual(gain.before);
    expect(held.weight.after).not.toEqual(held.weight.before);
  });

  it('a branch that starts at 0 is there to grow', () => {
    const shape = smallResidualShape({ weights: 'normalised' });
    const step = trainingStep(shape, {
      ...{ inputDim: 3, output: { kind: 'regression', dim: 1 }, lanes: 1 },
    });
    const lane = laneWith({ knobs: { learningRate: 0.2, 'initScale/branch-end': 0 } });
    const { initial, state } = trainEagerly(step, plansOf(step, [lane]), { steps: 3, batch });
    expect(new Set(initial['block1.end.weight-gain'])).toEqual(new Set([0]));
    expect(Math.abs(state['block1.end.weight-gain']?.[0] ?? 0)).toBeGreaterThan(0);
    expect(state['block1.end.weight']?.every(Number.isFinite)).toBe(true);
  });
});

it('keeps the readout plain, and gains beside the weights they scale', () => {
  const { model } = smallResidualShape({ depth: 1, bias: true, weights: 'spherical' });
  const { parameters } = residualMlp(model, { inputDim: 3, outputDim: 1 });
  expect(
    parameters.map(({ name, role, place, direction }) =>
      [name, role, place ?? '-', direction ?? '-'].join(' '),
    ),
  ).toEqual([
    'input.weight input - sphere',
    'input.weight-gain weight-gain - -',
    'input.bias input-bias - -',
    'block1.end.weight hidden branch-end sphere',
    'block1.end.weight-gain weight-gain branch-end -',
    'block1.end.bias hidden-bias branch-end -',
    'output.weight output - -',
    'output.bias output-bias - -',
  ]);
});

it.each(kinds)(
  'trains on the device as in eager tfjs, and a lane as if it were alone: %s',
  async (weights) => {
    const shape = smallResidualShape({
      ...{ blockLayers: 2, bias: true, weights, optimizer: { kind: 'adam' } },
    });
    const lanes = [
      laneWith({ knobs: { learningRate: 0.01, branchMultiplier: 0.5 } }),
      laneWith({
        knobs: { learningRate: 0.02 },
        parameterization: {
          ...{ name: 'mfp', baseWidth: 8, depth: { rule: 'completep', baseDepth: 1 } },
        },
        seed: 2,
      }),
    ];
    await expectSameRuns(shape, { lanes, inputDim: 3, batch });
  },
);
