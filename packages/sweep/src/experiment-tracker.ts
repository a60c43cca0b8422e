import type { Experiment } from './experiment.ts';
import { count, formatDuration, short } from './progress.ts';

/** Where the experiments of a suite stand. */
export interface ExperimentState {
  /** Experiments that are known, made now or before. */
  readonly done: number;
  readonly planned: number;
  /** Of `done`, those read from the journal. */
  readonly reused: number;
  readonly failed: number;
  /** Model-steps trained in this run. */
  readonly modelSteps: number;
  readonly elapsedSeconds: number;
  /** Null where nothing is left to do. */
  readonly secondsLeft: number | null;
  /** The experiment that ended last. */
  readonly latest: string | null;
}

/** Counts which experiments are done, and what is left by their costs. */
export interface ExperimentTracker {
  started(experiment: Experiment): void;
  steps(modelSteps: number): void;
  /** `seconds` is what it took, null where it failed. */
  ended(experiment: Experiment, seconds: number | null): void;
  state(): ExperimentState;
}

/** A tracker of the experiments that `missing` from the journal; `now` gives seconds. */
export function createExperimentTracker({
  missing,
  reused,
  workers,
  now,
}: {
  readonly missing: readonly Experiment[];
  readonly reused: number;
  readonly workers: number;
  readonly now: () => number;
}): ExperimentTracker {
  const start = now();
  const waiting = new Set(missing);
  const running = new Map<Experiment, number>();
  const finished = { seconds: 0, cost: 0 };
  const counts = { done: reused, failed: 0, modelSteps: 0 };
  let latest: string | null = null;

  const secondsLeft = (): number | null => {
    if (waiting.size + running.size === 0) return null;
    // Costs were written down for another machine: what is done says how much slower this one is.
    const pace = finished.cost > 0 ? finished.seconds / finished.cost : 1;
    const expected = [...waiting].map(({ cost }) => cost * pace);
    const begun = [...running].map(([{ cost }, since]) =>
      Math.max(0, cost * pace - (now() - since)),
    );
    const all = [...expected, ...begun];
    return Math.max(all.reduce((sum, one) => sum + one, 0) / workers, ...all);
  };

  return {
    started(experiment) {
      waiting.delete(experiment);
      running.set(experiment, now());
    },
    steps(modelSteps) {
      counts.modelSteps += modelSteps;
    },
    ended(experiment, seconds) {
      running.delete(experiment);
      counts.done++;
      latest = experiment.name;
      if (seconds === null) {
        counts.failed++;
      } else {
        finished.seconds += seconds;
        finished.cost += experiment.cost;
      }
    },
    state: () => ({
      ...counts,
      planned: reused + missing.length,
      reused,
      elapsedSeconds: now() - start,
      secondsLeft: secondsLeft(),
      latest,
    }),
  };
}

/** One line: experiments, speed of training in them, time left, and the one that ended last. */
export function formatExperiments(state: ExperimentState): string {
  const { done, planned, reused, failed, modelSteps, elapsedSeconds, secondsLeft, latest } = state;
  const notes = [
    reused > 0 ? `${count(reused)} from the journal` : '',
    failed > 0 ? `${count(failed)} failed` : '',
  ].filter(Boolean);
  const speed = elapsedSeconds > 0 ? modelSteps / elapsedSeconds : 0;
  return [
    `${count(done)}/${count(planned)} experiments${notes.length > 0 ? ` (${notes.join(', ')})` : ''}`,
    speed > 0 ? `${short(speed)} model-steps/s` : '',
    secondsLeft === null ? '' : `${formatDuration(secondsLeft)} left`,
    latest ?? '',
  ]
    .filter(Boolean)
    .join(' · ');
}
