import { describe, expect, it } from 'vitest';
import { mlp } from '../models/mlp.ts';
import type { Family } from './explicit-form.ts';
import { explicitForm } from './explicit-form.ts';
import { noEffect } from './no-effect.ts';
import { normalForm } from './normal-form.ts';
import type { ParameterizationName } from './tables.ts';
import { parameterizationTables } from './tables.ts';

const width = 64;
const baseWidth = 4;
const m = width / baseWidth;
const model = mlp(
  { kind: 'mlp', width, depth: 2, activation: 'relu', bias: true, centred: false },
  { inputDim: 9, outputDim: 3 },
);

function forms(name: ParameterizationName, family: Family, at = width) {
  const sized = mlp(
    { kind: 'mlp', width: at, depth: 2, activation: 'relu', bias: true, centred: false },
    { inputDim: 9, outputDim: 3 },
  );
  return sized.parameters.map((parameter) =>
    explicitForm(parameter, {
      parameterization: { name, baseWidth },
      width: at,
      depth: 2,
      family,
      knobs: {},
    }),
  );
}

describe('the published tables', () => {
  it('2203.03466, Table 3: init variance, multiplier, SGD rate, Adam rate, relative to the base width', () => {
    const rows = forms('mup-table-3', 'sgd').map((sgd, i) => {
      const adam = forms('mup-table-3', 'adam')[i];
      return [sgd.initStd ** 2, sgd.multiplier, sgd.rate, adam?.rate];
    });
    expect(rows).toEqual([
      [expect.closeTo(1 / 9, 12), 1, m, 1],
      [0, 1, m, 1],
      [expect.closeTo(1 / width, 12), 1, 1, 1 / m],
      [0, 1, m, 1],
      // 1/fan_in² in the paper; here it joins SP at the base width, 1/baseWidth · m^{-2}.
      [expect.closeTo(1 / baseWidth / m ** 2, 12), 1, 1 / m, 1 / m],
      [0, 1, 1, 1],
    ]);
  });

  it('2203.03466, Table 8: as Table 3 but for the output', () => {
    const [, , , , sgd] = forms('mup-table-8', 'sgd');
    const [, , , , adam] = forms('mup-table-8', 'adam');
    expect([sgd?.initStd, sgd?.multiplier, sgd?.rate, adam?.rate]).toEqual([
      expect.closeTo(1 / Math.sqrt(baseWidth), 12),
      1 / m,
      m,
      1,
    ]);
  });

  it('μP in abc form needs one rate for SGD', () => {
    expect(forms('mup', 'sgd').map(({ rate }) => rate)).toEqual([1, 1, 1, 1, 1, 1]);
  });

  it('SGD and Adam rates differ by the scale of the gradient wherever every layer learns', () => {
    for (const name of ['mfp', 'mup', 'mup-table-3', 'mup-table-8'] as const) {
      for (const row of Object.values(parameterizationTables[name])) {
        expect(row.sgd).toBe(row.adam - row.gradient);
      }
    }
  });
});

it('relative steps are as long as Adam’s, whose entries are of one size, wherever rates scale', () => {
  for (const name of ['ntp', 'mfp', 'mup', 'mup-table-3', 'mup-table-8'] as const) {
    for (const { b, adam, relative } of Object.values(parameterizationTables[name])) {
      expect(relative).toBe(adam - b);
    }
  }
});

describe('normal form', () => {
  const names = ['mup', 'mup-table-3', 'mup-table-8', 'mfp'] as const;

  it.each(['sgd', 'adam', 'muon', 'relative'] as const)(
    'is the same for all of μP and MFP: %s',
    (family) => {
      const [first, ...others] = names.map((name) =>
        forms(name, family).map((form) => normalForm(form, family)),
      );
      for (const other of others) {
        other.forEach((form, i) => {
          for (const key of ['initStd', 'rate', 'epsilon', 'decay', 'l2', 'l1'] as const) {
            // Float64 round-off of a few powers of m.
            expect(form[key]).toBeCloseTo(first?.[i]?.[key] ?? Number.NaN, 12);
          }
        });
      }
    },
  );

  it('keeps rate · decay, so decay does not depend on width', () => {
    for (const family of ['sgd', 'adam', 'muon', 'relative'] as const) {
      for (const form of forms('mup', family).map((each) => normalForm(each, family))) {
        expect(form.rate * form.decay).toBeCloseTo(1, 12);
      }
    }
  });

  it('NTP is SP at initialization', () => {
    forms('ntp', 'sgd').forEach((form, i) => {
      const sp = forms('sp', 'sgd')[i];
      expect(normalForm(form, 'sgd').initStd).toBeCloseTo(sp?.initStd ?? Number.NaN, 12);
    });
  });

  it('every parameterization is SP at the base width', () => {
    for (const name of Object.keys(parameterizationTables) as ParameterizationName[]) {
      expect(forms(name, 'adam', baseWidth)).toEqual(forms('sp', 'adam', baseWidth));
    }
  });
});

describe('a parameterization without effect', () => {
  const options = { width, parameters: model.parameters, family: () => 'sgd' as const };

  it('says so at its base width and without one', () => {
    expect(noEffect({ ...options, parameterization: { name: 'mup', baseWidth: width } })).toBe(
      'mup has no effect: width 64 is its base width, where every parameterization is sp',
    );
    expect(noEffect({ ...options, parameterization: { name: 'mfp' } })).toBe(
      'mfp has no effect: without a base width nothing scales, and this is sp',
    );
  });

  it('is silent where it makes a difference and for SP itself', () => {
    for (const name of ['ntp', 'mfp', 'mup'] as const) {
      expect(noEffect({ ...options, parameterization: { name, baseWidth } })).toBeNull();
    }
    expect(noEffect({ ...options, parameterization: { name: 'sp' } })).toBeNull();
  });
});

it('refuses unknown names and base widths', () => {
  const [parameter] = model.parameters;
  if (!parameter) throw new Error('the model has no parameters');
  const form = (name: string, base: number) => () =>
    explicitForm(parameter, {
      parameterization: { name: name as ParameterizationName, baseWidth: base },
      width,
      depth: 2,
      family: 'sgd',
      knobs: {},
    });
  expect(form('xp', 4)).toThrow(/unknown parameterization: xp \(sp, ntp, mfp, mup/);
  expect(form('mup', 0)).toThrow('unknown base width: 0 (a positive number)');
});
