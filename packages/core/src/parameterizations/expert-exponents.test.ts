import { describe, expect, it } from 'vitest';
import { mixtureParameters } from '../layers/mixture-parameters.ts';
import type { ExpertsShape } from '../shape.ts';
import type { ExpertsRule } from './expert-exponents.ts';
import { explicitForm } from './explicit-form.ts';
import { noExpertsEffect } from './no-experts-effect.ts';

const scaled = { kind: 'scaled', expansion: 1 } as const;
const parametersOf = (width: number, experts: Partial<ExpertsShape>) =>
  mixtureParameters({
    ...{ name: 'm', width, activation: 'relu', feedForward: 'plain', bias: false, residual: false },
    experts: {
      ...{ count: 8, active: 2, size: scaled, gate: 'sigmoid', normalised: false },
      ...experts,
    },
  });

/** Width 4 times, experts and active ones 2 times those of the base. */
const [m, r] = [4, 2];

/** What a rule makes of [deviation, Adam's rate, ε, SGD's rate] of router, first and second map, and of gates. */
function factors(rule: ExpertsRule, size: ExpertsShape['size']) {
  const formOf = (grown: boolean, family: 'adam' | 'sgd') =>
    parametersOf(grown ? 16 * m : 16, {
      ...{ size, count: grown ? 8 * r : 8, active: grown ? 2 * r : 2 },
    }).map((parameter) =>
      explicitForm(parameter, {
        parameterization: {
          ...{ name: 'mup', baseWidth: 16, experts: { rule, baseCount: 8, baseActive: 2 } },
        },
        ...{ width: grown ? 16 * m : 16, depth: 1, family, knobs: { learningRate: 1 } },
      }),
    );
  const [adam, base, sgd] = [formOf(true, 'adam'), formOf(false, 'adam'), formOf(true, 'sgd')];
  return adam.map(({ initStd, rate, epsilon, multiplier }, i) => [
    ...[initStd / (base[i]?.initStd ?? 0), rate, epsilon, sgd[i]?.rate, multiplier],
  ]);
}

describe('the tables of 2605.14200: deviation, rate and ε of Adam, rate of SGD, and the multiplier', () => {
  it('fixed experts', () => {
    expect(factors('fixed-experts', scaled)).toEqual([
      [1 / m, 1 / m, 1, 1 / m, 1],
      [m ** -0.5, 1 / m, 1 / m, 1, 1],
      [m ** -0.5, 1 / m, 1 / m, 1, 1],
    ]);
  });

  it('all-scaling, gates times k₀/k in the second map', () => {
    const of = (rule: ExpertsRule) => factors(rule, scaled);
    expect(of('all-scaling')).toEqual([
      [m ** -0.5, 1 / m, 1 / r, r / m, 1],
      [m ** -0.5, 1 / m, 1 / (m * r), r, 1],
      [m ** -0.5, 1 / m, 1 / (m * r), r, 1 / r],
    ]);
    expect(of('all-scaling-mssp')).toEqual(of('all-scaling'));
  });

  it('bottleneck, whose second maps start √M times as large where maximally scale-stable', () => {
    const table = (start: number) => [
      [m ** -0.5, 1 / m, 1 / r, r / m, 1],
      [m ** -0.5, 1 / m, 1 / r, r / m, 1],
      [start, 1, 1 / (m * r), r * m, 1 / r],
    ];
    const fixed = { kind: 'fixed', features: 4 } as const;
    expect(factors('bottleneck', fixed)).toEqual(table(1));
    expect(factors('bottleneck-mssp', fixed)).toEqual(table(r ** 0.5));
    const narrow = { kind: 'fixed', features: 1 } as const;
    expect(factors('bottleneck-mssp', narrow)).toEqual(table(r ** 0.5));
  });

  it('2601.20205: a router as an output layer, gates times k₀/k', () => {
    expect(factors('scaled-gates', scaled)).toEqual([
      [1 / m, 1 / m, 1 / r, r / m, 1],
      [m ** -0.5, 1 / m, 1 / (m * r), r, 1],
      [m ** -0.5, 1 / m, 1 / (m * r), r, 1 / r],
    ]);
  });

  it('2508.09752: logits 1/m, variance and rate 1', () => {
    expect(factors('router-as-output', scaled)[0]).toEqual([1, 1, 1 / m, m, 1 / m]);
  });
});

describe('a rule that does nothing', () => {
  const said = (rule: ExpertsRule, base: { baseCount?: number; baseActive?: number }, width = 32) =>
    noExpertsEffect({
      parameterization: { name: 'mup', baseWidth: 16, experts: { rule, ...base } },
      ...{ width, parameters: parametersOf(width, {}), family: () => 'adam' },
    });

  it('says so', () => {
    expect(said('router-as-output', {})).toBe(
      'the rule of experts router-as-output has no effect: here it trains as mup does without it',
    );
    expect(said('all-scaling', { baseCount: 8, baseActive: 2 }, 16)).toContain('no effect');
    expect(said('all-scaling', {})).toBeNull();
    expect(said('all-scaling', { baseCount: 4 }, 16)).toBeNull();
    expect(said('all-scaling-mssp', {}, 16)).toBeNull();
  });

  it('and a rule without a mixture, or that is unknown', () => {
    const none = noExpertsEffect({
      parameterization: { name: 'mup', baseWidth: 16, experts: { rule: 'bottleneck' } },
      ...{ width: 32, parameters: [], family: () => 'adam' },
    });
    expect(none).toBe(
      'the rule of experts bottleneck has no effect: this model has no mixture of experts',
    );
    expect(() => said('soft' as ExpertsRule, {})).toThrow('unknown rule of experts: soft (router');
  });
});
