import type { Evidence, Profile } from '@hyperlaw/cli';
import type { Claim, Figure, RichText, VerdictWord } from '@hyperlaw/report';
import type { Experiment } from '@hyperlaw/sweep';
import type { Task, TaskLaw } from '@hyperlaw/tasks';

/** A known result, and how it is measured: one section of the page. */
export interface Law {
  /** Names the section and, as a prefix, its experiments. */
  readonly id: string;
  readonly title: string;
  /** The law in one sentence, with its source. */
  readonly law: RichText;
  /** How many of its claims, the first ones, stand in the table at the page's top; default 3. */
  readonly headlines?: number;
  readonly tasks?: (profile: Profile) => readonly TaskLaw[];
  readonly plan: (profile: Profile, tasks: readonly Task[]) => readonly Experiment[];
  /**
   * Lays what was measured beside the theory: a pure function of the evidence. A part that cannot be measured is a claim
   * that says so (`part`, `readEach`, `agreement`); throws `NotMeasured` where that is all of it.
   */
  readonly find: (evidence: Evidence) => Finding;
}

/** What was found of a law. */
export interface Finding {
  /** At least one, each with its prediction and tolerance. */
  readonly claims: readonly Claim[];
  readonly figures: readonly Figure[];
  /** What was measured, how, and what was found: paragraphs. */
  readonly text: readonly RichText[];
}

/** Thrown where an experiment that a law rests on could not be run. */
export class NotMeasured extends Error {}

/** The result of an experiment. Throws `NotMeasured` where it failed. */
export function resultOf<Result extends object>(evidence: Evidence, name: string): Result {
  const measured = evidence.measured<Result>(name);
  if (measured.status === 'failed') throw new NotMeasured(`${name}: ${measured.reason}`);
  return measured.result;
}

/** A law holds where all its claims do, and fails where one does. */
export function holds(claims: readonly Pick<Claim, 'verdict'>[]): VerdictWord {
  const has = (word: VerdictWord) => claims.some(({ verdict }) => verdict === word);
  if (has('mixed') || (has('refuted') && has('supported'))) return 'mixed';
  if (has('refuted')) return 'refuted';
  return has('inconclusive') ? 'inconclusive' : 'supported';
}
