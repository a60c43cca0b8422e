import type { Chart } from '../charts/chart.ts';
import type { Claim, Verdict, VerdictWord } from '../verdict.ts';

/**
 * Text of a page: plain, escaped, in which `$…$` and `$$…$$` are TeX, `` `…` `` is code, `*…*` is emphasis
 * and `[words](https://…)` is a link.
 */
export type RichText = string;

/** A figure of a page. */
export interface Figure {
  /** `[a-z0-9-]+`, unique in the page; names the anchor and the downloads. */
  readonly id: string;
  readonly title: string;
  readonly caption: RichText;
  readonly chart: Chart;
  /** Id of the question it bears on, where a verdict answers several; the first unless given. */
  readonly question?: string;
}

/** A law of a page: what it says, whether it holds, and the figures that show it. */
export interface Section {
  /** `[a-z0-9-]+`, unique in the page; its anchor. */
  readonly id: string;
  readonly title: string;
  /** The law in one sentence. */
  readonly law: RichText;
  readonly holds: VerdictWord;
  /** Paragraphs between the law and its figures: what was measured, and what was found. */
  readonly text?: readonly RichText[];
  readonly figures: readonly Figure[];
  /** Claims of the verdict that belong here, told by name and task; tabled under the figures with their tests. */
  readonly claims?: readonly Pick<Claim, 'name' | 'task'>[];
  /** How many of its claims, the first ones, the table of all laws shows; the rest are counted there. Default all. */
  readonly headlines?: number;
}

/** All that a report page shows; numbers come from the verdict, words from the suite. */
export interface Page {
  readonly verdict: Verdict;
  /** A short human title: `Is wider better?`. */
  readonly title: string;
  /** What theory predicts, and why the question is asked: paragraphs under the title. */
  readonly introduction?: readonly RichText[];
  /** How claims are tabled: by effect, p and verdict (default), or laws by prediction, measurement and tolerance. */
  readonly claims?: 'effects' | 'laws';
  /** Before the sections. The first figure of every question is its thumbnail in the index. */
  readonly figures: readonly Figure[];
  /** Laws, one a section, with a table of contents. */
  readonly sections?: readonly Section[];
  readonly method: readonly RichText[];
  /** As a list. */
  readonly decisionRule: readonly RichText[];
  /** When the rule was written, where it was not before the data. */
  readonly decisionRuleDate?: RichText;
  /** As a list. */
  readonly caveats: readonly RichText[];
  /** `HYPERLAW_PROFILE=standard npx turbo run suite:wider`. */
  readonly command: string;
}
