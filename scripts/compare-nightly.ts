/**
 * `npx tsx scripts/compare-nightly.ts`: holds tonight's verdicts and speeds against the history. One line for each change;
 * exit code 1 where a verdict is another than before, or a rate has fallen below its noise.
 */
import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { pathToFileURL } from 'node:url';
import { parseArgs } from 'node:util';
import { compareNight } from './compare-nightly/compare.ts';
import { type BenchFile, readHistory, readNight, recordNight } from './compare-nightly/night.ts';

const usage = `npx tsx scripts/compare-nightly.ts --history <file> [options]

  --history <file>   nights before, one JSON object a line; need not exist
  --reports reports  verdicts of tonight
  --profile full     verdicts of other profiles are passed over
  --bench <file>     figures of hyperlaw bench --json
  --unfinished a,b   suites that go on the next night: no verdict of theirs is missing
  --record           add tonight to the history, whatever it says`;

async function compareNightly(words: readonly string[]): Promise<number> {
  try {
    const { values } = parseArgs({
      args: [...words],
      options: {
        history: { type: 'string' },
        reports: { type: 'string', default: 'reports' },
        profile: { type: 'string', default: 'full' },
        bench: { type: 'string' },
        unfinished: { type: 'string', default: '' },
        record: { type: 'boolean', default: false },
      },
    });
    const { history: path, reports, profile, bench, record, unfinished } = values;
    if (path === undefined) {
      console.error(usage);
      return 2;
    }
    const figures = bench ? (JSON.parse(readFileSync(bench, 'utf8')) as BenchFile) : null;
    const night = await readNight({
      ...{ reports, profile, bench: figures },
      unfinished: unfinished.split(',').filter(Boolean),
      date: new Date().toISOString(),
      commit: execFileSync('git', ['rev-parse', 'HEAD'], { encoding: 'utf8' }).trim(),
    });
    const { nights: history, broken } = readHistory(path);
    if (broken > 0) console.log(`note: ${broken} broken lines of ${path} passed over`);
    const { faults, notes } = compareNight(night, history);
    for (const note of notes) console.log(`note: ${note}`);
    for (const fault of faults) console.error(`changed: ${fault}`);
    const count = Object.keys(night.verdicts).length;
    console.log(`${count} verdicts, ${history.length} nights before, ${faults.length} to look at`);
    if (record) recordNight(path, night);
    return faults.length === 0 ? 0 : 1;
  } catch (error) {
    console.error((error as Error).message);
    return 2;
  }
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) {
  process.exitCode = await compareNightly(process.argv.slice(2));
}
