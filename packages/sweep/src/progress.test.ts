import { describe, expect, it } from 'vitest';
import { createProgress } from './live-line.ts';
import type { ProgressState } from './progress.ts';
import { formatDuration, formatProgress } from './progress.ts';

const state: ProgressState = {
  done: 1312,
  planned: 4240,
  reused: 300,
  diverged: 12,
  failed: 0,
  arms: { done: 3, total: 64 },
  modelSteps: 2_469_136,
  elapsedSeconds: 20,
  secondsLeft: 125,
  best: { arm: 'teacher-mup-64', loss: 0.012345, knobs: { learningRate: 0.125, initScale: 1 } },
};

describe('formatProgress', () => {
  it('says trials, arms, speed, time left and the best of an arm', () => {
    expect(formatProgress(state)).toBe(
      '1,312/4,240 trials (300 from the journal, 12 diverged) · 3/64 arms · 123k model-steps/s' +
        ' · 2m05s left · teacher-mup-64 0.0123 at learningRate 0.125, initScale 1',
    );
  });

  it('leaves out what is not known yet', () => {
    const start = { ...state, done: 0, reused: 0, diverged: 0, modelSteps: 0, elapsedSeconds: 0 };
    expect(formatProgress({ ...start, secondsLeft: null, best: null })).toBe(
      '0/4,240 trials · 3/64 arms',
    );
  });
});

describe('formatDuration', () => {
  it.each([
    [0.4, '0s'],
    [59.4, '59s'],
    [60, '1m00s'],
    [3599.6, '1h00m'],
    [11220, '3h07m'],
    [-3, '0s'],
  ])('writes %d seconds as %s', (seconds, text) => {
    expect(formatDuration(seconds)).toBe(text);
  });
});

describe('createProgress', () => {
  function progressOf(live: boolean) {
    let time = 0;
    const out: string[] = [];
    const progress = createProgress({
      format: formatProgress,
      write: (text) => out.push(text),
      live,
      columns: () => 30,
      now: () => time,
    });
    const at = (seconds: number, done: number) => {
      time = seconds;
      progress.update({ ...state, done });
    };
    return { progress, at, out };
  }

  it('prints a plain line every few seconds without a terminal', () => {
    const { progress, at, out } = progressOf(false);
    for (let second = 0; second <= 12; second++) at(second, second);
    progress.finish();
    expect(out.map((line) => line.split('/')[0])).toEqual(['0', '5', '10', '12']);
    expect(out.every((line) => line.endsWith('\n') && !line.includes('\u001b'))).toBe(true);
  });

  it('rewrites one line on a terminal, cut to its width, and keeps lines above it', () => {
    const { progress, at, out } = progressOf(true);
    at(0, 1);
    at(0.05, 2);
    at(0.2, 3);
    progress.line('an arm is done');
    progress.finish();
    expect(out.length).toBe(6);
    expect(out[0]).toBe(`\r\u001b[2K${formatProgress({ ...state, done: 1 }).slice(0, 29)}`);
    expect(out[2]).toBe('\r\u001b[2Kan arm is done\n');
    expect(out.at(-1)).toBe('\n');
  });
});
