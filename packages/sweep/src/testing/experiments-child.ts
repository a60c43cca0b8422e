import { writeSync } from 'node:fs';
import type { ExperimentEntry } from '../experiment-journal.ts';
import { openExperiments } from '../experiment-journal.ts';
import { runExperiments } from '../run-experiments.ts';
import { workerPool } from '../worker-pool.ts';
import { someExperiments } from './made-up-experiments.ts';

/** Makes some experiments in a process of its own and tells each once it is in the journal. */
const [folder = '', milliseconds = ''] = process.argv.slice(2);
const inner = openExperiments({ folder });
const pool = workerPool({
  size: 2,
  runner: {
    module: new URL('./made-up-experiments.ts', import.meta.url).href,
    factory: 'createExperimentRunner',
    options: { milliseconds: Number(milliseconds) },
  },
});
const journal = {
  ...inner,
  append: (entry: ExperimentEntry) => {
    inner.append(entry);
    writeSync(1, `${entry.key}\n`);
  },
};
await runExperiments({
  experiments: someExperiments,
  journal,
  pool,
  semantics: 'test',
  now: () => 0,
});
await pool.close();
