import type { Pack, PackRunner, TrialResult } from './trial.ts';

/** How one attempt at a pack ended. */
export type PackOutcome =
  | { readonly kind: 'done'; readonly results: readonly TrialResult[] }
  | { readonly kind: 'failed'; readonly reason: string };

/** Runs packs, at most `size` at once. */
export interface Pool {
  readonly size: number;
  /**
   * Makes one attempt at a pack; `onProgress` is told the model-steps done so far in it. Rejects only where
   * the pool itself cannot go on.
   */
  run(pack: Pack, onProgress: (modelSteps: number) => void): Promise<PackOutcome>;
  close(): Promise<void>;
}

/** Runs packs in this thread, one at a time: for devices that are parallel themselves, and for tests. */
export function inlinePool(runner: PackRunner): Pool {
  return {
    size: 1,
    async run(pack, onProgress) {
      try {
        return { kind: 'done', results: await runner(pack, { onProgress }) };
      } catch (error) {
        return { kind: 'failed', reason: messageOf(error) };
      }
    },
    close: async () => {},
  };
}

/** The message of whatever was thrown. */
export function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
