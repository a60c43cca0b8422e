import { mean } from 'simple-statistics';
import { LEVEL } from '../sizes/levels.ts';
import type { SizeWords } from '../sizes/size-words.ts';
import { studentCritical } from '../statistics/distributions.ts';
import type { Estimate } from '../statistics/estimate.ts';
import { holm } from '../statistics/holm.ts';
import { meanInterval } from '../statistics/mean.ts';
import { meanError, regionTest } from '../statistics/region.ts';
import { shareInterval, shareTest } from '../statistics/share.ts';
import { slopeWeights } from '../statistics/tuned-arms.ts';
import type { Claim, VerdictWord } from '../verdict.ts';
import { type Harm, type HarmDuel, harmOfDuel } from './duel.ts';
import { claimsOf } from './harm-claims.ts';

/** Harm up to this, in log2 loss, makes no practical difference: 5 % of the loss, what a lattice of factors of 2 may cost. */
export const HARM_MARGIN = 0.07;

/** A task that the search put forward, with what the search said of it and its duels on fresh draws. */
export interface HarmFinalist {
  readonly task: string;
  readonly title: string;
  /** Harm on the draw that the search looked at, and what its model, which shrinks it towards the rest, made of it. */
  readonly found: number;
  readonly believed: number;
  readonly duels: readonly HarmDuel[];
}

/** What the rule looks at. */
export interface HarmEvidence {
  readonly finalists: readonly HarmFinalist[];
  /** One duel of every task drawn at random, before the search chose any. */
  readonly sample: readonly HarmDuel[];
  /** Losses `[draw][size]` of the finalist whose replicated harm is surest, on draws that nothing was chosen by. */
  readonly ladder: {
    readonly title: string;
    readonly sizes: readonly number[];
    readonly log2Losses: readonly (readonly number[])[];
    /** The sizes that finalists were judged at, on these draws. */
    readonly duels: readonly HarmDuel[];
  } | null;
  /** Duels with more steps, on further draws of the same task. */
  readonly stretched: readonly HarmDuel[];
}

/** A finalist's replicated harm and its tests. */
export interface ReplicatedHarm extends HarmFinalist {
  readonly harms: readonly Harm[];
  /** Mean over draws, with Student's interval over draws, which holds for all finalists at once (Bonferroni). */
  readonly replicated: Estimate;
  /** That harm is at most the margin, and that it is at least the margin: one-sided, guarded, before correction. */
  readonly rawPValues: { readonly harm: number; readonly noHarm: number };
  /** After Holm's correction over finalists. */
  readonly pValues: { readonly harm: number; readonly noHarm: number };
  /** Upper bound of the harm that holds for all finalists at once. */
  readonly bound: number;
  readonly verdict: VerdictWord;
}

/** What the rule comes to. */
export interface HarmDecision {
  readonly verdict: VerdictWord;
  readonly finalists: readonly ReplicatedHarm[];
  /** The finalist whose interval reaches least low, among those known to do harm, or else among all; null without any. */
  readonly found: ReplicatedHarm | null;
  /** Tasks drawn at random in which the larger net measured worse. */
  readonly sample: {
    readonly count: number;
    readonly total: number;
    readonly ties: number;
    /** Null where no duel is decided. */
    readonly share: Estimate | null;
    readonly pValue: number;
  };
  /** What the search said of its finalists beyond what replication found, as measured and as believed. */
  readonly curse: { readonly found: Estimate; readonly believed: Estimate } | null;
  /** Slope of log2 loss over log2 size on the ladder's draws. */
  readonly slope: (Estimate & { readonly pValue: number }) | null;
  /**
   * Harm of the ladder's task on draws that it was not chosen by: of a find replication itself says too much, being the
   * surest of several. With the guarded one-sided p value that it is at most the margin.
   */
  readonly unselected: (Estimate & { readonly pValue: number }) | null;
  /** The same with more steps. */
  readonly stretched: (Estimate & { readonly pValue: number }) | null;
  readonly claims: readonly Claim[];
}

/**
 * The decision rule of a search for a counterexample, written down before the data.
 *
 * Only replications count: fresh draws of the finalists (new directions, new training sets), each tuned anew with seeds
 * of its own. The draw is the unit, so that the interval holds what seeds, tuning and draws add. Of a finalist the claim
 * "larger hurts" is
 * - `supported` where its mean harm exceeds the margin (one-sided t test over draws, Holm over finalists), also with
 *   those draws left out whose larger net is not known to be tuned, of which at least half must be left;
 * - `refuted` where it is below the margin likewise, with those draws left out whose smaller net is not known to be tuned;
 * - `inconclusive` otherwise.
 *
 * The verdict, "there is a counterexample", is `supported` where some finalist's claim is, and `inconclusive` otherwise.
 * It is never `refuted`: no search through one family can show that there is none.
 */
