import * as tf from '@tensorflow/tfjs';
import { beforeAll, expect, it } from 'vitest';
import type { Family } from '../parameterizations/explicit-form.ts';
import type { ParameterizationName } from '../parameterizations/tables.ts';
import { laneWith, sineBatch, smallShape } from '../testing/fixtures.ts';
import { plansOf, trainEagerly, upload } from '../testing/train-eagerly.ts';
import { trainingStep } from '../training-step.ts';
import type { CoordinateRecord } from './coordinate-check.ts';
import { coordinateCheck } from './coordinate-check.ts';

beforeAll(async () => {
  await tf.setBackend('cpu');
});

const widths = [16, 32, 64, 128, 256];
const seeds = [1, 2, 3, 4];

/**
 * Centred, because f₀ of order 1/√width in the residual would tilt the slopes at widths this small.
 * Pre-activations of a probe batch before and after three steps, for every width and seed.
 */
function records(name: ParameterizationName, kind: 'sgd' | 'adam'): CoordinateRecord[] {
  return widths.flatMap((width) => {
    const step = trainingStep(smallShape({ width, centred: true, optimizer: { kind } }), {
      ...{ inputDim: 4, output: { kind: 'regression', dim: 1 }, lanes: seeds.length },
    });
    const knobs = { learningRate: { sgd: 0.1, adam: 0.01 }[kind] };
    const parameterization = { name, baseWidth: 16 };
    const lanes = seeds.map((seed) => laneWith({ parameterization, knobs, seed }));
    const batch = sineBatch({ inputDim: 4 });
    const run = trainEagerly(step, plansOf(step, lanes), { steps: 3, batch });
    return tf.tidy(() => {
      const layers = (state: typeof run.state) => {
        const seen: Record<string, Float32Array> = {};
        step.model.forward(upload(state, step.state), batch(99).x, {
          record: (layer, tensor) => {
            seen[layer] = tensor.dataSync<'float32'>().slice();
          },
        });
        return seen;
      };
      const [before, after] = [layers(run.initial), layers(run.state)];
      return ['input', 'hidden1', 'output'].map((layer) => ({
        ...{ width, layer, step: 3 },
        before: before[`${layer}.preactivation`] ?? new Float32Array(),
        after: after[`${layer}.preactivation`] ?? new Float32Array(),
      }));
    });
  });
}

function slopes(name: ParameterizationName, kind: 'sgd' | 'adam'): Record<string, number> {
  const trends = coordinateCheck(records(name, kind));
  return Object.fromEntries(trends.map(({ layer, slope }) => [layer, slope]));
}

it.each(['sgd', 'adam'] satisfies Family[])(
  'with %s, μP moves every layer alike at every width and SP does not',
  (kind) => {
    const mup = slopes('mup', kind);
    const sp = slopes('sp', kind);
    for (const slope of Object.values(mup)) expect(Math.abs(slope)).toBeLessThan(0.2);
    expect(sp.output).toBeGreaterThan(0.4);
  },
);
