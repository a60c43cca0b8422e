import { describe, expect, it } from 'vitest';
import type { Arm, ArmOutcome } from './arm.ts';
import { remainingOf } from './estimate/remaining.ts';
import { memoryJournal } from './journal.ts';
import { neighboursOn } from './neighbours.ts';
import { inlinePool } from './pool.ts';
import { aloneTrials, defineProtocol, planArm } from './protocol.ts';
import { createScheduler } from './scheduler.ts';
import { ladder, sweepLadder, wells } from './testing/ladder-sweep.ts';
import type { Landscape } from './testing/landscape.ts';
import {
  expectedLoss,
  landscapeArm,
  landscapeMeasure,
  landscapeRunner,
  uniform,
} from './testing/landscape.ts';
import { smallSweep } from './testing/small-sweep.ts';
import type { Measure } from './trial.ts';
import { trialKey } from './trial-key.ts';
import { tuneArm } from './tune-arm.ts';
import { windowed } from './windowed.ts';

const alone = defineProtocol();
const borrowing = defineProtocol({ borrow: 2 });

const byName = (outcomes: readonly ArmOutcome[]) =>
  [...outcomes].sort((a, b) => (a.arm < b.arm ? -1 : 1));
const lossOf = (landscape: Landscape, { winner }: ArmOutcome) =>
  expectedLoss(landscape, winner!.knobs, 1000)!;

describe('arms that borrow from their neighbours', () => {
  const both = Promise.all([sweepLadder(ladder, alone), sweepLadder(ladder, borrowing)]);

  it('find what their own search misses, where the optimum drifts slowly', async () => {
    const [without, withThem] = (await both).map(({ outcomes }) =>
      outcomes.map((outcome, k) => lossOf(wells[k]!, outcome)),
    );
    const missed = without!.filter((loss) => loss >= 0.95);
    expect(missed.length).toBeGreaterThan(1);
    expect(without!.some((loss) => loss < 0.95)).toBe(true);
    for (const loss of withThem!) expect(loss).toBeLessThan(0.95);
  });

  it('spend the same budget as they do alone, to the trial, in every stage', async () => {
    const [without, withThem] = await both;
    withThem.outcomes.forEach(({ spent, trials, borrowed }, k) => {
      const plan = planArm(ladder[k]!, borrowing);
      expect({ ...spent, slice: 0 }).toEqual({ ...without.outcomes[k]!.spent, slice: 0 });
      expect(spent.refine).toBe(plan.refine.trials);
      expect(borrowed.length).toBeLessThanOrEqual(borrowing.borrow);
      expect(trials.total).toBe(Object.values(spent).reduce((sum, one) => sum + one, 0));
    });
    expect(withThem.outcomes.some(({ borrowed }) => borrowed.length > 0)).toBe(true);
  });

  it('train nothing that is not one arm’s own', async () => {
    const [, { entries, outcomes, compute }] = await both;
    const own = outcomes.reduce((sum, { trials }) => sum + trials.total, 0);
    expect(entries.length).toBe(own);
    expect(compute.trained).toBe(own);
    expect(compute.trials).toBe(own);
  });

  it('tell progress that never runs ahead of what is planned, and ends with it', async () => {
    const [, { states, entries }] = await both;
    expect(states.every(({ done, planned }) => done <= planned)).toBe(true);
    expect(states.at(-1)!.done).toBe(entries.length);
  });

  it('come to the same whatever the order of the arms, the side of a neighbour, and the workers', async () => {
    const [, { outcomes }] = await both;
    const reversed = [...ladder].reverse();
    const shuffled = [3, 0, 6, 2, 5, 1, 4].map((k) => ladder[k]!);
    for (const other of [
      await sweepLadder(reversed, borrowing),
      await sweepLadder(ladder, borrowing, { ladders: [reversed] }),
      await sweepLadder(shuffled, borrowing, { ladders: [ladder], workers: 3 }),
    ]) {
      expect(byName(other.outcomes)).toEqual(byName(outcomes));
    }
  });

  it('are drawn again from the journal, and nothing remains of them', async () => {
    const [, { again, outcomes, options, journal }] = await both;
    expect((await again()).outcomes).toEqual(outcomes);
    expect(await remainingOf(options.arms, { ...options, journal })).toEqual([]);
  });

  it('are planned to train no more than they have not, whoever trained it', async () => {
    const [, { entries, options, outcomes }] = await both;
    const first = new Set(entries.slice(0, entries.length / 2));
    const journal = memoryJournal();
    for (const entry of first) journal.append(entry);
    const missing = await remainingOf(options.arms, { ...options, journal });
    const expected = missing.reduce((sum, { trials }) => sum + trials, 0);
    const slices = outcomes.reduce(
      (sum, { spent }, k) => sum + planArm(ladder[k]!, borrowing).slice.trials - spent.slice,
      0,
    );
    // At most what is planned; trials of stages beyond what is known yet are not looked for.
    expect(expected).toBeGreaterThanOrEqual(entries.length - first.size);
    expect(expected).toBeLessThanOrEqual(entries.length + slices);
  });

  it('count all of their own as done where a neighbour has not begun', async () => {
    const [, { entries, options }] = await both;
    const [arm, other] = ladder as [Arm, Arm];
    const plan = planArm(arm, borrowing);
    const done = plan.screen.trials + aloneTrials(arm, borrowing);
    const journal = memoryJournal();
    const beyond = new Error('beyond what it measures alone');
    const own: Measure = async (specs) => {
      const keys = specs.map((spec) => trialKey(spec, options.semantics));
      const found = keys.map((key) => entries.find((entry) => entry.key === key)!);
      for (const entry of found) journal.append(entry);
      return found;
    };
    const nobody: Measure = () => Promise.reject(beyond);
    const search = tuneArm(arm, borrowing, own, [{ arm: other, measure: nobody }]);
    await expect(search).rejects.toBe(beyond);
    expect(journal.size).toBe(done);
    const missing = await remainingOf(options.arms, { ...options, journal });
    const total = Object.values(plan).reduce((sum, { trials }) => sum + trials, 0);
    expect(missing[0]).toMatchObject({ arm, trials: total - done });
  });

  it('wait for nobody: one arm at a time comes to the same', async () => {
    const [, { outcomes }] = await both;
    const neighbours = neighboursOn([ladder]);
    const scheduler = createScheduler({
      ...smallSweep,
      journal: memoryJournal(),
      pool: inlinePool(landscapeRunner),
    });
    const measureOf = (arm: Arm) => scheduler.measureFor(arm.name, 1);
    const one = await windowed(ladder, 1, (arm) =>
      tuneArm(
        arm,
        borrowing,
        measureOf(arm),
        neighbours(arm).map((each) => ({ arm: each, measure: measureOf(each) })),
      ),
    );
    expect(one).toEqual(outcomes);
  });

  it('are as they were where they have no neighbours, or may borrow nothing', async () => {
    const [without] = await both;
    expect((await sweepLadder(ladder, borrowing, { ladders: [] })).outcomes).toEqual(
      without.outcomes,
    );
    expect((await sweepLadder(ladder, alone, { ladders: [] })).outcomes).toEqual(without.outcomes);
  });
});

