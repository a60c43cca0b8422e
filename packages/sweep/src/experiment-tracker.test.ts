import { describe, expect, it } from 'vitest';
import { createExperimentTracker, formatExperiments } from './experiment-tracker.ts';
import { madeUpExperiment } from './testing/made-up-experiments.ts';

const [long, short, other] = [10, 2, 4].map((cost, seed) => madeUpExperiment({ seed }, { cost }));

describe('the tracker of experiments', () => {
  it('knows the time left from the costs, and then at the pace of what is done', () => {
    let time = 0;
    const missing = [long!, short!, other!];
    const tracker = createExperimentTracker({ missing, reused: 3, workers: 2, now: () => time });
    // No number of workers makes the longest any shorter.
    expect(tracker.state()).toMatchObject({ done: 3, planned: 6, secondsLeft: 10 });
    tracker.started(long!);
    tracker.started(short!);
    time = 1;
    expect(tracker.state().secondsLeft).toBe(9);
    time = 4;
    tracker.ended(short!, 4);
    // Twice as slow as was thought: 16 of the long one, 8 of the other.
    expect(tracker.state()).toMatchObject({ done: 4, secondsLeft: 16 });
    tracker.started(other!);
    time = 20;
    tracker.ended(long!, 20);
    tracker.ended(other!, null);
    expect(tracker.state()).toMatchObject({ done: 6, failed: 1, secondsLeft: null });
  });

  it('never ends with more time left than an experiment that is overdue needs', () => {
    let time = 0;
    const missing = [long!];
    const tracker = createExperimentTracker({ missing, reused: 0, workers: 1, now: () => time });
    tracker.started(long!);
    time = 99;
    expect(tracker.state().secondsLeft).toBe(0);
  });
});

describe('formatExperiments', () => {
  const state = {
    done: 12,
    planned: 1240,
    reused: 3,
    failed: 1,
    modelSteps: 30_000,
    elapsedSeconds: 2,
    secondsLeft: 125,
    latest: 'ntk-256',
  };
  it('says experiments, speed, time left and the last that ended', () => {
    expect(formatExperiments(state)).toBe(
      '12/1,240 experiments (3 from the journal, 1 failed) · 15k model-steps/s · 2m05s left · ntk-256',
    );
  });
  it('leaves out what is not known', () => {
    const start = { ...state, done: 0, reused: 0, failed: 0, modelSteps: 0, latest: null };
    expect(formatExperiments({ ...start, secondsLeft: null })).toBe('0/1,240 experiments');
  });
});
