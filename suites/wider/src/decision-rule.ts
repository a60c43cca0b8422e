import { decideSize, type SizeDecision, sizeClaims, sizeEffect } from '@hyperlaw/report';
import type { TaskMeasurements } from './measurements.ts';
import { sizedLosses } from './measurements.ts';
import { WIDTH_WORDS } from './words-of-width.ts';

/** What the rule comes to. */
export type Decision = SizeDecision;

/**
 * The decision rule, written down before the data. It sees losses by width and seed, nothing else.
 *
 * Of a named task the claim "wider is better" is
 * - `mixed` where the narrower and the wider half of the widths have opposite significant slopes (the larger of their
 *   two p values, Holm over tasks), or the slope over all widths is significant and some doubling significantly goes
 *   against it by more than the margin (Holm over the task's doublings);
 * - `supported` where the slope over all widths is negative (Holm over tasks) and its interval reaches beyond the
 *   margin; `refuted` where it is positive likewise;
 * - `inconclusive` otherwise.
 *
 * The verdict is
 * - `supported` where the random sample's claim is, at least half of the named tasks' are, and no task's is refuted
 *   or mixed;
 * - `refuted` where the sample's claim is and no named task's is supported, or where no claim is supported and more
 *   than half of the named tasks' are refuted;
 * - `mixed` where a claim is mixed, or some are supported and others refuted;
 * - `inconclusive` otherwise.
 */
export function decide(
  named: readonly TaskMeasurements[],
  random: readonly TaskMeasurements[],
): Decision {
  return decideSize(named.map(sizedLosses), random.map(sizedLosses), WIDTH_WORDS);
}

/** The named tasks' claims alone. */
export const taskClaims = (named: readonly TaskMeasurements[]) =>
  sizeClaims(named.map(taskEffect), WIDTH_WORDS);

/** How tuned loss depends on width in one task. */
export const taskEffect = (task: TaskMeasurements) => sizeEffect(sizedLosses(task));
