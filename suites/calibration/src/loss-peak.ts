import type { LaneResult } from '@hyperlaw/core';

/**
 * The largest training loss of a run over its first, in the means that its curve records; null where it was not finite.
 * At most 1 where gradient descent on all examples is stable: it then never loses what it has.
 */
export function lossPeak({ curve, status }: Pick<LaneResult, 'curve' | 'status'>): number | null {
  const [start] = curve;
  if (status === 'diverged' || start === undefined) return null;
  return Math.max(...curve.map(([, loss]) => loss)) / start[1];
}

/** A peak up to here is none: curves are recorded to five digits. */
const LEVEL = 1 + 2e-5;

/**
 * log2 of the edge of stability in increasing rates: halfway between the last whose loss, and that of all below, stayed
 * under its start and the next. Null where it lies beyond the rates.
 */
export function stabilityEdge(
  rates: readonly number[],
  peaks: readonly (number | null)[],
): number | null {
  const rises = peaks.findIndex((peak) => peak === null || peak > LEVEL);
  const [last, next] = [rates[rises - 1], rates[rises]];
  return last === undefined || next === undefined ? null : Math.log2(last * next) / 2;
}
