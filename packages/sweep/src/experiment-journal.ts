import type { Compute, Experiment, Measurement } from './experiment.ts';
import type { JournalFormat, JournalOptions, KeyedJournal } from './keyed-journal.ts';
import { isKey, memoryJournalOf, openJournalOf, readJournalOf } from './keyed-journal.ts';

/** One line of the journal: a finished experiment with its input and result. */
export interface ExperimentEntry extends Measurement, Pick<Experiment, 'kind' | 'name' | 'input'> {
  readonly key: string;
}

/** What has been measured by experiments, in files of its own beside those of the trials. */
export type ExperimentJournal = KeyedJournal<ExperimentEntry, Measurement>;

const format: JournalFormat<ExperimentEntry, Measurement> = {
  what: 'experiments',
  parse: (value) => (isExperimentEntry(value) ? value : null),
  held: ({ result, compute, seconds }) => ({ result, compute, seconds }),
};

/** The journal's entry of a measurement. */
export function experimentEntry(
  key: string,
  { kind, name, input }: Experiment,
  { result, seconds, compute }: Measurement,
): ExperimentEntry {
  return { key, kind, name, input, result, seconds, compute };
}

/** Streams the experiments of a folder, as `readJournal` does its trials. */
export const readExperiments = (options: JournalOptions) => readJournalOf(format, options);

/** Opens the experiments of a folder, as `openJournal` does its trials. */
export const openExperiments = (options: JournalOptions): ExperimentJournal =>
  openJournalOf(format, options);

/** A journal of experiments that keeps nothing beyond the process. */
export const memoryExperiments = (): ExperimentJournal => memoryJournalOf(format);

function isExperimentEntry(value: unknown): value is ExperimentEntry {
  if (!isObject(value)) return false;
  const { key, kind, name, input, result, seconds, compute } = value as Fields<ExperimentEntry>;
  if (!isObject(compute)) return false;
  const { trials, modelSteps, flops } = compute as Fields<Compute>;
  return (
    isKey(key) &&
    [kind, name].every((one) => typeof one === 'string') &&
    [input, result].every(isObject) &&
    [seconds, trials, modelSteps, flops].every((one) => typeof one === 'number')
  );
}

type Fields<T> = Partial<Record<keyof T, unknown>>;

function isObject(value: unknown): value is object {
  return typeof value === 'object' && value !== null;
}
