import type { Page, Verdict } from '@hyperlaw/report';
import type {
  Arm,
  ArmOutcome,
  Experiment,
  Measured,
  Neighbours,
  Protocol,
  Round,
  Tune,
} from '@hyperlaw/sweep';
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
  /** Arms that stand beside each other on a ladder of sizes: what they borrow from, where the protocol lets them. */
  readonly neighbours?: Neighbours;
}

/** What a suite measures that is not a tuned training run. */
export interface SuiteExperiments {
  /**
   * URL of the module whose export `experiments` has a function for every kind, `new URL('./experiments.ts',
   * import.meta.url).href`: every worker loads it.
   */
  readonly module: string;
  readonly plan: (profile: Profile, tasks: readonly Task[]) => readonly Experiment[];
}

/** Everything a suite's verdict and page may depend on. */
export interface Evidence extends SuitePlan {
  readonly profile: Profile;
  readonly tasks: readonly Task[];
  readonly skipped: readonly SkippedTask[];
  /** In the order of the arms. */
  readonly outcomes: readonly ArmOutcome[];
  /** What became of an experiment, its result as the caller knows it to be. Throws for a name that was not planned. */
  readonly measured: <Result extends object = object>(experiment: string) => Measured<Result>;
  /** What the suite's study came to, where it has one; only the suite knows its form. */
  readonly studied?: object;
}

/** What a suite decides; the runner adds question, profile, compute and provenance. */
export type Judgement = Pick<Verdict, 'verdict' | 'statement' | 'further' | 'claims' | 'arms'>;

/** One open question as a declaration: what is compared, what decides, what is drawn. */
export interface Suite {
  /** The folder under `suites/`: lower-case letters, digits and single dashes. */
  readonly name: string;
  readonly title: string;
  /** The first, where its judgement answers further ones. */
  readonly question: Verdict['question'];
  /** Laws of the tasks of a profile; real ones whose data is not to be had are skipped, with one line. */
  readonly tasks: (profile: Profile) => readonly TaskLaw[];
  /** Arms to tune and judge. A suite has these, or experiments, or both. */
  readonly plan?: (profile: Profile, tasks: readonly Task[]) => SuitePlan;
  /** Run before the arms. */
  readonly experiments?: SuiteExperiments;
  /**
   * Arms that depend on what others came to, tuned round by round after those of the plan: a search. Pure code over
   * `tune`, so that it goes on, and is drawn again, from the journal.
   */
  readonly study?: (profile: Profile, tune: Tune) => Promise<object>;
  /** Rounds of the sizes that the study's will have, from which its time is estimated. */
  readonly studyRounds?: (profile: Profile) => readonly Round[];
  /** The decision rule: a pure function of the evidence. Under `smoke` the runner makes it `inconclusive`. */
  readonly judge: (evidence: Evidence) => Judgement;
  readonly page: (
    evidence: Evidence,
    verdict: Verdict,
  ) => Omit<Page, 'verdict' | 'command' | 'title'>;
}
