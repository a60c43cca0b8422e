import type { Knob, Knobs, Space } from '@hyperlaw/sweep';
import type { Net } from './nets.ts';

/** What is tuned and what is not. */
export interface Tuning {
  readonly knobs: Knobs;
  readonly space: Space;
}

const initScale: Knob = {
  ...{ name: 'initScale', base: 1, min: -2, max: 0, limits: [-8, 4], stride: 2 },
};
const branchMultiplier: Knob = {
  ...{ name: 'branchMultiplier', base: 1, min: -1, max: 1, limits: [-8, 7], stride: 2 },
};

/** All that a net has: its rate, its init scale, and the multiplier of its branches. */
export const tuned: Readonly<Record<Net, Tuning>> = {
  residual: {
    knobs: { richness: 1 },
    space: [
      { name: 'learningRate', base: 1, min: -7, max: -1, limits: [-18, 6], stride: 2 },
      initScale,
      branchMultiplier,
    ],
  },
  // Signals of a deep ReLU net live at its critical scale √2 and nowhere else: steps of √2 about it.
  plain: {
    knobs: { richness: 1 },
    space: [
      { name: 'learningRate', base: 1, min: -7, max: -1, limits: [-18, 6], stride: 2 },
      {
        ...{ name: 'initScale', base: Math.SQRT2, factor: Math.SQRT2 },
        ...{ min: -2, max: 2, limits: [-10, 8], stride: 2 },
      },
    ],
  },
  // Over a few hundred steps the usual β₂ = 0.999 never forgets the first.
  transformer: {
    knobs: { richness: 1, beta1: 0.9, beta2: 0.99 },
    space: [
      { name: 'learningRate', base: 1, min: -8, max: -4, limits: [-14, 2], stride: 2 },
      initScale,
      branchMultiplier,
    ],
  },
};

/** The rate alone, all scales as theory has them: for transfer. */
export const rateAlone: Readonly<Record<'residual' | 'plain', Tuning>> = {
  residual: { knobs: { richness: 1, initScale: 1, branchMultiplier: 1 }, space: [wideRate()] },
  plain: { knobs: { richness: 1, initScale: Math.SQRT2 }, space: [wideRate()] },
};

function wideRate(): Knob {
  return { name: 'learningRate', base: 1, min: -13, max: -1, limits: [-15, 1], stride: 2 };
}
