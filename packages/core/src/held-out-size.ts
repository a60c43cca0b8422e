import type { Task } from '@hyperlaw/tasks';
import type { Reading } from './model.ts';

/** Held-out predictions that a trial's loss is the mean over, unless its task wants more. */
export const HELD_OUT_PREDICTIONS = 4096;
/** Examples at a time. */
const BATCH = 256;

/** Of texts read as tokens: the fewest windows, since predictions of one window go together, and tokens at a time. */
const WINDOWS = 256;
const TOKENS = 1024;

/** Held-out examples at a time, and how many times. */
export function heldOutSize(
  reads: Reading,
  { heldOutPredictions: predictions = HELD_OUT_PREDICTIONS }: Pick<Task, 'heldOutPredictions'> = {},
): { readonly batch: number; readonly batches: number } {
  switch (reads.kind) {
    case 'vectors':
      return { batch: BATCH, batches: Math.ceil(predictions / BATCH) };
    case 'tokens': {
      const each = reads.targets === 'every' ? reads.context : 1;
      const batch = Math.max(1, Math.floor(TOKENS / reads.context));
      return { batch, batches: Math.ceil(Math.max(WINDOWS, predictions / each) / batch) };
    }
  }
}
