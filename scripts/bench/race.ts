import { flopsPerStep } from '@hyperlaw/core';
import type { Task } from '@hyperlaw/tasks';
import { type Case, shapeOf } from './models.ts';
import type { Peer } from './peer-process.ts';
import type { Problem } from './problem.ts';
import type { Variant } from './protocol.ts';
import { largestDifference, median } from './statistics.ts';

/** `jax` and `jaxHighest` are the same, where it is alone and where the default precision stands beside it. */
export type ContestantName =
  | 'hyperlaw'
  | 'torchEager'
  | 'torchBatched'
  | 'torchCompiled'
  | 'jax'
  | 'jaxHighest'
  | 'jaxDefault';

/** The fastest variants of those that have entered a race before. */
export type Entered = Readonly<Partial<Record<ContestantName, Variant>>>;

/** One way to do the training, in the process of a peer, with the variants of which the fastest takes part. */
export interface Contestant {
  readonly name: ContestantName;
  readonly peer: Peer;
  readonly variants: readonly Variant[] | ((entered: Entered) => readonly Variant[]);
}

/** A contestant's result in a case. */
export interface Standing {
  readonly variant: Variant;
  /** Model-steps per second in the best round. */
  readonly best: number;
  /** hyperlaw's rate over this one's, round by round, in the middle. */
  readonly ratio: number;
  /** Largest relative difference of the first model's losses from hyperlaw's, over the first steps. */
  readonly difference: number;
}

export interface RaceResult {
  readonly standings: Readonly<Partial<Record<ContestantName, Standing>>>;
  /** hyperlaw's matrix products per second over those of plain sgemm, round by round, in the middle. */
  readonly fractionOfSgemm: number;
  /** The best of sgemm in the best round, in flop/s. */
  readonly sgemm: number;
  /** Share of the wall's time that the contestants had the core; below 1 others were at work on it. */
  readonly share: number;
}

export interface RaceOptions {
  readonly problem: Problem;
  readonly task: Task;
  /** hyperlaw first. */
  readonly contestants: readonly Contestant[];
  readonly rounds: number;
  /** Seconds that a contestant is measured in a round. */
  readonly seconds: number;
  /** Told of a contestant that is left out. */
  readonly onLeftOut: (name: ContestantName, reason: string) => void;
}

/** Steps over which losses are compared. */
const COMPARED_STEPS = 20;
const SGEMM_SIZES = [512, 1024];

/**
 * Lets contestants train in turns, `A B C A B C …`, so that whatever slows the machine slows all of them.
 *
 * The first pass finds each one's fastest variant. A contestant whose every variant fails is left out; throws where
 * that is hyperlaw.
 */
export async function race(options: RaceOptions): Promise<RaceResult> {
  const { problem, task, contestants, rounds, seconds, onLeftOut } = options;
  const entries: Entry[] = [];
  for (const contestant of contestants) {
    const entered = Object.fromEntries(entries.map(({ name, variant }) => [name, variant]));
    const entry = await enter(contestant, { problem, seconds, entered });
    if (!('reason' in entry)) entries.push(entry);
    else if (contestant.name === 'hyperlaw') throw new Error(entry.reason);
    else onLeftOut(contestant.name, entry.reason);
  }
  const peers = new Set(entries.map(({ peer }) => peer));
  const flops = flopsPerStep(shapeOf(problem), task);
  const fractions: number[] = [];
  let sgemm = 0;
  let own = 0;
  let wall = 0;
  for (let round = 0; round < rounds; round++) {
    for (const { peer, id, rates } of entries) {
      const times = await peer.ask({ do: 'measure', id, seconds });
      rates.push(times.modelSteps / times.seconds);
      own += times.seconds;
      wall += times.wall;
    }
    const ceiling = await sgemmCeiling(peers, seconds / 4);
    fractions.push(((entries[0]?.rates[round] ?? 0) * flops) / ceiling);
    sgemm = Math.max(sgemm, ceiling);
  }
  for (const { peer, id } of entries) await peer.ask({ do: 'forget', id });
  const [first] = entries;
  const standings = entries.map(({ name, variant, rates, losses }) => {
    const ratios = rates.map((rate, round) => (first?.rates[round] ?? 0) / rate);
    const difference = largestDifference(losses, first?.losses ?? []);
    return [
      name,
      { variant, best: Math.max(...rates), ratio: median(ratios), difference },
    ] as const;
  });
  return {
    standings: Object.fromEntries(standings),
    fractionOfSgemm: median(fractions),
    sgemm,
    share: own / wall,
  };
}

interface Entry extends Pick<Contestant, 'name' | 'peer'> {
  readonly variant: Variant;
  readonly id: string;
  /** Of the rounds. */
  readonly rates: number[];
  readonly losses: readonly number[];
}

/** Sets up a contestant's variants, keeps the fastest, and takes its first losses down; or says why none could train. */
async function enter(
  { name, peer, variants }: Contestant,
  {
    problem,
    seconds,
    entered,
  }: { readonly problem: Problem; readonly seconds: number; readonly entered: Entered },
): Promise<Entry | { readonly reason: string }> {
  let fastest: { variant: Variant; id: string; rate: number } | null = null;
  let reason = 'nothing to start from';
  const all = typeof variants === 'function' ? variants(entered) : variants;
  for (const [index, variant] of all.entries()) {
    const id = `${name}/${index}`;
    try {
      await peer.ask({ do: 'setup', id, problem, ...variant });
    } catch (error) {
      reason = (error as Error).message;
      continue;
    }
    const times = await peer.ask({ do: 'measure', id, seconds: seconds / 2 });
    const rate = times.modelSteps / times.seconds;
    const beaten = rate > (fastest?.rate ?? 0) ? fastest?.id : id;
    if (rate > (fastest?.rate ?? 0)) fastest = { variant, id, rate };
    if (beaten !== undefined) await peer.ask({ do: 'forget', id: beaten });
  }
  if (fastest === null) return { reason };
  const { variant, id } = fastest;
  const { losses } = await peer.ask({ do: 'curve', id });
  return { name, peer, variant, id, rates: [], losses: losses.slice(0, COMPARED_STEPS) };
}

/** The fastest square product that any peer's library makes, in flop/s. */
async function sgemmCeiling(peers: Iterable<Peer>, seconds: number): Promise<number> {
  let best = 0;
  for (const peer of peers) {
    for (const size of SGEMM_SIZES) {
      const { flopsPerSecond } = await peer.ask({ do: 'sgemm', size, seconds });
      best = Math.max(best, flopsPerSecond);
    }
  }
  return best;
}

/** Steps a call for which it takes a small part of a second: many where they are short, few where they are long. */
export function stepsPerCall(law: Case, task: Task, lanes: number): number {
  const flops = flopsPerStep(shapeOf(law), task) * lanes;
  return Math.max(4, Math.min(100, Math.round(3e9 / flops)));
}
