import type { Arm } from '../arm.ts';
import { memoryJournal } from '../journal.ts';
import type { JournalEntry } from '../journal-entry.ts';
import { neighboursOn } from '../neighbours.ts';
import { inlinePool } from '../pool.ts';
import type { ProgressState } from '../progress.ts';
import type { Protocol } from '../protocol.ts';
import { runSweep } from '../sweep.ts';
import type { PackRunner } from '../trial.ts';
import { type Landscape, landscapeArm, landscapeRunner } from './landscape.ts';
import { smallSweep } from './small-sweep.ts';

/**
 * A ladder of arms. Everywhere a broad bowl leads away from a narrow well, which drifts by half a lattice step from arm to
 * arm: every other one of two has it beside a point of the screen, the rest between two of them.
 */
export const wells = Array.from(
  { length: 7 },
  (_, k): Landscape => ({
    best: { learningRate: -1, initScale: 1, richness: 1 },
    well: { at: { learningRate: -6 + k / 2, initScale: -2, richness: -2 }, depth: 0.4 },
  }),
);
export const ladder = wells.map((landscape, k) => landscapeArm(`well ${k}`, landscape));

/** Sweeps arms that may be neighbours, and keeps what it did: trials in their order, progress, and how to do it again. */
export async function sweepLadder(
  arms: readonly Arm[],
  protocol: Protocol,
  {
    ladders = [arms],
    runner = landscapeRunner,
    workers = 1,
  }: {
    readonly ladders?: readonly (readonly Arm[])[];
    readonly runner?: PackRunner;
    readonly workers?: number;
  } = {},
) {
  const entries: JournalEntry[] = [];
  const states: ProgressState[] = [];
  const journal = memoryJournal();
  const append = (entry: JournalEntry) => {
    entries.push(entry);
    journal.append(entry);
  };
  const options = { ...smallSweep, arms, protocol, neighbours: neighboursOn(ladders) };
  const result = await runSweep({
    ...options,
    journal: { ...journal, append },
    pool: { ...inlinePool(runner), size: workers },
    progress: { update: (state) => states.push(state), line: () => {}, finish: () => {} },
  });
  const again = () => runSweep({ ...options, journal, pool: null });
  return { ...result, entries, states, again, options, journal };
}
