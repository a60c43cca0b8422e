import type { Knobs } from './trial.ts';

/** Where a sweep stands. */
export interface ProgressState {
  /** Trials that are known, trained now or before. */
  readonly done: number;
  readonly planned: number;
  /** Of `done`, those read from the journal. */
  readonly reused: number;
  readonly diverged: number;
  readonly failed: number;
  readonly arms: { readonly done: number; readonly total: number };
  /** Model-steps trained in this run. */
  readonly modelSteps: number;
  readonly elapsedSeconds: number;
  /** Null until a few packs have been trained. */
  readonly secondsLeft: number | null;
  /** The arm heard of last, with its lowest loss at the full horizon so far. */
  readonly best: { readonly arm: string; readonly loss: number; readonly knobs: Knobs } | null;
}

/** One line: trials, speed, time left, and the best of the arm heard of last. */
export function formatProgress(state: ProgressState): string {
  const { done, planned, reused, diverged, failed, arms, modelSteps, elapsedSeconds } = state;
  const notes = [
    reused > 0 ? `${count(reused)} from the journal` : '',
    diverged > 0 ? `${count(diverged)} diverged` : '',
    failed > 0 ? `${count(failed)} failed` : '',
  ].filter(Boolean);
  const speed = elapsedSeconds > 0 ? modelSteps / elapsedSeconds : 0;
  return [
    `${count(done)}/${count(planned)} trials${notes.length > 0 ? ` (${notes.join(', ')})` : ''}`,
    `${count(arms.done)}/${count(arms.total)} arms`,
    modelSteps > 0 ? `${short(speed)} model-steps/s` : '',
    state.secondsLeft === null ? '' : `${formatDuration(state.secondsLeft)} left`,
    state.best ? formatBest(state.best) : '',
  ]
    .filter(Boolean)
    .join(' · ');
}

/** An arm's best loss with the knobs that gave it. */
export function formatBest({ arm, loss, knobs }: NonNullable<ProgressState['best']>): string {
  const values = Object.entries(knobs).map(([name, value]) => `${name} ${short(value)}`);
  return `${arm} ${short(loss)}${values.length > 0 ? ` at ${values.join(', ')}` : ''}`;
}

/** Seconds as `7s`, `2m05s` or `3h07m`. */
export function formatDuration(seconds: number): string {
  const whole = Math.max(0, Math.round(seconds));
  const two = (value: number) => String(value).padStart(2, '0');
  if (whole < 60) return `${whole}s`;
  if (whole < 3600) return `${Math.floor(whole / 60)}m${two(whole % 60)}s`;
  return `${Math.floor(whole / 3600)}h${two(Math.floor((whole % 3600) / 60))}m`;
}

/** A count for people: `12,345`. */
export function count(value: number): string {
  return value.toLocaleString('en-US');
}

/** A number for people, to three digits: `1.23M`. */
export function short(value: number): string {
  const size = Math.abs(value);
  if (size >= 1e9) return `${Number((value / 1e9).toPrecision(3))}G`;
  if (size >= 1e6) return `${Number((value / 1e6).toPrecision(3))}M`;
  if (size >= 1e4) return `${Number((value / 1e3).toPrecision(3))}k`;
  return String(Number(value.toPrecision(3)));
}
