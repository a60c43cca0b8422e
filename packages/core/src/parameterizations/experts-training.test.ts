import * as tf from '@tensorflow/tfjs';
import { beforeAll, describe, expect, it } from 'vitest';
import type { Knobs } from '../knobs.ts';
import type { ExpertsShape, OptimizerShape, Shape } from '../shape.ts';
import {
  laneWith,
  sineBatch,
  smallResidualShape,
  smallShape,
  smallTransformerShape,
  tokenBatch,
} from '../testing/fixtures.ts';
import { trainedCurve } from '../testing/trained-curve.ts';
import type { ExpertsRule } from './expert-exponents.ts';
import { expertTables } from './expert-exponents.ts';
import type { Parameterization } from './explicit-form.ts';
import type { ParameterizationName } from './tables.ts';

beforeAll(async () => {
  await tf.setBackend('cpu');
});

const experts: ExpertsShape = {
  ...{ count: 4, active: 2, size: { kind: 'scaled', expansion: 1 }, gate: 'sigmoid' },
  normalised: false,
};
const rules = Object.keys(expertTables) as readonly ExpertsRule[];

interface Case {
  readonly optimizer: OptimizerShape;
  readonly knobs: Knobs;
}
const cases: readonly Case[] = [
  { optimizer: { kind: 'momentum' }, knobs: { learningRate: 0.03 } },
  { optimizer: { kind: 'adamw' }, knobs: { learningRate: 0.01, epsilon: 1e-2, weightDecay: 0.5 } },
];

const vocabulary = 5;
type Net = 'mlp' | 'residual' | 'transformer';
const nets: readonly Net[] = ['mlp', 'residual', 'transformer'];

function shapeOf(net: Net, { optimizer }: Case, own: Partial<ExpertsShape>): Shape {
  const common = { experts: { ...experts, ...own }, bias: true, centred: true, optimizer } as const;
  switch (net) {
    case 'mlp':
      return smallShape({ ...common, depth: 2 });
    case 'residual':
      return smallResidualShape({ ...common, depth: 2, blockLayers: 2 });
    case 'transformer':
      return smallTransformerShape({ ...common, feedForward: 'gated' });
  }
}

function curve(
  net: Net,
  each: Case,
  {
    name,
    rule,
    form,
    own = {},
  }: {
    readonly name: ParameterizationName;
    readonly rule?: ExpertsRule;
    readonly form: 'trained' | 'explicit';
    readonly own?: Partial<ExpertsShape>;
  },
): readonly number[] {
  const parameterization: Parameterization = {
    ...{ name, baseWidth: 2, depth: { rule: 'completep', baseDepth: 1 } },
    ...(rule && { experts: { rule, baseCount: 2, baseActive: 1 } }),
  };
  // Biases of their own, so that their multipliers are seen too.
  const lane = laneWith({ parameterization, knobs: { ...each.knobs, biasScale: 0.3 } });
  const sides =
    net === 'transformer'
      ? ({ inputDim: 1, output: { kind: 'classes', count: vocabulary } } as const)
      : ({ inputDim: 3, output: { kind: 'regression', dim: 1 } } as const);
  const batch =
    net === 'transformer' ? tokenBatch({ vocabulary, context: 6 }) : sineBatch({ inputDim: 3 });
  return trainedCurve(shapeOf(net, each, own), lane, {
    ...{ ...sides, form, steps: 10, batch: () => batch(0) },
  });
}

function expectSame(one: readonly number[], other: readonly number[]): void {
  // The loss moves, so that agreement says something.
  expect(Math.abs((one.at(-1) ?? 0) / (one[0] ?? 0) - 1)).toBeGreaterThan(0.01);
  one.forEach((loss, t) => {
    // Float32 round-off of 6e-8 an operation, carried and amplified through 10 steps of a small net.
    expect(Math.abs(loss - (other[t] ?? Number.NaN)) / loss).toBeLessThan(5e-4);
  });
}

describe.each(cases)('$optimizer.kind', (each) => {
  it.each(nets)('trains the same in its form as with multipliers in the graph: %s', (net) => {
    for (const name of ['sp', 'ntp', 'mup'] as const) {
      const forms = (['trained', 'explicit'] as const).map((form) =>
        curve(net, each, { name, form }),
      );
      expectSame(forms[0] ?? [], forms[1] ?? []);
    }
    for (const rule of rules) {
      const forms = (['trained', 'explicit'] as const).map((form) =>
        curve(net, each, { name: 'mup', rule, form }),
      );
      expectSame(forms[0] ?? [], forms[1] ?? []);
    }
  });

  it.each(nets)('trains the same in all tables of μP and in MFP: %s', (net) => {
    const reference = curve(net, each, { name: 'mup', form: 'trained' });
    for (const name of ['mup-table-3', 'mup-table-8', 'mfp'] as const) {
      expectSame(curve(net, each, { name, form: 'trained' }), reference);
    }
  });

  it('has the router as an output layer as the rule of fixed experts, and both as μP by class', () => {
    for (const net of nets) {
      const [output, fixed, byClass] = (
        ['router-as-output', 'fixed-experts', undefined] as const
      ).map((rule) => curve(net, each, { name: 'mup', form: 'trained', ...(rule && { rule }) }));
      expectSame(output ?? [], fixed ?? []);
      expectSame(output ?? [], byClass ?? []);
    }
  });

  it('has the bottleneck as all-scaling, by fan-in and fan-out, whatever the size of experts', () => {
    for (const size of [experts.size, { kind: 'fixed', features: 3 } as const]) {
      const [all, bottleneck] = (['all-scaling', 'bottleneck'] as const).map((rule) =>
        curve('mlp', each, { name: 'mup', rule, form: 'trained', own: { size } }),
      );
      expect(all).toEqual(bottleneck);
    }
  });

  it('differs between the others', () => {
    const ends = (
      [
        'fixed-experts',
        'scaled-gates',
        'all-scaling',
        'all-scaling-mssp',
        'bottleneck-mssp',
      ] as const
    ).map((rule) => curve('mlp', each, { name: 'mup', rule, form: 'trained' }).at(-1) ?? 0);
    for (const [i, one] of ends.entries()) {
      for (const other of ends.slice(i + 1)) {
        expect(Math.abs(one / other - 1)).toBeGreaterThan(1e-3);
      }
    }
  });
});
