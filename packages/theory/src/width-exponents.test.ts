import { describe, expect, it } from 'vitest';
import { normalSource } from './testing/random.ts';
import type { ByLayer, LayerExponents, StepKind } from './width-exponents.ts';
import { stableRateExponent, updateExponents } from './width-exponents.ts';

type Net = ByLayer<LayerExponents>;

/** From `[a, b, c]` of input, hidden and output. */
function net(...rows: readonly (readonly [number, number, number])[]): Net {
  const [input, hidden, output] = rows.map(([a, b, c]) => ({ a, b, c }));
  return { input, hidden, output } as Net;
}

const half = 1 / 2;
const nets: Readonly<Record<StepKind, Readonly<Record<'sp' | 'ntp' | 'mfp' | 'mup', Net>>>> = {
  sgd: {
    sp: net([0, 0, 0], [0, half, 0], [0, half, 0]),
    ntp: net([0, 0, 0], [half, 0, 0], [half, 0, 0]),
    mfp: net([0, 0, -1], [half, 0, -1], [1, 0, -1]),
    mup: net([-half, half, 0], [0, half, 0], [half, half, 0]),
  },
  adam: {
    sp: net([0, 0, 0], [0, half, 0], [0, half, 0]),
    ntp: net([0, 0, 0], [half, 0, half], [half, 0, half]),
    mfp: net([0, 0, 0], [half, 0, half], [1, 0, 0]),
    mup: net([-half, half, half], [0, half, 1], [half, half, half]),
  },
};

describe('exponents of the first step', () => {
  it('are those of the papers: SP blows up, NTP freezes its features, μP and MFP move everything alike', () => {
    expect(updateExponents(nets.sgd.sp, 'sgd').total).toEqual({
      input: -half,
      hidden: half,
      output: 1,
    });
    expect(updateExponents(nets.sgd.ntp, 'sgd').total).toEqual({
      input: -half,
      hidden: -half,
      output: 0,
    });
    for (const steps of ['sgd', 'adam'] as const) {
      for (const name of ['mup', 'mfp'] as const) {
        const zero = { input: 0, hidden: 0, output: 0 };
        expect(updateExponents(nets[steps][name], steps)).toEqual({
          own: zero,
          handedOn: { hidden: 0, output: 0 },
          total: zero,
        });
      }
    }
  });

  it('do not change where a multiplier is absorbed into the weights', () => {
    for (const steps of ['sgd', 'adam'] as const) {
      for (const each of Object.values(nets[steps])) {
        const shifted = ({ a, b, c }: LayerExponents, theta: number): LayerExponents => ({
          a: a + theta,
          b: b - theta,
          c: c - (steps === 'sgd' ? 2 : 1) * theta,
        });
        const other = {
          input: shifted(each.input, 0.5),
          hidden: shifted(each.hidden, -1),
          output: shifted(each.output, 0.25),
        };
        expect(updateExponents(other, steps)).toEqual(updateExponents(each, steps));
      }
    }
  });

  it('say how the stable rate scales', () => {
    expect(stableRateExponent(nets.sgd.sp, 'sgd')).toBe(-1);
    expect(stableRateExponent(nets.sgd.ntp, 'sgd')).toBe(0);
    expect(stableRateExponent(nets.adam.sp, 'adam')).toBe(-1.5);
    expect(stableRateExponent(nets.adam.mup, 'adam')).toBe(0);
    // 2505.22491: n^{-1/2} under cross-entropy for SGD, where logits may diverge; n^{-1} for Adam.
    expect(stableRateExponent(nets.sgd.sp, 'sgd', 'cross-entropy')).toBe(-half);
    expect(stableRateExponent(nets.sgd.ntp, 'sgd', 'cross-entropy')).toBe(half);
    expect(stableRateExponent(nets.adam.sp, 'adam', 'cross-entropy')).toBe(-1);
    expect(stableRateExponent(nets.sgd.mup, 'sgd', 'cross-entropy')).toBe(0);
  });

  it('need activations of order 1', () => {
    expect(() => updateExponents(net([0, 0, 0], [0, 0, 0], [0, half, 0]), 'sgd')).toThrow(
      'unstable at initialization',
    );
  });
});

