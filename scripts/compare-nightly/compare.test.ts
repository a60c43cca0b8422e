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

describe('slowdown', () => {
  const steady = [1000, 1010, 990, 1005, 995, 1000, 1008];
  const restless = [1000, 1300, 800, 1150, 900, 1050, 950];

  it('is a fall beyond the noise of the nights before', () => {
    expect(slowdown(900, steady)).toContain('10 % slower');
    expect(slowdown(900, restless)).toBeNull();
    expect(slowdown(400, restless)).toContain('60 % slower');
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
});
