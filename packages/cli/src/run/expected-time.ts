import {
  type Experiment,
  estimateSweeps,
  formatDuration,
  type Journal,
  remainingOf,
  type TimingOptions,
} from '@hyperlaw/sweep';
import type { SuitePlan } from '../suite.ts';
import { count } from './count.ts';

/** Rough seconds of work from which timing it first is worth its while. */
const WORTHWHILE = 60;

/** What is asked for a time. */
export interface ExpectedTimeOptions extends Omit<TimingOptions, 'protocol'> {
  readonly signal?: AbortSignal;
  readonly journal: Journal;
  readonly semantics: string | number;
  /** Experiments that are missing, whose costs are in seconds of one core. */
  readonly experiments?: readonly Experiment[];
  /** Rough seconds from which programs are timed. */
  readonly from?: number;
  readonly say: (line: string) => void;
}

/** Tells how long sweeps are going to take, from a few timed programs; null where that is not worth its while. */
export async function expectedTime(
  plans: readonly SuitePlan[],
  { journal, semantics, experiments = [], from = WORTHWHILE, say, ...timing }: ExpectedTimeOptions,
): Promise<number | null> {
  const { cost, pool } = timing;
  const all = await Promise.all(
    plans.map(({ arms, ...plan }) => remainingOf(arms, { ...plan, journal, semantics })),
  );
  const missing = all.flat();
  const work = missing.reduce(
    (sum, { arm, modelSteps }) =>
      sum + modelSteps * cost.costOf({ task: arm.task, shape: arm.shape, steps: 1 }),
    0,
  );
  const made = experiments.reduce((sum, one) => sum + one.cost, 0) / pool.size;
  if (work / pool.size + made < from) return null;
  const estimate = await estimateSweeps(missing, {
    ...{ sweeps: plans, journal, semantics },
    ...timing,
  });
  if (estimate === null && missing.length > 0) return null;
  const seconds = made + (estimate?.seconds ?? 0);
  const programs = estimate ? ` (${count(estimate.times.length, 'program')} timed)` : '';
  say(`estimate: ${formatDuration(seconds)}${programs}`);
  return seconds;
}

/** How an estimate did, in one line. */
export function estimateLine(estimate: number, took: number): string {
  const share = ((100 * took) / estimate).toFixed(0);
  return `estimated ${formatDuration(estimate)}, took ${formatDuration(took)} (${share} % of it)`;
}
