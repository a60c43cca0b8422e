import { randomStream } from '@hyperlaw/tasks';
import { describe, expect, it } from 'vitest';
import { compareNight, slowdown } from './compare.ts';
import type { Night } from './night.ts';

const night = (changes: Partial<Night> = {}): Night => ({
  date: '2026-11-24T02:00:00.000Z',
  commit: 'bbbbbbbbbb',
  verdicts: { 'wider/oq-3-4': 'supported', 'deeper/oq-3-6': 'inconclusive' },
  claims: { 'wider: parity (parity-1)': 'supported' },
  devices: { webgpu: 'one GPU' },
  rates: { webgpu: { 'sgd, width 32, 256 lanes': 1000 } },
  ...changes,
});
const earlier = (changes: Partial<Night> = {}) => night({ commit: 'aaaaaaaaaa', ...changes });
const rate = (value: number): Partial<Night> => ({
  rates: { webgpu: { 'sgd, width 32, 256 lanes': value } },
});

describe('compareNight', () => {
  it('finds nothing in a night like those before, or where there is none', () => {
    expect(compareNight(night(), [earlier(), earlier()])).toEqual({ faults: [], notes: [] });
    expect(compareNight(night(), [])).toEqual({
      faults: [],
      notes: ['webgpu: no earlier night on one GPU, so speed is not compared'],
    });
  });

  it('fails on a verdict that is another, and says between which commits', () => {
    const now = night({ verdicts: { ...night().verdicts, 'wider/oq-3-4': 'mixed' } });
    expect(compareNight(now, [earlier()]).faults).toEqual([
      'wider/oq-3-4: supported became mixed (aaaaaaaa to bbbbbbbb)',
    ]);
  });

  it('holds a verdict against the last night that had it', () => {
    const { 'deeper/oq-3-6': _, ...rest } = night().verdicts;
    const without = earlier({ verdicts: rest });
    const now = night({ verdicts: { ...rest, 'deeper/oq-3-6': 'refuted' } });
    expect(compareNight(now, [earlier(), without]).faults).toEqual([
      'deeper/oq-3-6: inconclusive became refuted (aaaaaaaa to bbbbbbbb)',
    ]);
  });

  it('fails where a suite has no verdict any more, and welcomes a new one', () => {
    const { 'deeper/oq-3-6': _, ...rest } = night().verdicts;
    expect(compareNight(night({ verdicts: rest }), [earlier()]).faults).toEqual([
      'deeper/oq-3-6: no verdict, where the night before had one',
    ]);
    expect(compareNight(night(), [earlier({ verdicts: rest })]).faults).toEqual([]);
  });

  it('waits for a suite that goes on the next night, and misses it when it should be done', () => {
    const { 'deeper/oq-3-6': _, ...rest } = night().verdicts;
    const underWay = night({ verdicts: rest, unfinished: ['deeper'] });
    expect(compareNight(underWay, [earlier()]).faults).toEqual([]);
    expect(compareNight(underWay, [earlier(), underWay]).faults).toEqual([]);
    expect(compareNight(night({ verdicts: rest }), [earlier(), underWay]).faults).toEqual([
      'deeper/oq-3-6: no verdict, where the night before had one',
    ]);
  });

  it('tells of claims without alarm', () => {
    const now = night({ claims: { 'wider: parity (parity-1)': 'mixed' } });
    expect(compareNight(now, [earlier()])).toEqual({
      faults: [],
      notes: ['wider: parity (parity-1): supported became mixed (aaaaaaaa to bbbbbbbb)'],
    });
  });

  it('compares speed on the same hardware alone', () => {
    expect(compareNight(night(rate(500)), [earlier(), earlier()]).faults).toEqual([
      'webgpu, sgd, width 32, 256 lanes: 50 % slower than the median of 2 nights (500 for 1,000 model-steps/s; noise reaches 14 %)',
    ]);
    const other = earlier({ devices: { webgpu: 'another GPU' } });
    expect(compareNight(night(rate(500)), [other]).faults).toEqual([]);
  });
});

describe('what is no longer measured', () => {
  it('is a fault of a device, and told of a case', () => {
    const both = { webgpu: 'one GPU', cpu: 'one processor' };
    const without = compareNight(night(), [earlier({ devices: both })]);
    expect(without.faults).toEqual(['cpu: not measured, where the night before had one processor']);
    const bare = compareNight(night({ rates: { webgpu: {} } }), [earlier()]);
    expect(bare).toEqual({
      faults: [],
      notes: ['webgpu, sgd, width 32, 256 lanes: no longer measured'],
    });
  });

  it('is nothing where there was no benchmark, which fails the night itself', () => {
    const none = { devices: {}, rates: {} };
    expect(compareNight(night(none), [earlier()]).faults).toEqual([]);
    expect(compareNight(night(), [earlier(), earlier(none)]).faults).toEqual([]);
  });
});

describe('slowdown', () => {
  const steady = [1000, 1010, 990, 1005, 995, 1000, 1008, 992, 1004, 997];
  const restless = [1000, 1200, 900, 1050, 950, 1150, 1000, 1100, 870, 1020];

  it('is a fall beyond the noise of the nights before', () => {
    expect(slowdown(900, steady)).toContain('10 % slower');
    expect(slowdown(700, restless)).toBeNull();
    expect(slowdown(300, restless)).toContain('70 % slower');
  });

  it('is never one that nobody minds, nor a rise', () => {
    expect(slowdown(960, steady)).toBeNull();
    expect(slowdown(2000, steady)).toBeNull();
  });

  it('wants a clearer fall while few nights are known', () => {
    expect(slowdown(900, [1000, 1000])).toBeNull();
    expect(slowdown(800, [1000, 1000])).toContain('20 % slower');
  });

  it('is said of a rate that is not a number of steps', () => {
    expect(slowdown(0, steady)).toContain('100 % slower');
  });

  /** Nights of one case: normal noise about a drift, both as shares of the rate. */
  const nights = (count: number, { noise = 0, drift = 0, path = 0 }) => {
    const normal = new Float32Array(count);
    randomStream({ seed: 5, role: 'noise', path: [path] }).fillNormal(0, normal);
    return Array.from(normal, (z, t) => 1000 * Math.exp(noise * z - drift * t));
  };

  it.each([
    [0.003, 50],
    [0.01, 20],
    [0.05, 12],
  ])('tells of a drift of %f a night within %i nights', (drift, within) => {
    const rates = nights(120, { noise: 0.01, drift });
    const alarm = rates.findIndex((rate, t) => slowdown(rate, rates.slice(Math.max(0, t - 60), t)));
    expect(alarm).toBeGreaterThan(0);
    expect(alarm).toBeLessThanOrEqual(within);
  });

  it('seldom alarms for nothing: a month of a hundred noisy cases', () => {
    let alarms = 0;
    for (let path = 0; path < 100; path++) {
      const rates = nights(60, { noise: 0.03, path });
      for (let t = 30; t < 60; t++) if (slowdown(rates[t]!, rates.slice(0, t))) alarms++;
    }
    expect(alarms).toBeLessThanOrEqual(1);
  });
});
