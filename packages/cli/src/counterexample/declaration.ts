import type { RichText, SizeWords, Verdict } from '@hyperlaw/report';
import type { Arm, HarmPlan, LatticeAxis } from '@hyperlaw/sweep';
import type { TaskLaw } from '@hyperlaw/tasks';
import type { Profile } from '../suite.ts';

/** A parametrised family of tasks to look for a counterexample in. */
export interface TaskFamily {
  readonly axes: readonly (LatticeAxis & { readonly title: string })[];
  /** The law of a member by its levels; another instance is another draw of the same task. */
  readonly lawOf: (levels: Readonly<Record<string, number>>, instance: number) => TaskLaw;
  readonly titleOf: (levels: Readonly<Record<string, number>>) => string;
}

/** Which sizes are compared, how long they train and how far the search goes. */
export interface HarmScale {
  readonly sizes: {
    readonly small: number;
    readonly large: number;
    readonly ladder: readonly number[];
  };
  readonly steps: number;
  readonly plan: HarmPlan;
}

/** An edge of a knob's range that no loss is waiting behind. */
export interface HarmlessEdge {
  readonly knob: string;
  readonly side: 'low' | 'high';
}

/** What a suite that looks for a counterexample to "larger is better" declares. */
export interface CounterexampleDeclaration {
  readonly name: string;
  readonly title: string;
  readonly question: Verdict['question'];
  readonly words: SizeWords;
  readonly family: TaskFamily;
  readonly scales: Readonly<Record<Profile, HarmScale>>;
  /** A net of a size, how it is trained, and what is tuned. */
  readonly netOf: (
    size: number,
    levels: Readonly<Record<string, number>>,
  ) => Pick<Arm, 'shape' | 'parameterization' | 'schedule' | 'knobs' | 'space'>;
  readonly harmlessEdges: readonly HarmlessEdge[];
  /** Of the order of the family and of all its draws. Pilots and earlier searches have others. */
  readonly seed: number;
  readonly pages: {
    readonly introduction: readonly RichText[];
    /** Model, optimizer and what is tuned; search, replication and rule are the same for all. */
    readonly method: readonly RichText[];
    readonly caveats: readonly RichText[];
  };
}
