import type { Arm } from '../arm.ts';
import { canonicalJson } from '../canonical-json.ts';
import type { Journal } from '../journal.ts';
import { memoryJournal } from '../journal.ts';
import type { Knob } from '../space.ts';
import type { SweepOptions } from '../sweep.ts';
import { runSweep } from '../sweep.ts';
import type { Knobs, Pack, TrialResult } from '../trial.ts';
import { clockedPool } from './clocked-pool.ts';

/** What a sweep is rehearsed with. */
export interface RehearsalOptions
  extends Pick<
    SweepOptions,
    'arms' | 'protocol' | 'neighbours' | 'journal' | 'cost' | 'semantics' | 'signal'
  > {
  readonly workers: number;
  /** Seconds that a pack is expected to take. */
  readonly secondsOf: (pack: Pack) => number;
}

/**
 * Seconds of the wall that a sweep is expected to take: the sweep itself, packed and tuned as ever, on a clock of its own.
 * Trials that the journal lacks come to losses that are made up, and go into the journal: it must be one of `overlay`.
 * Throws as a sweep does.
 */
export async function rehearse({
  workers,
  secondsOf,
  ...sweep
}: RehearsalOptions): Promise<number> {
  const lossOf = bowls(sweep.arms);
  const { pool, now } = clockedPool({
    size: workers,
    secondsOf,
    resultsOf: ({ shape, lanes }) =>
      lanes.map((lane) => finished(lossOf({ ...lane, shape }, lane.knobs))),
  });
  await runSweep({ ...sweep, pool, now });
  return now();
}

const finished = (loss: number): TrialResult => ({
  ...{ status: 'finished', divergedAt: null, loss },
  ...{ curve: [], seconds: 0, flops: 0 },
});

type Program = Pick<Arm, 'task' | 'shape' | 'parameterization'>;

/** A loss by the knobs that any arm of a program tunes. */
function bowls(arms: readonly Arm[]): (program: Program, knobs: Knobs) => number {
  const nameOf = ({ task, shape, parameterization }: Program) =>
    canonicalJson([task, shape, parameterization]);
  const tuned = new Map<string, Map<string, Knob>>();
  for (const arm of arms) {
    const name = nameOf(arm);
    const knobs = tuned.get(name) ?? new Map<string, Knob>();
    tuned.set(name, knobs);
    for (const knob of arm.space) knobs.set(knob.name, knob);
  }
  return (program, knobs) => bowl([...(tuned.get(nameOf(program))?.values() ?? [])], knobs);
}

/** Squares of lattice steps from a third of each knob's range: from its middle, slices would pass through what is known. */
function bowl(space: readonly Knob[], knobs: Knobs): number {
  return space.reduce((sum, { name, base, factor = 2, min, max }) => {
    const coordinate = Math.log((knobs[name] ?? base) / base) / Math.log(factor);
    return sum + (coordinate - (2 * min + max) / 3) ** 2;
  }, 0);
}

/** A journal over another, which it reads and leaves as it is. */
export function overlay(journal: Journal): Journal {
  const own = memoryJournal();
  return {
    ...own,
    get size() {
      return journal.size + own.size;
    },
    get: (key) => journal.get(key) ?? own.get(key),
  };
}
