import { describe, expect, it } from 'vitest';
import type { Pack } from '../trial.ts';
import { clockedPool } from './clocked-pool.ts';

const pack = (steps: number): Pack => ({ shape: {}, steps, heldOut: 'validation', lanes: [] });
const nothing = () => {};

describe('clockedPool', () => {
  it('ends packs in the order of their ends, each at its own time', async () => {
    const { pool, now } = clockedPool({
      size: 3,
      secondsOf: ({ steps }) => steps,
      resultsOf: () => [],
    });
    const ends: number[] = [];
    const run = async (steps: number) => {
      await pool.run(pack(steps), nothing);
      ends.push(now());
    };
    const after = async () => {
      await run(1);
      await run(3);
    };
    await Promise.all([run(5), run(2), after()]);
    expect(ends).toEqual([1, 2, 4, 5]);
  });

  it('rejects where nothing can be said of a pack', async () => {
    const { pool } = clockedPool({
      size: 1,
      secondsOf: () => {
        throw new Error('unknown times');
      },
      resultsOf: () => [],
    });
    await expect(pool.run(pack(1), nothing)).rejects.toThrow('unknown times');
  });
});
