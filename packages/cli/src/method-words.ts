import { HELD_OUT_PREDICTIONS } from '@hyperlaw/core';
import type { RichText } from '@hyperlaw/report';
import type { Space } from '@hyperlaw/sweep';
import type { Evidence } from './suite.ts';

/** What a loss is, for the method of a page. */
export const lossWords: RichText = `*Loss* is mean squared error, or cross-entropy in nats, the mean over ${HELD_OUT_PREDICTIONS.toLocaleString('en-US')} held-out predictions (more where the task wants them).`;

/** Tasks that a page is without, for its caveats; the run's own lines say why. */
export function skippedWords({ skipped }: Pick<Evidence, 'skipped'>): readonly RichText[] {
  return skipped.map(
    ({ name }) => `The task ${name} was left out: its data was not to be had where this was run.`,
  );
}

/** Knobs that pages write as symbols; others go by their names. */
const SYMBOLS: Readonly<Record<string, string>> = {
  learningRate: '\\eta',
  initScale: '\\sigma',
  branchMultiplier: 'm',
  richness: '\\gamma',
  momentum: '\\mu',
  beta1: '\\beta_1',
  beta2: '\\beta_2',
  epsilon: '\\varepsilon',
  weightDecay: '\\lambda',
};

/**
 * Where every knob of a space is searched first and how far its range may extend:
 * `$\eta$ from $2^{-6}$ to $2^{-2}$, at most $2^{-16}$ to $2^{6}$`.
 */
export function rangeWords(space: Space): RichText {
  const knobs = space.map(
    ({ name, base, factor = 2, min, max, limits: [low, high] = [min, max] }) => {
      const symbol = SYMBOLS[name];
      const told = symbol === undefined ? name : `$${symbol}$`;
      const power = (at: number) =>
        `$2^{${Number((Math.log2(base) + at * Math.log2(factor)).toFixed(6))}}$`;
      return `${told} from ${power(min)} to ${power(max)}, at most ${power(low)} to ${power(high)}`;
    },
  );
  return knobs.join('; ');
}
