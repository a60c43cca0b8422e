import type { Verdict } from '@hyperlaw/report';
import {
  hashOf,
  isKey,
  type JournalFormat,
  type JournalOptions,
  openJournalOf,
  readJournalOf,
} from '@hyperlaw/sweep';
import { type Task, type TaskLaw, taskName } from '@hyperlaw/tasks';
import { type KnownTask, knownTask } from './load-tasks.ts';

/** With what, where and when something was measured. */
export type Origin = Pick<
  Verdict['provenance'],
  'commit' | 'dirty' | 'device' | 'versions' | 'startedAt'
>;

/** How a run ended. */
export interface RunEnd {
  /** Wall-clock seconds of what was measured in it. */
  readonly seconds: number;
  /** What was expected of it before it began; null where nobody asked. */
  readonly estimate: number | null;
  /** Trials and experiments that were made again at its end, and how many came to the same, to the bit. */
  readonly replays?: { readonly made: number; readonly same: number };
}

/** One run of a suite that measured something, as its results remember it. */
export interface RunRecord extends Origin {
  readonly profile: string;
  readonly workers: number;
  /** Null where it was stopped, or goes on. */
  readonly end: RunEnd | null;
  /** The tasks with data of their own that it had, by which results can be judged where that data is not. */
  readonly tasks?: readonly KnownTask[];
}

/** The runs behind a suite's results, in files of their own beside the trials: results that travel take them along. */
export interface RunLog {
  /** Says which tasks this run is about. */
  reads(tasks: readonly Task[]): void;
  /** Notes that this run measures something; said again it does nothing. */
  begin(): void;
  /** Notes how it ended, where it began. */
  end(end: RunEnd): void;
  /** Runs of the profile that measured something, this one included, in the order in which they started. */
  runs(): readonly RunRecord[];
  /** What the latest run of the profile knew of a task; null where it went without. */
  known(law: TaskLaw): KnownTask | null;
  close(): void;
}

interface Line extends RunRecord {
  /** SHA-256 of the rest. */
  readonly key: string;
}

const format: JournalFormat<Line, null> = {
  what: 'runs',
  parse: (value) => (isLine(value) ? value : null),
  held: () => null,
};

/** Every line of the log of a folder of results. */
export const readRuns = (options: JournalOptions): readonly RunRecord[] => [
  ...readJournalOf(format, options),
];

/** Opens the log of a folder of results for one run of a profile. */
export function openRunLog(own: Omit<RunRecord, 'end'>, options: JournalOptions): RunLog {
  const lines: RunRecord[] = [...readRuns(options)];
  const journal = openJournalOf(format, options);
  let begun = false;
  let tasks: readonly KnownTask[] = [];
  const note = (record: RunRecord) => {
    const key = hashOf(record);
    journal.append({ key, ...record });
    lines.push(record);
  };
  return {
    reads(all) {
      tasks = all.filter(({ data }) => data.length > 0).map(knownTask);
    },
    begin() {
      if (begun) return;
      begun = true;
      note({ ...own, end: null, tasks });
    },
    end(end) {
      if (begun) note({ ...own, end });
    },
    runs() {
      const latest = new Map<string, RunRecord>();
      for (const line of lines) {
        if (line.profile !== own.profile) continue;
        const name = `${line.startedAt} ${line.device.name}`;
        // A run that ended has two lines, in either order where files were brought together.
        if (!latest.get(name)?.end) latest.set(name, line);
      }
      return [...latest.values()].sort((a, b) => (a.startedAt < b.startedAt ? -1 : 1));
    },
    known(law) {
      const name = taskName(law);
      const ofProfile = lines.filter(({ profile, tasks: had }) => profile === own.profile && had);
      const latest = ofProfile.toSorted((a, b) => (a.startedAt < b.startedAt ? -1 : 1)).at(-1);
      return latest?.tasks?.find((one) => one.name === name) ?? null;
    },
    close: () => journal.close(),
  };
}

function isLine(value: unknown): value is Line {
  if (typeof value !== 'object' || value === null) return false;
  const line = value as Partial<Record<keyof Line, unknown>>;
  return (
    isKey(line.key) &&
    [line.profile, line.startedAt, line.commit].every((one) => typeof one === 'string') &&
    typeof line.device === 'object' &&
    line.device !== null &&
    typeof line.versions === 'object' &&
    typeof line.workers === 'number' &&
    typeof line.end === 'object'
  );
}
