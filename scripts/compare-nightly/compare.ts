import { median } from '../bench/statistics.ts';
import type { Night } from './night.ts';

/** What a night says beside those before it. */
export interface Comparison {
  /** Reasons to fail, one line each. */
  readonly faults: readonly string[];
  /** What else has changed. */
  readonly notes: readonly string[];
}

/** Nights that speed is held against: so many that a slow drift shows before it becomes the rule. */
const NIGHTS = 60;

/** Nights from which noise can be judged; with fewer no fall below `UNKNOWN` counts. */
const ENOUGH = 10;
const UNKNOWN = 0.15;

/** Falls that nobody minds, however quiet the nights were. */
const LEAST = 0.05;

/**
 * Standard deviations, which are estimated too: of a hundred cases with normal noise some one falls so far by chance in one
 * night of seven while ten nights are known, in one of a hundred once thirty are (simulated, 300 nights).
 */
const DEVIATIONS = 6;

/** Median absolute difference of two independent normal numbers to their standard deviation. */
const NORMAL = 1.4826 / Math.SQRT2;

/** Compares a night with a history, the oldest night first: any verdict that is another, any rate below its noise. */
export function compareNight(night: Night, history: readonly Night[]): Comparison {
  const notes = [...changes(night, history, 'claims')];
  const faults = [
    ...changes(night, history, 'verdicts'),
    ...missing(night, history),
    ...missingDevices(night, history),
  ];
  for (const [device, rates] of Object.entries(night.rates)) {
    const name = night.devices[device];
    const alike = history.filter(({ devices }) => devices[device] === name).slice(-NIGHTS);
    if (alike.length === 0) {
      notes.push(
        `${device}: no earlier night on ${name ?? 'this device'}, so speed is not compared`,
      );
      continue;
    }
    for (const what of Object.keys(alike.at(-1)?.rates[device] ?? {})) {
      if (rates[what] === undefined) notes.push(`${device}, ${what}: no longer measured`);
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

/** Devices of the last benchmark that this one is without. */
function missingDevices({ devices }: Night, history: readonly Night[]): readonly string[] {
  const measured = (night: Pick<Night, 'devices'>) => Object.keys(night.devices);
  const before = history.findLast((one) => measured(one).length > 0);
  if (before === undefined || measured({ devices }).length === 0) return [];
  return measured(before)
    .filter((device) => devices[device] === undefined)
    .map(
      (device) => `${device}: not measured, where the night before had ${before.devices[device]}`,
    );
}

/** Why a rate is too slow beside those before, or null. Rates vary by factors, so their logarithms are compared. */
export function slowdown(rate: number, before: readonly number[]): string | null {
  if (before.length === 0) return null;
  const logs = before.map(Math.log);
  const middle = median(logs);
  // From night to night: a drift, which the nights' spread would hold, is not noise.
  const steps = logs.slice(1).map((one, i) => Math.abs(one - (logs[i] as number)));
  const deviation = steps.length > 0 ? NORMAL * median(steps) : 0;
  const unknown = before.length < ENOUGH ? UNKNOWN : 0;
  const noise = Math.max(unknown, DEVIATIONS * deviation);
  const least = middle + Math.min(Math.log(1 - LEAST), -noise);
  if (!(Math.log(rate) < least)) return null;
  const fall = 1 - rate / Math.exp(middle);
  const expected = 1 - Math.exp(least - middle);
  return `${percent(fall)} slower than the median of ${before.length} nights (${amount(rate)} for ${amount(Math.exp(middle))} model-steps/s; noise reaches ${percent(expected)})`;
}

const percent = (share: number) => `${(100 * share).toFixed(0)} %`;
const amount = (rate: number) => Number(rate.toPrecision(3)).toLocaleString('en-US');