export function decideHarm(evidence: HarmEvidence, words: SizeWords): HarmDecision {
  const finalists = judged(evidence.finalists);
  const known = finalists.filter(({ verdict }) => verdict === 'supported');
  const found = (known.length > 0 ? known : finalists).reduce<ReplicatedHarm | null>(
    (most, one) =>
      most === null || one.replicated.interval[0] > most.replicated.interval[0] ? one : most,
    null,
  );
  const over = (said: (one: ReplicatedHarm) => number) =>
    meanInterval(finalists.map((one) => said(one) - one.replicated.estimate));
  const decided = {
    verdict: known.length > 0 ? ('supported' as const) : ('inconclusive' as const),
    finalists,
    found,
    sample: sampleOf(evidence.sample),
    curse:
      finalists.length > 1
        ? { found: over((one) => one.found), believed: over((one) => one.believed) }
        : null,
    slope: slopeOf(evidence.ladder),
    unselected: harmOn(evidence.ladder?.duels ?? []),
    stretched: harmOn(evidence.stretched),
  };
  return { ...decided, claims: claimsOf(decided, evidence, words) };
}

function judged(finalists: readonly HarmFinalist[]): readonly ReplicatedHarm[] {
  const measured = finalists.map((one) => {
    const harms = one.duels.map(harmOfDuel);
    const values = harms.map(({ value }) => value);
    return {
      ...one,
      harms,
      replicated: meanInterval(values, { level: 1 - LEVEL / finalists.length }),
      rawPValues: {
        harm: guarded(harms, ({ flattered }) => flattered, 1),
        noHarm: guarded(harms, ({ hidden }) => hidden, -1),
      },
      bound: upperBound(values, LEVEL / finalists.length),
    };
  });
  const harm = holm(measured.map(({ rawPValues }) => rawPValues.harm));
  const noHarm = holm(measured.map(({ rawPValues }) => rawPValues.noHarm));
  return measured.map((one, i) => {
    const pValues = { harm: harm[i] as number, noHarm: noHarm[i] as number };
    return {
      ...one,
      pValues,
      verdict:
        pValues.harm <= LEVEL ? 'supported' : pValues.noHarm <= LEVEL ? 'refuted' : 'inconclusive',
    };
  });
}

/** The larger of the p values with and without the draws in doubt; 1 where less than half of the draws is left. */
function guarded(harms: readonly Harm[], doubtful: (harm: Harm) => boolean, side: 1 | -1): number {
  const values = (of: readonly Harm[]) => of.map(({ value }) => side * (value - HARM_MARGIN));
  const sound = harms.filter((harm) => !doubtful(harm));
  if (sound.length < Math.max(2, harms.length / 2)) return 1;
  return Math.max(aboveZero(values(harms)), aboveZero(values(sound)));
}

/** One-sided p value of Student's test that a mean is at most zero. */
function aboveZero(sample: readonly number[]): number {
  const centre = mean(sample as number[]);
  return regionTest(centre, [meanError(sample)], { low: 0, high: Infinity }).inside;
}

function upperBound(sample: readonly number[], tail: number): number {
  const { error, degrees } = meanError(sample);
  return mean(sample as number[]) + studentCritical(1 - 2 * tail, degrees) * error;
}

function sampleOf(duels: readonly HarmDuel[]): HarmDecision['sample'] {
  const values = duels.map((duel) => harmOfDuel(duel).value).filter((value) => value !== 0);
  const count = values.filter((value) => value > 0).length;
  const total = values.length;
  return {
    count,
    total,
    ties: duels.length - values.length,
    share: total > 0 ? shareInterval(count, total) : null,
    pValue: total > 0 ? shareTest(count, total) : 1,
  };
}

function harmOn(duels: readonly HarmDuel[]): HarmDecision['unselected'] {
  if (duels.length < 2) return null;
  const harms = duels.map(harmOfDuel);
  const pValue = guarded(harms, ({ flattered }) => flattered, 1);
  return { ...meanInterval(harms.map(({ value }) => value)), pValue };
}

function slopeOf(ladder: HarmEvidence['ladder']): HarmDecision['slope'] {
  if (ladder === null || ladder.log2Losses.length < 2) return null;
  const weights = slopeWeights(ladder.sizes.map(Math.log2));
  const slopes = ladder.log2Losses.map((losses) =>
    losses.reduce((sum, loss, i) => sum + (weights[i] as number) * loss, 0),
  );
  const above = aboveZero(slopes);
  return { ...meanInterval(slopes), pValue: 2 * Math.min(above, 1 - above) };
}
