import { describe, expect, it } from 'vitest';
import { defineProtocol, formatBudget, planArm } from './protocol.ts';
import type { Knob } from './space.ts';
import { landscapeArm } from './testing/landscape.ts';

const arm = landscapeArm('plan', { best: {} });
const total = (protocol = defineProtocol(), of = arm) =>
  Object.values(planArm(of, protocol)).reduce((sum, { trials }) => sum + trials, 0);

describe('planArm', () => {
  it('counts every stage', () => {
    const plan = planArm(arm, defineProtocol({ judgeSeeds: 5, tuningSeeds: 3, confirm: 4 }));
    const trials = Object.fromEntries(Object.entries(plan).map(([k, { trials }]) => [k, trials]));
    // 5 rates × 3 scales × 3 richnesses; a tenth is kept; 6 points beside the winner on 3 seeds each.
    expect(trials).toEqual({ screen: 45, halve: 5, refine: 23, confirm: 8, slice: 20, judge: 5 });
    expect(plan.screen.modelSteps).toBe(45 * 250);
    expect(plan.refine.modelSteps).toBe(23 * 1000);
  });

  it('depends on the space alone, not on the arm', () => {
    const wide = { ...arm, name: 'other', shape: { width: 256 }, parameterization: { name: 'sp' } };
    expect(planArm(wide, defineProtocol())).toEqual(planArm(arm, defineProtocol()));
  });

  it('is printed, equal plans together', () => {
    const space: readonly Knob[] = [{ name: 'learningRate', base: 1, min: -9, max: 9, stride: 3 }];
    expect(formatBudget([arm, { ...arm, space }, arm], defineProtocol())).toBe(
      '2 arms of 94 trials each (screen 45, halve 5, refine 23, confirm 3, slice 13, judge 5); ' +
        '1 arm of 47 trials each (screen 7, halve 3, refine 16, confirm 3, slice 13, judge 5)',
    );
  });

  it('never plans more settings than the lattice has', () => {
    const space: readonly Knob[] = [{ name: 'learningRate', base: 1, min: -1, max: 1 }];
    expect(total(defineProtocol({ tuningSeeds: 1 }), { ...arm, space })).toBe(3 + 3 + 2 + 5);
  });

  it.each([
    [{ steps: 1 }, 'unknown steps of plan: 1'],
    [{ knobs: { richness: 1 } }, 'knob both fixed and tuned in plan: richness'],
    [{ space: [] }, 'empty space'],
    [{ space: [{ name: 'momentum', base: 1, min: 0, max: 1 }] }, 'unknown knob: learningRate'],
    [
      { space: [{ name: 'learningRate', base: 1, factor: 4, min: 0, max: 1 }] },
      'unknown factor of learningRate: 4 (at most 2)',
    ],
  ])('refuses %j', (overrides, message) => {
    expect(() => planArm({ ...arm, ...overrides }, defineProtocol())).toThrow(message);
  });

  it.each([
    [{ keep: 0 }, 'unknown keep: 0'],
    [{ screenFraction: Number.NaN }, 'unknown screenFraction: NaN'],
    [{ screenFraction: 1 }, 'unknown screenFraction: 1 (above 0, below 1)'],
    [{ judgeSeeds: 0 }, 'unknown judgeSeeds: 0 (an integer of at least 1)'],
    [{ searchTrials: 2.5 }, 'unknown searchTrials: 2.5'],
  ])('refuses the protocol %j', (numbers, message) => {
    expect(() => defineProtocol(numbers)).toThrow(message);
  });
});
