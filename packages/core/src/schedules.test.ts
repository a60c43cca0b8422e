import { describe, expect, it } from 'vitest';
import type { ScheduleKind } from './schedules.ts';
import { scheduleFactor, scheduleKnobs } from './schedules.ts';

const kinds: readonly ScheduleKind[] = [
  'constant',
  'warmup',
  'cosine',
  'linear',
  'step',
  'inverse-square-root',
  'warmup-stable-decay',
  'stopped',
];

describe.each(kinds)('%s', (kind) => {
  it('starts at its peak and never rises without warmup', () => {
    const factors = Array.from({ length: 200 }, (_, t) => scheduleFactor({ kind }, t, 200, {}));
    expect(factors[0]).toBe(1);
    factors.slice(1).forEach((factor, i) => {
      expect(factor).toBeLessThanOrEqual(factors[i] ?? 0);
      expect(factor).toBeGreaterThan(0);
    });
  });

  it('climbs linearly through warmup to the peak that follows', () => {
    const at = (t: number) => scheduleFactor({ kind }, t, 200, { warmup: 0.1 });
    expect([0, 9, 19, 20].map(at)).toEqual([0.05, 0.5, 1, 1]);
  });

  it('reads the knobs that it names', () => {
    expect(scheduleKnobs({ kind })).toContain('warmup');
  });
});

it('cosine and linear meet halfway and end at the floor', () => {
  for (const kind of ['cosine', 'linear'] as const) {
    const at = (t: number) => scheduleFactor({ kind }, t, 1000, { floor: 0.2 });
    expect(at(500)).toBeCloseTo(0.6, 12);
    expect(at(1000)).toBeCloseTo(0.2, 12);
  }
});

it('step drops `drops` times, evenly spaced', () => {
  const at = (t: number) => scheduleFactor({ kind: 'step' }, t, 300, { drops: 2, dropFactor: 0.5 });
  expect([0, 99, 100, 199, 200, 299].map(at)).toEqual([1, 1, 0.5, 0.5, 0.25, 0.25]);
});

it('inverse square root knows nothing of the horizon and falls as 1/√t', () => {
  const at = (t: number, T: number) =>
    scheduleFactor({ kind: 'inverse-square-root' }, t, T, { timescale: 10 });
  expect(at(30, 100)).toBe(at(30, 1000));
  expect(at(30, 100)).toBeCloseTo(0.5, 12);
  expect(at(4e6, 1e7) / at(1e6, 1e7)).toBeCloseTo(0.5, 5);
});

it('warmup-stable-decay is 1 until the cooldown and linear after', () => {
  const at = (t: number) =>
    scheduleFactor({ kind: 'warmup-stable-decay' }, t, 100, { cooldown: 0.4, floor: 0 });
  expect([0, 59, 60, 80, 100].map((t) => at(t))).toEqual([1, 1, 1, 0.5, 0]);
});

it('stopped stops in warmup too, and not before its first step', () => {
  const stopped = { kind: 'stopped' } as const;
  const early = { warmup: 0.5, duration: 0.25 };
  expect(scheduleFactor(stopped, 24, 100, early)).toBeCloseTo(0.5, 12);
  expect(scheduleFactor(stopped, 30, 100, early)).toBe(0);
  expect([0, 1].map((t) => scheduleFactor(stopped, t, 10, { duration: 1 / 32 }))).toEqual([1, 0]);
});

it('stopped is 1 until its share of the steps is done and 0 after, weights standing still', () => {
  const at = (t: number) => scheduleFactor({ kind: 'stopped' }, t, 80, { duration: 0.25 });
  expect([0, 19, 20, 79].map(at)).toEqual([1, 1, 0, 0]);
});

it('names the known schedules where one is unknown', () => {
  expect(() => scheduleKnobs({ kind: 'cyclic' as ScheduleKind })).toThrow(
    /unknown schedule: cyclic \(constant, warmup, cosine, linear/,
  );
});
