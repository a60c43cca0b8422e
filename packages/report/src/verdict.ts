/** What the evidence says about a claim. */
export type VerdictWord = 'supported' | 'refuted' | 'mixed' | 'inconclusive';

/** Low and high end of an interval, both finite. */
export type Bounds = readonly [low: number, high: number];

/** One task's or sub-question's answer; the verdict follows from its claims. */
export interface Claim {
  readonly name: string;
  /** Name of the task, or null for a claim across tasks. */
  readonly task: string | null;
  readonly verdict: VerdictWord;
  /** Null where the effect could not be measured (for instance every trial diverged). */
  readonly effect: number | null;
  readonly interval: Bounds | null;
  /** Test or interval method in words: `paired slope t test, Holm over 6 tasks`. */
  readonly test: string;
  /** After correction for many comparisons; null for a claim without a test. */
  readonly pValue: number | null;
  /** Before the correction. */
  readonly rawPValue?: number;
  /** Unit of the effect, for instance `log2 loss per doubling of width`; may hold `$TeX$`. */
  readonly unit?: string;
  /** One sentence a reader needs beside the numbers. */
  readonly note?: string;
  /** What theory says the effect is: a number, or short rich text such as `$2/L = 0.67$`. Makes the claim a law. */
  readonly predicted?: number | string;
  /** How far off a measurement may lie and the law still hold, in a few words of rich text: `± 0.05`. */
  readonly tolerance?: string;
  /** Id of the question it bears on, where a verdict answers several; the first unless given. */
  readonly question?: string;
}

/** An open question with what the evidence says about it. */
export interface Answer {
  readonly question: { readonly id: string; readonly slug: string; readonly text: string };
  readonly verdict: VerdictWord;
  /** One sentence a theorist could quote, with the effect and its interval. */
  readonly statement: string;
}

/** One compared point after tuning: a task, a shape, and its judged loss. */
export interface Arm {
  readonly task: string;
  readonly parameterization?: string;
  readonly shape: Readonly<Record<string, string | number | boolean>>;
  /** The tuned knobs. */
  readonly knobs: Readonly<Record<string, number>>;
  /** `edge`: the optimum stands on the edge of its range; `diverged`: no knob setting trained. */
  readonly status: 'interior' | 'edge' | 'diverged';
  /** Held-out loss over fresh seeds; null where the arm diverged. */
  readonly loss: number | null;
  readonly interval: Bounds | null;
  /** Fresh seeds the arm was judged on. */
  readonly seeds: number;
  /** Trials spent on the arm, tuning and judging. */
  readonly trials: number;
  /** How many of them diverged. */
  readonly diverged: number;
  /** Tuning budget in trials, where it differs from what was spent. */
  readonly budget?: number;
}

/** The machine-readable answer of a suite: `reports/<suite>/verdict.json`. */
export interface Verdict extends Answer {
  readonly suite: string;
  /** Answers to further questions from the same evidence. */
  readonly further?: readonly Answer[];
  readonly profile: string;
  readonly claims: readonly Claim[];
  readonly arms: readonly Arm[];
  readonly compute: {
    readonly trials: number;
    readonly modelSteps: number;
    readonly flops: number;
    readonly seconds: number;
    /** What the last run that measured something was expected to take, and took, in seconds of the wall. */
    readonly estimate?: { readonly seconds: number; readonly took: number };
  };
  readonly provenance: {
    /** Of the sources that measured. */
    readonly commit: string;
    readonly dirty: boolean;
    /** Of the sources that judged and drew, where they are others. */
    readonly judgedAt?: { readonly commit: string; readonly dirty: boolean };
    readonly device: { readonly kind: string; readonly name: string };
    readonly versions: Readonly<Record<string, string>>;
    readonly startedAt: string;
    readonly data: readonly { readonly name: string; readonly sha256: string }[];
    /** Trials and experiments that were made again, and how many came to the same, to the bit. */
    readonly replays?: { readonly made: number; readonly same: number };
  };
}

/** The answers of a verdict, in order. */
export function answersOf(verdict: Verdict): readonly Answer[] {
  return [verdict, ...(verdict.further ?? [])];
}

/** The claims that bear on one of the answers of a verdict. */
export function claimsOn({ question }: Answer, { claims, question: first }: Verdict) {
  return claims.filter((claim) => (claim.question ?? first.id) === question.id);
}
