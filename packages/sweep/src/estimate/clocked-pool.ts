import type { Pool } from '../pool.ts';
import type { Pack, TrialResult } from '../trial.ts';

/** What the packs of a clocked pool are said to take and to come to. */
export interface ClockedPoolOptions {
  readonly size: number;
  readonly secondsOf: (pack: Pack) => number;
  readonly resultsOf: (pack: Pack) => readonly TrialResult[];
}

/**
 * A pool that trains nothing: its packs end in the order in which they would, on a clock of its own, which moves on once
 * everything that comes of the last pack's results has been asked for. `now` is in seconds.
 */
export function clockedPool({ size, secondsOf, resultsOf }: ClockedPoolOptions): {
  readonly pool: Pool;
  readonly now: () => number;
} {
  const running: { readonly end: number; readonly finish: () => void }[] = [];
  let clock = 0;
  let ticking = false;

  const finishNext = () => {
    ticking = false;
    const next = running.reduce((first, one) => (one.end < first.end ? one : first));
    running.splice(running.indexOf(next), 1);
    clock = next.end;
    next.finish();
    if (running.length > 0) tick();
  };
  // A scheduler takes packs one turn of the event loop after it was asked for trials.
  const tick = () => {
    if (!ticking) setImmediate(() => setImmediate(finishNext));
    ticking = true;
  };

  return {
    now: () => clock,
    pool: {
      size,
      run: (pack) =>
        new Promise((resolve) => {
          const results = resultsOf(pack);
          running.push({
            end: clock + secondsOf(pack),
            finish: () => resolve({ kind: 'done', results }),
          });
          tick();
        }),
      measure: async () => ({ kind: 'failed', reason: 'this pool makes no experiments' }),
      close: async () => {},
    },
  };
}
