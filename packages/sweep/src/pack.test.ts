import { describe, expect, it } from 'vitest';
import { packSize, programKey } from './pack.ts';

describe('packSize', () => {
  it('never exceeds the lanes, nor takes nothing, and ends in the fewest packs', () => {
    for (let waiting = 1; waiting <= 40; waiting++) {
      for (const lanes of [1, 3, 8]) {
        let left = waiting;
        let packs = 0;
        for (; left > 0; packs++) {
          const size = packSize({ waiting: left, lanes, idleWorkers: 1 });
          expect(size).toBeGreaterThan(0);
          expect(size).toBeLessThanOrEqual(lanes);
          left -= size;
        }
        expect(packs).toBe(Math.ceil(waiting / lanes));
      }
    }
  });

  it('spreads over idle workers, and no thinner than a lane', () => {
    expect(packSize({ waiting: 12, lanes: 8, idleWorkers: 4 })).toBe(3);
    expect(packSize({ waiting: 3, lanes: 8, idleWorkers: 64 })).toBe(1);
    expect(packSize({ waiting: 12, lanes: 8, idleWorkers: -2 })).toBe(6);
  });
});

describe('programKey', () => {
  const trial = { task: { a: 1, b: 2 }, shape: { width: 8 }, steps: 10, heldOut: 'test' } as const;

  it('tells programs apart by task, shape, steps and held-out examples alone', () => {
    const key = (changed: object) => programKey({ ...trial, ...changed }, {});
    expect(key({ task: { b: 2, a: 1 } })).toBe(key({}));
    expect(key({ task: { b: 2, a: 2 } })).not.toBe(key({}));
    expect(key({ heldOut: 'validation' })).not.toBe(key({}));
    expect(key({ steps: 11 })).not.toBe(key({}));
    expect(key({ shape: { width: 9 } })).not.toBe(key({}));
  });

  it('is one for tasks of one signature', () => {
    const signatureOf = (task: object) => ({ b: (task as { b: number }).b });
    const key = (task: object) => programKey({ ...trial, task }, { signatureOf });
    expect(key({ a: 2, b: 2 })).toBe(key({ a: 1, b: 2 }));
    expect(key({ a: 1, b: 3 })).not.toBe(key({ a: 1, b: 2 }));
  });
});
