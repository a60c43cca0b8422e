import { median } from '../bench/statistics.ts';
import type { Night } from './night.ts';

/** What a night says beside those before it. */
export interface Comparison {
  /** Reasons to fail, one line each. */
  readonly faults: readonly string[];
  /** What else has changed. */
  readonly notes: readonly string[];
}

/** Nights that speed is held against: about two weeks, so that a slow drift shows before it becomes the rule. */
const NIGHTS = 14;

/** Nights from which noise can be judged; with fewer the least fall that counts is `UNKNOWN`. */
const ENOUGH = 5;
const UNKNOWN = 0.15;

/** Falls that nobody minds, however quiet the nights were. */
const LEAST = 0.05;

/** Standard deviations: of a hundred cases on a steady machine one night in three hundred alarms for nothing. */
const DEVIATIONS = 4;

/** Median absolute deviations to standard deviations, of normal numbers. */
const NORMAL = 1.4826;

/** Compares a night with a history, the oldest night first: any verdict that is another, any rate below its noise. */
export function compareNight(night: Night, history: readonly Night[]): Comparison {
  const notes = [...changes(night, history, 'claims')];
  const faults = [...changes(night, history, 'verdicts'), ...missing(night, history)];
  for (const [device, rates] of Object.entries(night.rates)) {
    const name = night.devices[device];
    const alike = history.filter(({ devices }) => devices[device] === name).slice(-NIGHTS);
    if (alike.length === 0) {
      notes.push(
        `${device}: no earlier night on ${name ?? 'this device'}, so speed is not compared`,
      );
      continue;
    }
    for (const [what, rate] of Object.entries(rates)) {
      const before = alike.flatMap((one) => one.rates[device]?.[what] ?? []);
      const fault = slowdown(rate, before);
      if (fault) faults.push(`${device}, ${what}: ${fault}`);
    }
  }
  return { faults, notes };
}

/** What is said of each name that the latest night which knew it said otherwise of. */
function changes(
  night: Night,
  history: readonly Night[],
  of: 'verdicts' | 'claims',
): readonly string[] {
  return Object.entries(night[of]).flatMap(([name, word]) => {
    const last = history.findLast((one) => one[of][name] !== undefined);
    const before = last?.[of][name];
    if (last === undefined || before === word) return [];
    return [
      `${name}: ${before} became ${word} (${last.commit.slice(0, 8)} to ${night.commit.slice(0, 8)})`,
    ];
  });
}

/** Questions that the night before answered and this one did not, but for suites that were or are on their way. */
function missing(night: Night, history: readonly Night[]): readonly string[] {
  const names = new Set(history.flatMap(({ verdicts }) => Object.keys(verdicts)));
  return [...names].flatMap((name) => {
    const underWay = ({ unfinished = [] }: Night) => unfinished.includes(name.split('/')[0] ?? '');
    const before = history.findLast((one) => !underWay(one));
    const lost = before?.verdicts[name] !== undefined && night.verdicts[name] === undefined;
    return lost && !underWay(night) ? [`${name}: no verdict, where the night before had one`] : [];
  });
}

/** Why a rate is too slow beside those before, or null. Rates vary by factors, so their logarithms are compared. */
export function slowdown(rate: number, before: readonly number[]): string | null {
  if (before.length === 0) return null;
  const logs = before.map(Math.log);
  const middle = median(logs);
  const deviation = NORMAL * median(logs.map((one) => Math.abs(one - middle)));
  const noise = before.length < ENOUGH ? UNKNOWN : DEVIATIONS * deviation;
  const least = middle + Math.min(Math.log(1 - LEAST), -noise);
  if (!(Math.log(rate) < least)) return null;
  const fall = 1 - rate / Math.exp(middle);
  const expected = 1 - Math.exp(least - middle);
  return `${percent(fall)} slower than the median of ${before.length} nights (${amount(rate)} for ${amount(Math.exp(middle))} model-steps/s; noise reaches ${percent(expected)})`;
}

const percent = (share: number) => `${(100 * share).toFixed(0)} %`;
const amount = (rate: number) => Number(rate.toPrecision(3)).toLocaleString('en-US');
