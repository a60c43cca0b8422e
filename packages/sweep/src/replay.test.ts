import { describe, expect, it } from 'vitest';
import type { Experiment } from './experiment.ts';
import type { Runner } from './pool.ts';
import { inlinePool } from './pool.ts';
import { rememberingPool } from './replay.ts';
import type { Pack, TrialResult } from './trial.ts';

const packOf = (seed: number, lanes = 2): Pack => ({
  shape: { width: 8 },
  steps: 10,
  heldOut: 'test',
  lanes: Array.from({ length: lanes }, (_, lane) => ({
    task: {},
    parameterization: {},
    schedule: {},
    knobs: { learningRate: 2 ** lane },
    seed,
  })),
});

const resultOf = (loss: number, seconds = 1): TrialResult => ({
  status: 'finished',
  divergedAt: null,
  loss,
  curve: [[10, loss]],
  seconds,
  flops: 1,
});

/** Losses are seeds, and more where something is broken. */
const runner = (broken = (_: Pack) => 0, seconds = () => 1): Runner =>
  Object.assign(
    async (pack: Pack) => pack.lanes.map(({ seed }) => resultOf(seed + broken(pack), seconds())),
    {
      measure: async ({ input }: Experiment) => ({
        result: { ...input, broken: broken(packOf(0)) },
        compute: { trials: 0, modelSteps: 0, flops: 0 },
        seconds: 1,
      }),
    },
  );

const experiment: Experiment = {
  name: 'square',
  kind: 'square',
  input: { value: 3 },
  data: [],
  version: 1,
  cost: 1,
};

const ignore = () => {};

describe('a pool that remembers', () => {
  it('makes a thing again once, however often it was asked for', async () => {
    const pool = rememberingPool(inlinePool(runner()));
    for (let i = 0; i < 100; i++) await pool.run(packOf(1), ignore);
    expect((await pool.replay(inlinePool(runner()))).made).toBe(2);
  });

  it('has nothing to do again where it did nothing', async () => {
    const replays = await rememberingPool(inlinePool(runner())).replay(inlinePool(runner()));
    expect(replays).toEqual({ made: 0, same: 0, differing: [] });
  });

  it('finds the same where results are functions of what was asked for, however long they took', async () => {
    let clock = 0;
    const own = runner(undefined, () => ++clock);
    const pool = rememberingPool(inlinePool(own));
    await pool.run(packOf(7), ignore);
    expect(await pool.replay(inlinePool(own))).toEqual({ made: 2, same: 2, differing: [] });
  });

  it('tells of every lane and experiment that came to something else', async () => {
    const pool = rememberingPool(inlinePool(runner(() => 0.5)));
    await pool.run(packOf(7), ignore);
    expect(await pool.replay(inlinePool(runner()))).toEqual({
      ...{ made: 2, same: 0 },
      differing: Array(2).fill('a trial came to a loss of 7.5, and trained again to a loss of 7'),
    });
    const laboratory = rememberingPool(inlinePool(runner(() => 0.5)));
    await laboratory.measure(experiment, ignore);
    expect(await laboratory.replay(inlinePool(runner()))).toEqual({
      ...{ made: 1, same: 0 },
      differing: ['experiment square, made again, came to something else'],
    });
  });

  it('sees a curve that differs though its end does not', async () => {
    const bent: Runner = async (pack) =>
      pack.lanes.map(({ seed }) => ({ ...resultOf(seed), curve: [[10, seed + 1]] }));
    const pool = rememberingPool(inlinePool(bent));
    await pool.run(packOf(7), ignore);
    expect(await pool.replay(inlinePool(runner()))).toMatchObject({ made: 2, same: 0 });
  });

  it('counts what cannot be made again as differing, and what failed the first time not at all', async () => {
    const failing: Runner = async () => {
      throw new Error('out of luck');
    };
    const pool = rememberingPool(inlinePool(runner()));
    await pool.run(packOf(7, 1), ignore);
    expect(await pool.replay(inlinePool(failing))).toEqual({
      ...{ made: 1, same: 0 },
      differing: ['a trial came to a loss of 7, and trained again to a failure: out of luck'],
    });
    const unlucky = rememberingPool(inlinePool(failing));
    await unlucky.run(packOf(7), ignore);
    expect((await unlucky.replay(inlinePool(runner()))).made).toBe(0);
  });

  it('takes a fiftieth of the time again, one job at least and 32 at most', async () => {
    const madeAgainOf = async (packs: number, size = 1) => {
      const pool = rememberingPool({ ...inlinePool(runner()), size });
      for (let seed = 1; seed <= packs; seed++) await pool.run(packOf(seed, 1), ignore);
      return (await pool.replay(inlinePool(runner()))).made;
    };
    expect(await madeAgainOf(5)).toBe(1);
    expect(await madeAgainOf(700)).toBe(14);
    expect(await madeAgainOf(700, 2)).toBe(7);
    expect(await madeAgainOf(5000)).toBe(32);
  });

  it('draws them by what was asked for, not by its order', async () => {
    const drawn = async (seeds: readonly number[]) => {
      const pool = rememberingPool(inlinePool(runner()));
      for (const seed of seeds) await pool.run(packOf(seed, 1), ignore);
      const again: number[] = [];
      await pool.replay(
        inlinePool(
          runner((pack) => {
            again.push(pack.lanes[0]?.seed as number);
            return 0;
          }),
        ),
      );
      return again;
    };
    const seeds = Array.from({ length: 500 }, (_, i) => i);
    const first = await drawn(seeds);
    expect(first).toHaveLength(10);
    expect(await drawn(seeds.toReversed())).toEqual(first);
    expect(Math.max(...first)).toBeGreaterThan(100);
  });

  // A worker whose numbers are wrong from its start on is half of what two workers make.
  it('finds a worker that is wrong throughout', async () => {
    let alarms = 0;
    for (let run = 0; run < 20; run++) {
      const pool = rememberingPool(
        inlinePool(runner(({ lanes: [lane] }) => (lane?.seed ?? 0) % 2)),
      );
      for (let i = 0; i < 2000; i++) await pool.run(packOf(run * 2000 + i, 1), ignore);
      const { made, same } = await pool.replay(inlinePool(runner()));
      if (same < made) alarms++;
    }
    expect(alarms).toBe(20);
  });
});