describe('a neighbour', () => {
  const CASES = 30;
  const at = (name: string, low: number, high: number) => low + (high - low) * uniform(name);
  const best = (n: number) => ({
    learningRate: at(`rate ${n}`, -6, -2),
    initScale: at(`scale ${n}`, -1.5, 1.5),
    richness: at(`richness ${n}`, -1.5, 1.5),
  });

  it('whose optimum is a bad place costs what was borrowed, and no more', async () => {
    for (let n = 0; n < CASES; n++) {
      const landscape = { best: best(n), noise: 0.005 };
      const arm = landscapeArm(`good ${n}`, landscape);
      const elsewhere = { learningRate: -10, initScale: 4, richness: -6 };
      const misleading = landscapeArm(`bad ${n}`, { best: elsewhere });
      const measure = landscapeMeasure();
      const fewer = { ...alone, searchTrials: alone.searchTrials - borrowing.borrow };
      const own = await tuneArm(arm, fewer, landscapeMeasure());
      const outcome = await tuneArm(arm, borrowing, measure, [{ arm: misleading, measure }]);
      // Within the noise of one trial, by which either may miss the best.
      expect(lossOf(landscape, outcome)).toBeLessThan(lossOf(landscape, own) + 3 * 0.005);
    }
  });

  it('that diverged everywhere, or of which a trial failed, lends nothing', async () => {
    const [, arm, other] = ladder as [Arm, Arm, Arm];
    const lend = async (measure: Measure) => {
      const own = landscapeMeasure();
      return (await tuneArm(arm, borrowing, own, [{ arm: other, measure }])).borrowed;
    };
    const inner = landscapeMeasure();
    const all =
      (status: 'diverged' | 'failed', when: (n: number) => boolean): Measure =>
      async (specs) =>
        (await inner(specs)).map((record, n) =>
          when(n) ? { ...record, status, loss: null } : record,
        );
    expect((await lend(inner)).length).toBeGreaterThan(0);
    expect(await lend(all('diverged', () => true))).toEqual([]);
    expect(await lend(all('failed', (n) => n === 0))).toEqual([]);
  });

  it('is one line of refusal where its knobs are others', async () => {
    const [a, b] = ladder as [Arm, Arm];
    const other = { ...b, space: b.space.slice(0, 2) };
    await expect(sweepLadder([a, other], borrowing)).rejects.toThrow(
      'neighbour with other knobs: well 1 of well 0',
    );
  });
});