describe('a linear net in float64, written out', () => {
  const widths = [32, 64, 128, 256];

  it.each(
    (['sgd', 'adam'] as const).flatMap((steps) =>
      (['sp', 'ntp', 'mfp', 'mup'] as const).map((name) => ({ steps, name })),
    ),
  )('has the exponents: $name, $steps', ({ steps, name }) => {
    const each = nets[steps][name];
    const changes = widths.map((n) => firstChanges(each, steps, n));
    const { own, handedOn, total } = updateExponents(each, steps);
    const slope = (size: (change: UpdateSizes) => number) => logSlope(changes.map(size));
    // 24 nets a width leave 0.05.
    for (const layer of ['hidden', 'output'] as const) {
      expect(Math.abs(slope((c) => c.handedOn[layer]) - handedOn[layer])).toBeLessThan(0.15);
    }
    for (const layer of ['input', 'hidden', 'output'] as const) {
      expect(Math.abs(slope((c) => c.own[layer]) - own[layer])).toBeLessThan(0.15);
      // Terms smaller by n^{-1/2} bend a sum by up to 0.15 at these widths.
      expect(Math.abs(slope((c) => c.total[layer]) - total[layer])).toBeLessThan(0.25);
    }
  });

  function logSlope(values: readonly number[]): number {
    const u = widths.map((width) => Math.log(width));
    const v = values.map(Math.log);
    const mean = (numbers: readonly number[]) => numbers.reduce((a, b) => a + b) / numbers.length;
    const [um, vm] = [mean(u), mean(v)];
    const [top, bottom] = [
      u.reduce((sum, each, i) => sum + (each - um) * ((v[i] as number) - vm), 0),
      u.reduce((sum, each) => sum + (each - um) ** 2, 0),
    ];
    return top / bottom;
  }
});

/** Root mean square changes of the layers' outputs on the training example, per unit of a small rate. */
interface UpdateSizes {
  readonly own: ByLayer<number>;
  readonly handedOn: Omit<ByLayer<number>, 'input'>;
  readonly total: ByLayer<number>;
}

function firstChanges(each: Net, steps: StepKind, n: number): UpdateSizes {
  const normal = normalSource(n);
  const draw = (rows: number, columns: number, std: number) =>
    Array.from({ length: rows }, () => Array.from({ length: columns }, () => std * normal()));
  const squares: Record<string, number> = {};
  const count = 24;
  const dim = 4;
  const { input, hidden, output } = each;
  const rate = ({ a, c }: LayerExponents) => n ** (-c - (steps === 'sgd' ? 2 : 1) * a);
  for (let i = 0; i < count; i++) {
    const x = draw(1, dim, 1)[0] as number[];
    const w1 = draw(n, dim, n ** -(input.a + input.b));
    const w2 = draw(n, n, n ** -(hidden.a + hidden.b));
    const w3 = draw(1, n, n ** -(output.a + output.b));
    const h1 = times(w1, x);
    const h2 = times(w2, h1);
    const step = (left: readonly number[], right: readonly number[], r: number) =>
      left.map((l) => right.map((s) => r * (steps === 'sgd' ? l * s : Math.sign(l * s))));
    const e2 = w3[0] as number[];
    const e1 = h1.map((_, j) =>
      e2.reduce((sum, e, k) => sum + e * ((w2[k] as number[])[j] as number), 0),
    );
    const own1 = times(step(e1, x, rate(input)), x);
    const own2 = times(step(e2, h1, rate(hidden)), h1);
    const own3 = times(step([1], h2, rate(output)), h2);
    const on2 = times(w2, own1);
    const on3 = times(w3, add(own2, on2));
    const sizes = { own1, own2, own3, on2, on3, all2: add(own2, on2), all3: add(own3, on3) };
    for (const [name, values] of Object.entries(sizes)) {
      const square = values.reduce((sum, v) => sum + v * v, 0) / values.length / count;
      squares[name] = (squares[name] ?? 0) + square;
    }
  }
  const root = (name: string) => Math.sqrt(squares[name] as number);
  return {
    own: { input: root('own1'), hidden: root('own2'), output: root('own3') },
    handedOn: { hidden: root('on2'), output: root('on3') },
    total: { input: root('own1'), hidden: root('all2'), output: root('all3') },
  };
}

function times(w: readonly (readonly number[])[], h: readonly number[]): number[] {
  return w.map((row) => row.reduce((sum, each, i) => sum + each * (h[i] as number), 0));
}

function add(one: readonly number[], other: readonly number[]): number[] {
  return one.map((value, i) => value + (other[i] as number));
}
