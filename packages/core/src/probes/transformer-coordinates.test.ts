import * as tf from '@tensorflow/tfjs';
import { beforeAll, describe, expect, it } from 'vitest';
import type { Knobs } from '../knobs.ts';
import type { DepthRule } from '../parameterizations/depth-exponents.ts';
import type { ParameterizationName } from '../parameterizations/tables.ts';
import type { TransformerShape } from '../shape.ts';
import { laneWith, smallTransformerShape, tokenBatch } from '../testing/fixtures.ts';
import { plansOf, upload } from '../testing/train-eagerly.ts';
import { trainOnDevice } from '../testing/train-on-device.ts';
import { trainingStep } from '../training-step.ts';
import { rootMeanSquareChange } from './coordinate-check.ts';
import { logSlope } from './log-slope.ts';

beforeAll(async () => {
  await tf.setBackend('cpu');
});

const seeds = [1, 2, 3];
const vocabulary = 5;
type Kind = 'sgd' | 'adam';

/** Slopes over shapes of the root mean square change in two steps of what `layers` names. */
async function slopes(
  sizes: readonly { readonly at: number; readonly model: Partial<TransformerShape> }[],
  options: {
    readonly kind: Kind;
    readonly name: ParameterizationName;
    readonly rule: DepthRule;
    readonly layers: readonly string[];
    readonly knobs?: Knobs;
  },
): Promise<Readonly<Record<string, number>>> {
  const { kind, name, rule, layers } = options;
  const rows: (readonly number[])[] = [];
  for (const { model } of sizes) {
    const shape = smallTransformerShape({
      ...{ depth: 2, context: 6, expansion: 2, centred: true, optimizer: { kind }, batch: 8 },
      ...model,
    });
    const output = { kind: 'classes', count: vocabulary } as const;
    const step = trainingStep(shape, { inputDim: 1, lanes: seeds.length, output });
    const parameterization = { name, baseWidth: 16, depth: { rule, baseDepth: 1 } };
    const knobs = { learningRate: { sgd: 0.1, adam: 0.004 }[kind], ...options.knobs };
    const plans = plansOf(
      step,
      seeds.map((seed) => laneWith({ parameterization, knobs, seed })),
    );
    const batch = tokenBatch({ vocabulary, context: 6, batch: 8 });
    const run = await trainOnDevice(step, plans, { steps: 2, batch });
    const changes = tf.tidy(() => {
      const constants = upload(run.constants, step.constants);
      const seen = (state: typeof run.state) => {
        const all: Record<string, Float32Array> = {};
        step.model.forward({ ...constants, ...upload(state, step.state) }, batch(99).x, {
          record: (layer, tensor) => {
            all[layer] = tensor.dataSync<'float32'>().slice();
          },
        });
        return all;
      };
      const [before, after] = [seen(run.initial), seen(run.state)];
      return layers.map((layer) =>
        rootMeanSquareChange(
          before[layer] ?? new Float32Array(),
          after[layer] ?? new Float32Array(),
        ),
      );
    });
    rows.push(changes);
  }
  const xs = sizes.map(({ at }) => at);
  const slopeOf = (i: number) =>
    logSlope(
      xs,
      rows.map((row) => row[i] ?? Number.NaN),
    ).slope;
  return Object.fromEntries(layers.map((layer, i) => [layer, slopeOf(i)]));
}

const widths = [16, 32, 64];
const byDepth = [1, 2, 4, 8].map((depth) => ({
  ...{ at: depth, model: { width: 32, heads: 4, headSize: 8, depth } },
}));
const byCount = widths.map((width) => ({
  at: width,
  model: { width, heads: width / 8, headSize: 8 },
}));
const bySize = widths.map((width) => ({
  ...{ at: width, model: { width, heads: 2, headSize: width / 2, logitScale: 'inverse' } as const },
}));
const layers = [
  ...['input.preactivation', 'layer1.attention.logits', 'layer1.attention.branch'],
  ...['layer1.mlp.branch', 'layer2.attention.branch', 'output.feature', 'output.preactivation'],
];

describe.each(['sgd', 'adam'] as const)('with %s', (kind) => {
  it.each([
    ['more heads', byCount, {}],
    ['larger heads, logits by 1/d', bySize, {}],
    ['larger heads, QK norm', bySize, { queryKeyNorm: true }],
    ['more heads, tied, gated', byCount, { readout: 'tied', feedForward: 'gated' }],
  ] as const)('μP moves every layer alike at every width: %s', async (_, sizes, model) => {
    const own = sizes.map((each) => ({ ...each, model: { ...each.model, ...model } }));
    const all = await slopes(own, { kind, name: 'mup', rule: 'none', layers });
    for (const [layer, slope] of Object.entries(all)) {
      // With SGD the logits of larger heads start slowly: until values align with the gradient, the gradient of a logit
      // is a sum of d terms of random sign in place of one sign. Adam does not see its size.
      const slow = kind === 'sgd' && sizes === bySize && layer === 'layer1.attention.logits';
      // Three widths and three seeds leave a scatter of about 0.1 in a slope.
      expect(Math.abs(slope - (slow ? -0.5 : 0))).toBeLessThan(0.25);
    }
  });

  it('SP moves branches and output the more the wider it is', async () => {
    const all = await slopes(byCount, { kind, name: 'sp', rule: 'none', layers });
    const expected = { sgd: 0.2, adam: 0.6 }[kind];
    for (const layer of ['layer1.attention.branch', 'output.preactivation']) {
      expect(all[layer]).toBeGreaterThan(expected);
    }
  });

  it('over depth, L^{-1/2} and CompleteP move stream and output alike', async () => {
    const seen = ['layer1.attention.logits', 'layer1.mlp.branch'];
    const outputs = ['output.feature', 'output.preactivation'];
    for (const rule of ['sqrt', 'completep'] as const) {
      const all = await slopes(byDepth, { kind, name: 'mup', rule, layers: [...seen, ...outputs] });
      for (const layer of outputs) expect(Math.abs(all[layer] ?? Number.NaN)).toBeLessThan(0.3);
      expect(Math.abs((all['layer1.mlp.branch'] ?? Number.NaN) + 1)).toBeLessThan(0.35);
      // What moves inside a branch moves as L^{α−1}: with α = 1 alone at a pace without depth (2505.01618).
      const inside = { sqrt: -0.5, completep: 0 }[rule];
      expect(Math.abs((all['layer1.attention.logits'] ?? Number.NaN) - inside)).toBeLessThan(0.3);
    }
    const all = await slopes(byDepth, { kind, name: 'mup', rule: 'none', layers: outputs });
    expect(all['output.feature']).toBeGreaterThan(0.35);
  });
});
