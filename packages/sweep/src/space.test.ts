import { describe, expect, it } from 'vitest';
import type { Knob } from './space.ts';
import { checkSpace, knobValue, latticeSize, screenLattice, settingKnobs } from './space.ts';

const rate: Knob = { name: 'learningRate', base: 0.1, min: -2, max: 2, limits: [-6, 4] };

describe('knobValue', () => {
  it('is exact for powers of two', () => {
    for (let i = -40; i <= 40; i++) {
      expect(knobValue({ ...rate, base: 3 }, i)).toBe(3 * 2 ** i);
      expect(knobValue({ ...rate, base: 3, factor: 4 }, i)).toBe(3 * 4 ** i);
    }
  });

  it('with √2 doubles exactly every second step', () => {
    const knob = { ...rate, base: 1, factor: Math.SQRT2 };
    for (let i = -20; i <= 20; i++) {
      expect(knobValue(knob, 2 * i)).toBe(2 ** i);
      // One rounding each: 2^-52 relative.
      expect(Math.abs(knobValue(knob, 2 * i + 1) / 2 ** (i + 0.5) - 1)).toBeLessThan(2 ** -51);
    }
  });

  it('rises by the factor at every step', () => {
    for (const factor of [1.5, Math.SQRT2, 2, 10]) {
      for (let i = -9; i < 9; i++) {
        const ratio = knobValue({ ...rate, factor }, i + 1) / knobValue({ ...rate, factor }, i);
        // A few roundings, each of relative size 2^-53.
        expect(Math.abs(ratio / factor - 1)).toBeLessThan(1e-14);
      }
    }
  });
});

describe('a space', () => {
  const scale: Knob = { name: 'initScale', base: 1, min: -2, max: 2, stride: 2 };

  it('is screened at the strides of its knobs, in lattice order', () => {
    const settings = screenLattice([{ ...rate, stride: 3 }, scale]);
    expect(settings.map((setting) => setting.join(' '))).toEqual([
      '-2 -2',
      '-2 0',
      '-2 2',
      '1 -2',
      '1 0',
      '1 2',
    ]);
    expect(latticeSize([rate, scale])).toBe(11 * 5);
    expect(settingKnobs([rate, scale], [1, -2])).toEqual({ learningRate: 0.2, initScale: 0.25 });
  });

  it.each([
    [[], 'empty space'],
    [[rate, rate], 'knob twice in a space: learningRate'],
    [[{ ...rate, min: 3 }], 'empty range of learningRate: 3 to 2'],
    [[{ ...rate, base: -1 }], 'unknown base of learningRate: -1 (a positive number)'],
    [[{ ...rate, base: Number.NaN }], 'unknown base of learningRate: NaN'],
    [[{ ...rate, factor: 1 }], 'unknown factor of learningRate: 1 (a number above 1)'],
    [[{ ...rate, stride: 0 }], 'unknown stride of learningRate: 0 (a positive integer)'],
    [[{ ...rate, max: 2.5 }], 'unknown max of learningRate: 2.5 (an integer coordinate)'],
    [[{ ...rate, limits: [-1, 1] as const }], 'unknown limits of learningRate: -1 to 1'],
    [
      [{ ...rate, limits: [-2, 5000] as const }],
      'unknown limits of learningRate: 0.025 to Infinity',
    ],
  ])('refuses %j', (space, message) => {
    expect(() => checkSpace(space)).toThrow(message);
  });
});
