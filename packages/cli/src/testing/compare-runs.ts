import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

/** A verdict file without what may differ between runs of the same thing: when, for how long, and how much was made again. */
export function verdictOf(folder: string, suite: string): unknown {
  const path = join(folder, 'reports', suite, 'verdict.json');
  const { compute, provenance, ...rest } = JSON.parse(readFileSync(path, 'utf8'));
  return {
    ...rest,
    compute: { ...compute, seconds: 0 },
    provenance: { ...provenance, startedAt: '', replays: null },
  };
}

const MEASURED = /^(trials|experiments)-.*\.ndjson$/;

/** Keys of the trials that a suite's journal holds, twice where it holds one twice, and its lines that do not read. */
export function journalOf(folder: string, suite: string) {
  const results = join(folder, 'suites', suite, 'results');
  const keys: string[] = [];
  let unreadable = 0;
  for (const file of existsSync(results) ? readdirSync(results) : []) {
    if (!MEASURED.test(file)) continue;
    for (const line of readFileSync(join(results, file), 'utf8').split('\n')) {
      if (line === '') continue;
      try {
        keys.push((JSON.parse(line) as { key: string }).key);
      } catch {
        unreadable++;
      }
    }
  }
  return { keys: keys.sort(), unreadable };
}
