import { appendFileSync, existsSync, mkdirSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { answersOf, readVerdict } from '@hyperlaw/report';

/** What one night found and how fast it was: a line of the history. */
export interface Night {
  /** ISO 8601. */
  readonly date: string;
  readonly commit: string;
  /** Verdicts by suite and question: `wider/oq-3-4`. */
  readonly verdicts: Readonly<Record<string, string>>;
  /** Verdicts of claims, by suite and name: they move more easily, and are told without alarm. */
  readonly claims: Readonly<Record<string, string>>;
  /** Suites whose budget was spent before their protocol was done. */
  readonly unfinished?: readonly string[];
  /** Names of devices, by kind. Rates of other hardware are not compared. */
  readonly devices: Readonly<Record<string, string>>;
  /** Model-steps per second, by device and case. */
  readonly rates: Readonly<Record<string, Readonly<Record<string, number>>>>;
}

/** A row of the benchmark, as far as it is compared. */
export interface BenchRow {
  readonly device: string;
  readonly optimizer: string;
  readonly width: number;
  readonly lanes: number;
  readonly modelStepsPerSecond: number;
}

/** The benchmark's figures. */
export interface BenchFile {
  /** Names of devices by kind. */
  readonly devices: Readonly<Record<string, string>>;
  readonly rows: readonly BenchRow[];
}

/** Tonight, from the reports of a profile and the benchmark's file. */
export async function readNight({
  reports,
  profile,
  bench,
  ...when
}: {
  readonly reports: string;
  readonly profile: string;
  readonly bench: BenchFile | null;
  readonly unfinished?: readonly string[];
  readonly date: string;
  readonly commit: string;
}): Promise<Night> {
  const verdicts: Record<string, string> = {};
  const claims: Record<string, string> = {};
  const suites = existsSync(reports) ? readdirSync(reports).sort() : [];
  for (const suite of suites) {
    const path = join(reports, suite, 'verdict.json');
    if (!existsSync(path)) continue;
    const verdict = await readVerdict(path);
    if (verdict.profile !== profile) continue;
    for (const { question, verdict: word } of answersOf(verdict)) {
      verdicts[`${suite}/${question.id}`] = word;
    }
    for (const { name, task, verdict: word } of verdict.claims) {
      claims[`${suite}: ${name}${task ? ` (${task})` : ''}`] = word;
    }
  }
  return { ...when, verdicts, claims, devices: bench?.devices ?? {}, rates: ratesOf(bench) };
}

function ratesOf(bench: BenchFile | null): Night['rates'] {
  const rates: Record<string, Record<string, number>> = {};
  for (const { device, optimizer, width, lanes, modelStepsPerSecond } of bench?.rows ?? []) {
    const own = rates[device] ?? {};
    own[`${optimizer}, width ${width}, ${lanes} lanes`] = modelStepsPerSecond;
    rates[device] = own;
  }
  return rates;
}

/** The nights of a history file, the oldest first. Lines that are none are passed over, and counted. */
export function readHistory(path: string): {
  readonly nights: readonly Night[];
  readonly broken: number;
} {
  const lines = existsSync(path) ? readFileSync(path, 'utf8').split('\n').filter(Boolean) : [];
  const nights = lines.flatMap((line) => {
    try {
      return [JSON.parse(line) as Night];
    } catch {
      return [];
    }
  });
  return { nights, broken: lines.length - nights.length };
}

/** Adds a night to a history file, on a line of its own even after one that is torn. */
export function recordNight(path: string, night: Night): void {
  mkdirSync(dirname(path), { recursive: true });
  const torn = existsSync(path) && !/(^|\n)$/.test(readFileSync(path, 'utf8'));
  appendFileSync(path, `${torn ? '\n' : ''}${JSON.stringify(night)}\n`);
}
