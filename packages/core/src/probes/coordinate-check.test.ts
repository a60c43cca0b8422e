import * as tf from '@tensorflow/tfjs';
import { beforeAll, expect, it } from 'vitest';
import type { ParameterizationName } from '../parameterizations/tables.ts';
import { laneWith, sineBatch, smallShape } from '../testing/fixtures.ts';
import { plansOf, trainEagerly, upload } from '../testing/train-eagerly.ts';
import { trainingStep } from '../training-step.ts';
import type { CoordinateRecord } from './coordinate-check.ts';
import { coordinateCheck } from './coordinate-check.ts';

beforeAll(async () => {
  await tf.setBackend('cpu');
});

const widths = [16, 32, 64, 128];
const seeds = [1, 2, 3, 4];
type Kind = 'sgd' | 'adam' | 'muon';

/**
 * Pre-activations of a probe batch before and after one step, for every width and seed. Centred, because an f₀ of
 * order 1/√width in the residual would tilt the slopes at widths this small.
 */
function records(name: ParameterizationName, kind: Kind): CoordinateRecord[] {
  return widths.flatMap((width) => {
    const step = trainingStep(smallShape({ width, centred: true, optimizer: { kind } }), {
      ...{ inputDim: 4, output: { kind: 'regression', dim: 1 }, lanes: seeds.length },
    });
    const knobs = { learningRate: { sgd: 0.1, adam: 0.01, muon: 0.1 }[kind] };
    const parameterization = { name, baseWidth: 16 };
    const lanes = seeds.map((seed) => laneWith({ parameterization, knobs, seed }));
    const batch = sineBatch({ inputDim: 4 });
    const run = trainEagerly(step, plansOf(step, lanes), { steps: 1, batch });
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
        ...{ width, layer, step: 1 },
        before: before[`${layer}.preactivation`] ?? new Float32Array(),
        after: after[`${layer}.preactivation`] ?? new Float32Array(),
      }));
    });
  });
}

function slopes(name: ParameterizationName, kind: Kind): Record<string, number> {
  const trends = coordinateCheck(records(name, kind));
  return Object.fromEntries(trends.map(({ layer, slope }) => [layer, slope]));
}

it('with Muon, μP moves every layer alike at every width', () => {
  for (const slope of Object.values(slopes('mup', 'muon'))) {
    expect(Math.abs(slope)).toBeLessThan(0.2);
  }
});

// In SP the backpropagated error has coordinates of order n^{-1/2} and a layer sums n of them: one step of SGD at a
// rate of order 1 moves input, hidden and output by n^{-1/2}, n^{1/2} and n; one of Adam by 1, n and between n and n^{3/2}.
it.each([
  { kind: 'sgd', predicted: { input: -0.5, hidden1: 0.5, output: 1 } },
  { kind: 'adam', predicted: { input: 0, hidden1: 1, output: 1.25 } },
] as const)(
  'with $kind, μP moves every layer alike at every width and SP does not',
  ({ kind, predicted }) => {
    // Four widths and four seeds leave a scatter of about 0.1 in a slope.
    for (const slope of Object.values(slopes('mup', kind))) {
      expect(Math.abs(slope)).toBeLessThan(0.2);
    }
    const sp = slopes('sp', kind);
    for (const [layer, slope] of Object.entries(predicted)) {
      expect(Math.abs((sp[layer] ?? Number.NaN) - slope)).toBeLessThan(0.25);
    }
  },
);
