import { describe, expect, it } from 'vitest';
import type { Contest } from './choose-grants.ts';
import { chooseGrants } from './choose-grants.ts';

const contest = (name: string, doubt: number, changes: Partial<Contest> = {}): Contest => ({
  ...{ name, doubt, seeds: 8, secondsPerSeed: 1 },
  ...changes,
});
const grants = (contests: readonly Contest[], seconds: number) =>
  Object.fromEntries(chooseGrants(contests, { seconds, protocolSeeds: 8 }));

describe('chooseGrants', () => {
  it('gives to the one in most doubt until others are in as much', () => {
    const two = [contest('sure', 0.5), contest('unsure', 1)];
    // Doubt falls with the root of the seeds: 1 becomes 0.5 at four times as many.
    expect(grants(two, 10)).toEqual({ unsure: 17 });
    const { sure = 0, unsure = 0 } = grants(two, 60);
    expect(sure).toBeGreaterThan(8);
    expect((0.5 * Math.sqrt(8 / sure)) / Math.sqrt(8 / unsure)).toBeGreaterThan(0.75);
    expect((0.5 * Math.sqrt(8 / sure)) / Math.sqrt(8 / unsure)).toBeLessThan(1.33);
  });

  it('spends no more than it has, and not on what does not fit', () => {
    const { a = 8, b = 8 } = grants(
      [contest('a', 1), contest('b', 0.9, { secondsPerSeed: 3 })],
      20,
    );
    expect(a - 8 + 3 * (b - 8)).toBeLessThanOrEqual(20);
    expect(grants([contest('a', 1, { secondsPerSeed: 30 })], 20)).toEqual({});
  });

  it('leaves alone what is settled, and does not chase an effect of nothing for ever', () => {
    expect(grants([contest('settled', 0.3)], 1e9)).toEqual({});
    expect(grants([contest('nothing', 1e9)], 1e9)).toEqual({ nothing: 128 });
  });

  it('is the same for the same contests', () => {
    const many = Array.from({ length: 9 }, (_, i) => contest(`c${i}`, 0.5 + (i % 4) / 4));
    expect(grants(many, 40)).toEqual(grants(many, 40));
  });
});
