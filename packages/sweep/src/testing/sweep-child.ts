import { writeSync } from 'node:fs';
import { openJournal } from '../journal.ts';
import { runSweep } from '../sweep.ts';
import { workerPool } from '../worker-pool.ts';
import { smallSweep } from './small-sweep.ts';

/** Runs the small sweep in a process of its own and tells each trial once it is in the journal. */
const [folder = '', milliseconds = ''] = process.argv.slice(2);
const inner = openJournal({ folder });
const pool = workerPool({
  size: 2,
  runner: {
    module: new URL('./runners.ts', import.meta.url).href,
    factory: 'createSlowRunner',
    options: { milliseconds: Number(milliseconds) },
  },
});
const journal = {
  ...inner,
  append: (entry: Parameters<typeof inner.append>[0]) => {
    inner.append(entry);
    writeSync(1, `${entry.key}\n`);
  },
};
await runSweep({ ...smallSweep, journal, pool });
await pool.close();
