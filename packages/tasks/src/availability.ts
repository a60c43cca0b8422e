import { type DatasetName, datasets, locate } from './datasets.ts';
import { type FetchOptions, fetchDataset } from './fetch-dataset.ts';
import type { TaskLaw } from './task-law.ts';
import { declarationFolder } from './typescript-declarations.ts';

/** Whether a task's data is there, or one line that says why it is not. */
export type Availability =
  | { readonly available: true }
  | { readonly available: false; readonly reason: string };

/** Tells at once, without the network, whether a law's data lies in the data folder. */
export function available(law: TaskLaw, { data }: { readonly data: string }): Availability {
  if (law.kind === 'finite') return available(law.of, { data });
  if (law.kind === 'typescript-bytes') {
    return declarationFolder() === null
      ? { available: false, reason: 'typescript-bytes: no declaration files installed' }
      : { available: true };
  }
  const dataset = datasetOf(law);
  return dataset === null || locate(datasets[dataset], data) !== null
    ? { available: true }
    : { available: false, reason: `${law.kind}: not in ${data}` };
}

/** The dataset that a law reads from the data folder, if any. */
export function datasetOf(law: TaskLaw): DatasetName | null {
  switch (law.kind) {
    case 'finite':
      return datasetOf(law.of);
    case 'mnist':
    case 'fashion-mnist':
    case 'cifar-10':
    case 'tiny-shakespeare':
      return law.kind;
    default:
      return null;
  }
}

/**
 * As `available`, but what is missing is downloaded first; where that fails, the reason is one line.
 * With `connectSeconds` of a few seconds a machine without a network is told so soon.
 */
export async function ensureAvailable(law: TaskLaw, options: FetchOptions): Promise<Availability> {
  const before = available(law, options);
  const dataset = datasetOf(law);
  if (before.available || dataset === null) return before;
  try {
    await fetchDataset(datasets[dataset], options);
    return available(law, options);
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    return { available: false, reason: `${before.reason}; ${reason}` };
  }
}
