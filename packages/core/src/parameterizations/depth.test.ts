import { describe, expect, it } from 'vitest';
import { mlp } from '../models/mlp.ts';
import { residualMlp } from '../models/residual-mlp.ts';
import { smallResidualShape, smallShape } from '../testing/fixtures.ts';
import type { DepthRule } from './depth-exponents.ts';
import type { Family } from './explicit-form.ts';
import { explicitForm } from './explicit-form.ts';
import { noDepthEffect } from './no-depth-effect.ts';
import { normalForm } from './normal-form.ts';

const dims = { inputDim: 4, outputDim: 1 };
const width = 64;
const depth = 16;
const [m, r] = [4, 8];
const model = residualMlp(
  smallResidualShape({
    ...{ width, depth, bias: true, blockLayers: 2 },
    norm: { kind: 'layer', placement: 'pre', gains: true },
  }).model,
  dims,
);

function formOf(tensor: string, family: Family, rule: DepthRule, baseDepth = depth / r) {
  const parameter = model.parameters.find(({ name }) => name === tensor);
  if (!parameter) throw new Error(`unknown tensor: ${tensor}`);
  return explicitForm(parameter, {
    parameterization: { name: 'mup-table-3', baseWidth: width / m, depth: { rule, baseDepth } },
    ...{ width, depth, family, knobs: {} },
  });
}

describe('the published depth rules', () => {
  it('2505.01618, Table 1 with α = 1: multiplier, rate, ε and decay of every kind of tensor', () => {
    const row = (name: string) => {
      const { multiplier, rate, epsilon, decay } = formOf(name, 'adam', 'completep');
      return [multiplier, rate, epsilon, decay];
    };
    // Hidden: η/m_N m_L^{α−1}, ε/m_N m_L^{−α}, λ m_N; biases and norms: η m_L^{α−1}; all else without depth.
    expect(row('block1.inner.weight')).toEqual([1, 1 / m, 1 / (m * r), m]);
    expect(row('block1.end.weight')).toEqual([1 / r, 1 / m, 1 / (m * r), m]);
    expect(row('block1.inner.bias').slice(0, 2)).toEqual([1, 1]);
    expect(row('block1.norm.gain').slice(0, 2)).toEqual([1, 1]);
    for (const name of ['input.weight', 'norm.gain', 'output.weight']) {
      const { multiplier, rate, epsilon, decay } = formOf(name, 'adam', 'none');
      expect(row(name)).toEqual([multiplier, rate, epsilon, decay]);
    }
  });

  it('2310.02244: L^{-1/2} wants the SGD rate as it is and the Adam rate times L^{-1/2}', () => {
    const rates = (family: Family) =>
      ['block1.inner.weight', 'block1.end.weight', 'block1.norm.gain'].map(
        (name) => formOf(name, family, 'sqrt').rate / formOf(name, family, 'none').rate,
      );
    for (const rate of rates('sgd')) expect(rate).toBeCloseTo(1, 12);
    for (const rate of rates('adam')) expect(rate).toBeCloseTo(r ** -0.5, 12);
    expect(formOf('block3.end.weight', 'sgd', 'sqrt').multiplier).toBeCloseTo(r ** -0.5, 12);
  });

  it('the bare inverse changes multipliers alone', () => {
    const { multiplier, ...rest } = formOf('block1.end.bias', 'sgd', 'inverse');
    const { multiplier: plain, ...same } = formOf('block1.end.bias', 'sgd', 'none');
    expect(multiplier).toBe(plain / r);
    expect(rest).toEqual(same);
  });

  it('every rule is none at its base depth', () => {
    for (const rule of ['sqrt', 'inverse', 'completep'] as const) {
      for (const name of ['block1.inner.weight', 'block1.end.weight', 'block1.norm.bias']) {
        expect(formOf(name, 'adam', rule, depth)).toEqual(formOf(name, 'adam', 'none'));
      }
    }
  });

  it('what a branch of one block adds in a step of SGD is its share 1/r of the stream’s', () => {
    for (const rule of ['sqrt', 'completep'] as const) {
      // In normal form the multiplier is in the weights: the rate alone says what a step adds.
      const share = (own: DepthRule) =>
        normalForm(formOf('block1.end.weight', 'sgd', own), 'sgd').rate;
      expect(share(rule) / share('none')).toBeCloseTo(1 / r, 12);
    }
  });

  it('rate · decay does not depend on depth', () => {
    for (const family of ['sgd', 'adam', 'muon'] as const) {
      const { rate, decay } = normalForm(formOf('block1.end.weight', family, 'sqrt'), family);
      expect(rate * decay).toBeCloseTo(1, 12);
    }
  });
});

describe('a depth rule without effect', () => {
  const options = { width, depth, family: () => 'sgd' as const };
  const say = (rule: DepthRule, baseDepth?: number, { parameters } = model) =>
    noDepthEffect({
      ...options,
      parameters,
      parameterization: {
        name: 'sp',
        depth: baseDepth === undefined ? { rule } : { rule, baseDepth },
      },
    });

  it('says so', () => {
    expect(say('sqrt')).toBe(
      'the depth rule sqrt has no effect: without a base depth nothing scales',
    );
    expect(say('completep', depth)).toBe(
      'the depth rule completep has no effect: depth 16 is its base depth',
    );
    expect(say('inverse', 2, mlp(smallShape().model, dims))).toBe(
      'the depth rule inverse has no effect: this model has no residual branches',
    );
  });

  it('is silent where it makes a difference, and for none', () => {
    for (const rule of ['sqrt', 'inverse', 'completep'] as const) expect(say(rule, 2)).toBeNull();
    expect(say('none')).toBeNull();
  });
});

it('refuses unknown rules and base depths', () => {
  expect(() => formOf('block1.end.weight', 'sgd', 'cube' as DepthRule)).toThrow(
    'unknown depth rule: cube (none, sqrt, inverse, completep)',
  );
  expect(() => formOf('block1.end.weight', 'sgd', 'sqrt', -1)).toThrow(
    'unknown base depth: -1 (a positive number)',
  );
});
