import * as tf from '@tensorflow/tfjs';
import { beforeAll, describe, expect, it } from 'vitest';
import type { Knobs } from '../knobs.ts';
import type { DepthRule } from '../parameterizations/depth-exponents.ts';
import type { ParameterizationName } from '../parameterizations/tables.ts';
import type { ResidualMlpShape } from '../shape.ts';
import { laneWith, sineBatch, smallResidualShape } from '../testing/fixtures.ts';
import { plansOf, trainEagerly, upload } from '../testing/train-eagerly.ts';
import { trainingStep } from '../training-step.ts';
import { rootMeanSquareChange } from './coordinate-check.ts';
import { logSlope } from './log-slope.ts';

beforeAll(async () => {
  await tf.setBackend('cpu');
});

const seeds = [1, 2, 3, 4];
type Kind = 'sgd' | 'adam';

/** Root mean square change in one step of what `layers` names, in a net of the shape, each tensor as its rules say. */
function changes(
  model: Partial<ResidualMlpShape>,
  options: {
    readonly kind: Kind;
    readonly name: ParameterizationName;
    readonly rule: DepthRule;
    readonly layers: readonly string[];
    readonly knobs?: Knobs;
  },
): readonly number[] {
  const { kind, name, rule, layers } = options;
  const step = trainingStep(
    smallResidualShape({ activation: 'relu', centred: true, optimizer: { kind }, ...model }),
    { inputDim: 4, output: { kind: 'regression', dim: 1 }, lanes: seeds.length },
  );
  const parameterization = { name, baseWidth: 16, depth: { rule, baseDepth: 2 } };
  const knobs = { learningRate: { sgd: 0.02, adam: 0.002 }[kind], ...options.knobs };
  const lanes = seeds.map((seed) => laneWith({ parameterization, knobs, seed }));
  const batch = sineBatch({ inputDim: 4 });
  const run = trainEagerly(step, plansOf(step, lanes), { steps: 1, batch });
  return tf.tidy(() => {
    const seen = (state: typeof run.state) => {
      const all: Record<string, Float32Array> = {};
      step.model.forward(upload(state, step.state), batch(99).x, {
        record: (layer, tensor) => {
          all[layer] = tensor.dataSync<'float32'>().slice();
        },
      });
      return all;
    };
    const [before, after] = [seen(run.initial), seen(run.state)];
    return layers.map((layer) =>
      rootMeanSquareChange(before[layer] ?? new Float32Array(), after[layer] ?? new Float32Array()),
    );
  });
}

function slopesOver<Size>(
  sizes: readonly Size[],
  at: (size: Size) => number,
  of: (size: Size) => readonly number[],
) {
  const rows = sizes.map(of);
  return (rows[0] ?? []).map(
    (_, i) =>
      logSlope(
        sizes.map(at),
        rows.map((row) => row[i] ?? Number.NaN),
      ).slope,
  );
}

const widths = [16, 32, 64, 128];
const depths = [2, 4, 8, 16];
const norm = { kind: 'rms', placement: 'pre', gains: true } as const;

describe.each(['sgd', 'adam'] as const)('over width, with %s', (kind) => {
  const layers = ['input.preactivation', 'block1.branch', 'block2.branch', 'output.preactivation'];
  const slopes = (name: ParameterizationName, model: Partial<ResidualMlpShape>) =>
    slopesOver(
      widths,
      (width) => width,
      (width) => changes({ width, depth: 2, ...model }, { kind, name, rule: 'none', layers }),
    );

  it.each([
    ['one layer, no norm', { blockLayers: 1 }],
    ['one layer, pre-norm', { blockLayers: 1, norm }],
    ['two layers, pre-norm', { blockLayers: 2, norm }],
    ['two layers, post-norm', { blockLayers: 2, norm: { ...norm, placement: 'post' } }],
    ['two layers, norms on both sides', { blockLayers: 2, norm: { ...norm, placement: 'both' } }],
  ] as const)('μP and MFP move every layer alike at every width: %s', (_, model) => {
    for (const name of ['mup', 'mfp', 'mup-table-3', 'mup-table-8'] as const) {
      // Four widths and four seeds leave a scatter of about 0.1 in a slope.
      for (const slope of slopes(name, model)) expect(Math.abs(slope)).toBeLessThan(0.25);
    }
  });

  // In SP as in a net without branches (coordinate-check.test.ts). In NTP every tensor's rate was chosen so that its own
  // change moves the output alike at every width: features freeze with SGD; with Adam the signs of their change align
  // with the readout, which moves it as n^{1/2}.
  const predicted = {
    sp: { sgd: [-0.5, 0.5, 1], adam: [0, 1, 1.25] },
    ntp: { sgd: [-0.5, -0.5, 0], adam: [0, 0, 0.5] },
  };

  it('SP and NTP do not', () => {
    for (const name of ['sp', 'ntp'] as const) {
      const [input, , branch, output] = slopes(name, {});
      [input, branch, output].forEach((slope, i) => {
        expect(Math.abs((slope ?? Number.NaN) - (predicted[name][kind][i] ?? 0))).toBeLessThan(
          0.25,
        );
      });
    }
  });
});

describe.each(['sgd', 'adam'] as const)('over depth, with %s', (kind) => {
  const slopes = (rule: DepthRule, model: Partial<ResidualMlpShape>, knobs: Knobs = {}) => {
    const layers = ['block2.branch', 'output.feature', 'output.preactivation'];
    const [branch = 0, stream = 0, output = 0] = slopesOver(
      depths,
      (depth) => depth,
      (depth) =>
        changes({ width: 32, depth, ...model }, { kind, name: 'mup', rule, layers, knobs }),
    );
    return { branch, stream, output };
  };

  it.each([
    ['one layer, no norm', { blockLayers: 1 }],
    ['two layers, biases, no norm', { blockLayers: 2, bias: true }],
    ['two layers, pre-norm', { blockLayers: 2, norm }],
    ['two layers, post-norm', { blockLayers: 2, norm: { ...norm, placement: 'post' } }],
    ['one layer, norms on both sides', { blockLayers: 1, norm: { ...norm, placement: 'both' } }],
  ] as const)(
    'L^{-1/2} and CompleteP: a block moves by 1/L, all together alike at every depth: %s',
    (_, model) => {
      for (const rule of ['sqrt', 'completep'] as const) {
        const { stream, output, branch } = slopes(rule, model);
        // Depths from 2 to 16 are not yet those of the limit: (1 + g/L^{2α})^L still moves.
        expect(Math.abs(stream)).toBeLessThan(0.3);
        expect(Math.abs(output)).toBeLessThan(0.3);
        expect(Math.abs(branch + 1)).toBeLessThan(0.4);
      }
    },
  );

  it('without a multiplier all blocks move together ever more', () => {
    expect(slopes('none', { norm }).stream).toBeGreaterThan(0.3);
  });

  it('the bare L^{-1} learns as L^{-1} in its branches with SGD, and not less with Adam', () => {
    const branchesAlone = {
      ...{ 'learningRate/input': 0, 'learningRate/output': 0, 'learningRate/norm.gain': 0 },
    };
    const stream = (rule: DepthRule) => slopes(rule, { norm }, branchesAlone).stream;
    expect(Math.abs(stream('completep'))).toBeLessThan(0.3);
    expect(Math.abs(stream('sqrt'))).toBeLessThan(0.3);
    expect(Math.abs(stream('inverse') - { sgd: -1, adam: 0 }[kind])).toBeLessThan(0.3);
  });
});
