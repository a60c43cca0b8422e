import type { VerdictWord } from '@hyperlaw/report';
import { studentCritical } from '@hyperlaw/theory';
import { type Approach, approaches, type Scaling } from './exponents.ts';
import { onePassShare } from './prediction.ts';

/** A language's difficulty, and what was found of nets on it. */
export interface Found {
  readonly difficulty: number;
  readonly scaling: Pick<Scaling, 'exponents' | 'logRatio'>;
}

/** A straight line through measurements, with the interval of its slope. */
export interface Line {
  readonly slope: number;
  readonly interval: readonly [low: number, high: number];
  /** Mean of measured − predicted where the line is of exponents. */
  readonly offset: number;
  readonly points: number;
}

/** What the rule comes to for one kind of net. */
export interface Decision {
  readonly verdict: VerdictWord;
  /** Measured exponent against predicted, by approach; null where fewer than three languages have both. */
  readonly lines: Readonly<Record<Approach, Line | null>>;
  readonly words: Readonly<Record<Approach, VerdictWord>>;
  /** What the three approaches come to. */
  readonly exponent: VerdictWord;
  /** ln D/N at the reference budget against difficulty. */
  readonly ratioLine: Line | null;
  readonly ratio: VerdictWord;
}

/** Confidence of every interval of the rule. */
export const CONFIDENCE = 0.95;

/** How far a slope of exponents may be off 1, or off 0, and make no difference: approaches are biased by so much. */
export const EXPONENT_MARGIN = 0.25;

/** A slope of ln D/N per unit of difficulty within which nothing moves in practice. */
export const RATIO_MARGIN = 0.25;

/**
 * The decision rule, written down before the data. It sees exponents and ratios by difficulty, nothing else.
 *
 * The claim is that random features over which SGD passes once predict how difficulty moves the compute-optimal division:
 * N_opt ∝ C^1/(2 + a), and more tokens a parameter for easier languages (larger a) at a budget that all share.
 *
 * *Exponent.* By each approach, the slope of measured exponents over predicted ones, one point a language, is 1 if the
 * prediction holds and 0 if difficulty moves nothing. Its interval is Student's with two degrees fewer than languages, on
 * the larger of two standard errors: from the scatter about the line, and from the intervals of the points. It says
 * - `supported` where the interval lies above 0 and meets 1 ± the margin;
 * - `refuted` where it lies below that and reaches down to 0, or does not reach beyond the margin about 0;
 * - `mixed` where it lies in between, or above: difficulty moves the exponent, and not by the predicted amount;
 * - `inconclusive` where it holds 0 and meets 1 ± the margin.
 * The exponent is what at least two approaches say, unless the third says the opposite (one `supported`, one `refuted`):
 * then `mixed`. Where no two agree, `inconclusive`.
 *
 * *Ratio.* The slope of ln D/N over a is `supported` where its interval lies above 0, `refuted` where it lies below, and in
 * either case reaches beyond the margin.
 *
 * *Together*: `supported` where both are; `refuted` where one is and the other is not supported; `mixed` where one is
 * supported and the other refuted, or the exponent is mixed; `inconclusive` otherwise.
 */
export function decide(found: readonly Found[]): Decision {
  const lines = byApproach((approach) =>
    lineThrough(
      found.flatMap(({ difficulty, scaling }) => {
        const measured = scaling.exponents[approach];
        return measured ? [{ x: onePassShare(difficulty), ...measured }] : [];
      }),
    ),
  );
  const words = byApproach((approach) => exponentWord(lines[approach]));
  const ratioLine = lineThrough(
    found.flatMap(({ difficulty, scaling }) =>
      scaling.logRatio ? [{ x: difficulty, ...scaling.logRatio }] : [],
    ),
  );
  const exponent = agreed(approaches.map((approach) => words[approach]));
  const ratio = ratioWord(ratioLine);
  return { verdict: together(exponent, ratio), lines, words, exponent, ratioLine, ratio };
}

const byApproach = <T>(of: (approach: Approach) => T): Record<Approach, T> => ({
  envelope: of('envelope'),
  isoflop: of('isoflop'),
  parametric: of('parametric'),
});

/** What a slope of measured over predicted exponents says. */
export function exponentWord(line: Line | null): VerdictWord {
  if (!line) return 'inconclusive';
  const [low, high] = line.interval;
  const reaches = high >= 1 - EXPONENT_MARGIN;
  if (low > 0) {
    if (reaches) return low <= 1 + EXPONENT_MARGIN ? 'supported' : 'mixed';
    return high <= EXPONENT_MARGIN ? 'refuted' : 'mixed';
  }
  return reaches ? 'inconclusive' : 'refuted';
}

function ratioWord(line: Line | null): VerdictWord {
  if (!line) return 'inconclusive';
  const [low, high] = line.interval;
  if (low > 0 && high > RATIO_MARGIN) return 'supported';
  return high < 0 && low < -RATIO_MARGIN ? 'refuted' : 'inconclusive';
}

/** What at least two of three words say. */
export function agreed(words: readonly VerdictWord[]): VerdictWord {
  const count = (word: VerdictWord) => words.filter((each) => each === word).length;
  if (count('supported') > 0 && count('refuted') > 0) return 'mixed';
  return words.find((word) => count(word) > 1) ?? 'inconclusive';
}

/** The verdict from its two halves. */
export function together(exponent: VerdictWord, ratio: VerdictWord): VerdictWord {
  const both = [exponent, ratio];
  const some = (word: VerdictWord) => both.includes(word);
  if (exponent === 'mixed' || (some('supported') && some('refuted'))) return 'mixed';
  if (some('refuted')) return 'refuted';
  return both.every((word) => word === 'supported') ? 'supported' : 'inconclusive';
}

interface Point {
  readonly x: number;
  readonly estimate: number;
  readonly interval: readonly [low: number, high: number];
}

/** Least squares with equal weights; null of fewer than three points. */
export function lineThrough(points: readonly Point[]): Line | null {
  const count = points.length;
  if (count < 3) return null;
  const mean = (of: (point: Point) => number) => points.reduce((sum, p) => sum + of(p), 0) / count;
  const [mx, my] = [mean(({ x }) => x), mean(({ estimate }) => estimate)];
  const sum = (of: (point: Point) => number) => points.reduce((all, p) => all + of(p), 0);
  const xx = sum(({ x }) => (x - mx) ** 2);
  const slope = sum(({ x, estimate }) => (x - mx) * (estimate - my)) / xx;
  const scatter = sum(({ x, estimate }) => (estimate - my - slope * (x - mx)) ** 2) / (count - 2);
  // The points' intervals are normal ones of 95 %.
  const deviation = ({ interval: [low, high] }: Point) => (high - low) / 2 / 1.96;
  const carried = sum((p) => ((p.x - mx) * deviation(p)) ** 2) / xx ** 2;
  const reach = studentCritical(CONFIDENCE, count - 2) * Math.sqrt(Math.max(scatter / xx, carried));
  return {
    slope,
    interval: [slope - reach, slope + reach],
    offset: mean(({ x, estimate }) => estimate - x),
    points: count,
  };
}
