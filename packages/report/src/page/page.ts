import type { Chart } from '../charts/chart.ts';
import type { Verdict } from '../verdict.ts';

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
}

/** All that a report page shows; numbers come from the verdict, words from the suite. */
export interface Page {
  readonly verdict: Verdict;
  /** A short human title: `Is wider better?`. */
  readonly title: string;
  /** What theory predicts, and why the question is asked: paragraphs under the title. */
  readonly introduction?: readonly RichText[];
  /** The first figure is the thumbnail of the index. */
  readonly figures: readonly Figure[];
  readonly method: readonly RichText[];
  /** The rule written down before the data, as a list. */
  readonly decisionRule: readonly RichText[];
  /** As a list. */
  readonly caveats: readonly RichText[];
  /** `HYPERLAW_PROFILE=standard npx turbo run suite:wider`. */
  readonly command: string;
}
