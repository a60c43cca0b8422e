import type { Shape } from '@hyperlaw/core';

/** One of the two sides that are compared. */
export interface Side {
  /** A word for it, as claims and the page say it. */
  readonly name: string;
  /** Where it stands on the figure's axis. */
  readonly x: number;
  readonly shape: Shape;
}

const width = (x: number): Shape => ({
  model: { kind: 'mlp', width: x, depth: 2, activation: 'relu', bias: false, centred: false },
  optimizer: { kind: 'sgd' },
  batch: 32,
});

/** What is compared. Arms, claims, words and the figure's axis follow from it: change the question here. */
export const contrast: {
  /** What the sides differ in. */
  readonly axis: string;
  /** The first is what the second is held against. */
  readonly sides: readonly [Side, Side];
} = {
  axis: 'width',
  sides: [
    { name: 'width 16', x: 16, shape: width(16) },
    { name: 'width 64', x: 64, shape: width(64) },
  ],
};
