import * as tf from '@tensorflow/tfjs';
import { beforeAll, describe, expect, it } from 'vitest';
import type { ExpertsRule } from '../parameterizations/expert-exponents.ts';
import type { Parameterization } from '../parameterizations/explicit-form.ts';
import type { ParameterizationName } from '../parameterizations/tables.ts';
import type { ExpertsShape, Shape } from '../shape.ts';
import { laneWith, sineBatch, smallShape } from '../testing/fixtures.ts';
import { changesOver } from '../testing/width-slopes.ts';

beforeAll(async () => {
  await tf.setBackend('cpu');
});

type Kind = 'sgd' | 'adam';
interface Sizes {
  readonly at: number;
  readonly width: number;
  readonly count: number;
  readonly active: number;
}

const size = { kind: 'scaled', expansion: 1 } as const;

function shapeOf(kind: Kind, { width, count, active }: Sizes, own: Partial<ExpertsShape>): Shape {
  const experts: ExpertsShape = {
    ...{ count, active, size, gate: 'sigmoid', normalised: false },
    ...own,
  };
  return smallShape({
    ...{ width, depth: 2, activation: 'tanh', centred: true, optimizer: { kind }, batch: 32 },
    experts,
  });
}

const layers = [
  ...['input.preactivation', 'hidden1.logits', 'hidden1.feature'],
  ...['hidden1.preactivation', 'output.preactivation'],
];

/** Exponents of the change in three steps of every layer over sizes, by layer. */
function slopes(
  sizes: readonly Sizes[],
  {
    kind,
    name,
    rule,
    own = {},
  }: {
    readonly kind: Kind;
    readonly name: ParameterizationName;
    readonly rule?: ExpertsRule;
    readonly own?: Partial<ExpertsShape>;
  },
): Readonly<Record<string, number>> {
  const [base] = sizes as [Sizes];
  const parameterization: Parameterization = {
    ...{ name, baseWidth: base.width },
    ...(rule && { experts: { rule, baseCount: base.count, baseActive: base.active } }),
  };
  const knobs = { learningRate: { sgd: 0.1, adam: 0.005 }[kind] };
  const found = changesOver(sizes, {
    shapeAt: (at) => shapeOf(kind, at, own),
    ...{ lane: laneWith({ parameterization, knobs }), layers, inputDim: 4, steps: 3 },
    batch: sineBatch({ inputDim: 4, batch: 32 }),
  });
  return Object.fromEntries(layers.map((layer, i) => [layer, found[i] ?? Number.NaN]));
}

const byWidth = [16, 32, 64, 128].map((width) => ({ at: width, width, count: 4, active: 2 }));
const together = [1, 2, 4].map((times) => ({
  ...{ at: times, width: 16 * times, count: 4 * times, active: 2 * times },
}));
const soft = [1, 2, 4].map((times) => ({
  ...{ at: times, width: 16 * times, count: 4 * times, active: 4 * times },
}));

describe.each(['sgd', 'adam'] as const)('over width, with %s', (kind) => {
  // MFP and the router as an output layer train as fixed experts do (experts-training.test.ts).
  it.each(['fixed-experts', 'all-scaling'] as const)(
    'μP with %s moves router, experts and output alike at every width',
    (rule) => {
      const all = slopes(byWidth, { kind, name: 'mup', rule });
      for (const layer of layers) {
        // With SGD a router that starts as an output layer starts slowly: until experts' outputs align with the gradient,
        // that of a logit is a sum of n terms of random sign. Adam does not see its size; a router that starts larger has
        // logits that move with what it reads.
        const slow = kind === 'sgd' && rule === 'fixed-experts' && layer === 'hidden1.logits';
        // Four widths and four seeds leave a scatter of about 0.1 in a slope.
        expect(Math.abs((all[layer] ?? Number.NaN) - (slow ? -0.5 : 0))).toBeLessThan(0.25);
      }
    },
  );

  it('SP moves the router and the output the more the wider it is', () => {
    const all = slopes(byWidth, { kind, name: 'sp' });
    const least = { sgd: 0.35, adam: 0.5 }[kind];
    for (const layer of ['hidden1.logits', 'output.preactivation']) {
      expect(all[layer]).toBeGreaterThan(least);
    }
  });
});

describe('over width and numbers of experts together, with Adam', () => {
  it.each(['all-scaling', 'all-scaling-mssp'] as const)('%s moves every layer alike', (rule) => {
    const all = slopes(together, { kind: 'adam', name: 'mup', rule });
    for (const layer of layers.filter((each) => each !== 'hidden1.feature')) {
      expect(Math.abs(all[layer] ?? Number.NaN)).toBeLessThan(0.3);
    }
  });

  it('fixed experts, whose gates are not times k₀/k, move what follows the more of them there are', () => {
    const all = slopes(soft, { kind: 'adam', name: 'mup', rule: 'fixed-experts' });
    expect(all['hidden1.preactivation']).toBeGreaterThan(0.6);
    const scaled = slopes(soft, { kind: 'adam', name: 'mup', rule: 'all-scaling' });
    expect(Math.abs(scaled['hidden1.preactivation'] ?? Number.NaN)).toBeLessThan(0.3);
  });
});
