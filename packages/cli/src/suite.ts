import type { Page, Verdict } from '@hyperlaw/report';
import type { Arm, ArmOutcome, Protocol } from '@hyperlaw/sweep';
import type { Task, TaskLaw } from '@hyperlaw/tasks';

export type Profile = 'smoke' | 'standard' | 'full';

/** A task that a suite wanted and could not have, with the reason in a few words. */
export interface SkippedTask {
  readonly name: string;
  readonly reason: string;
}

/** What a suite compares, and how it is tuned and judged. */
export interface SuitePlan {
  readonly arms: readonly Arm[];
  readonly protocol: Protocol;
}

/** Everything a suite's verdict and page may depend on. */
export interface Evidence extends SuitePlan {
  readonly profile: Profile;
  readonly tasks: readonly Task[];
  readonly skipped: readonly SkippedTask[];
  /** In the order of the arms. */
  readonly outcomes: readonly ArmOutcome[];
}

/** What a suite decides; the runner adds question, profile, compute and provenance. */
export type Judgement = Pick<Verdict, 'verdict' | 'statement' | 'claims' | 'arms'>;

/** One open question as a declaration: what is compared, what decides, what is drawn. */
export interface Suite {
  /** The folder under `suites/`: lower-case letters, digits and single dashes. */
  readonly name: string;
  readonly title: string;
  readonly question: Verdict['question'];
  /** Laws of the tasks of a profile; real ones whose data is not to be had are skipped, with one line. */
  readonly tasks: (profile: Profile) => readonly TaskLaw[];
  readonly plan: (profile: Profile, tasks: readonly Task[]) => SuitePlan;
  /** The decision rule: a pure function of the evidence. Under `smoke` the runner makes it `inconclusive`. */
  readonly judge: (evidence: Evidence) => Judgement;
  readonly page: (
    evidence: Evidence,
    verdict: Verdict,
  ) => Omit<Page, 'verdict' | 'command' | 'title'>;
}
