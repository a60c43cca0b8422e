import { curvesTable, trialsTable } from '@hyperlaw/report/tables';
import { readJournal } from '@hyperlaw/sweep';
import { type TaskLaw, taskName } from '@hyperlaw/tasks';
import { readArguments } from '../arguments.ts';
import type { Context } from '../context.ts';
import { houseAround, suiteNames } from '../house.ts';
import { oneOf } from '../usage-error.ts';

/** `hyperlaw table <suite>`: every trial of its journal as CSV, of all profiles; with `--curves` every point of its curve. */
export async function table(given: readonly string[], context: Context): Promise<number> {
  const { options, words } = readArguments(given, {
    options: [],
    flags: ['curves'],
    words: ['suite'],
  });
  const house = houseAround(context.cwd);
  const name = oneOf('suite', words[0] as string, suiteNames(house));
  const trials = readJournal({
    folder: house.results(name),
    warn: (line) => context.complain(`${line}\n`),
  });
  const named = { taskName: (law: unknown) => taskName(law as TaskLaw) };
  const rows = options.curves ? curvesTable(trials) : trialsTable(trials, named);
  if (rows.numRows() === 0) {
    throw new Error(`no trials of ${name} (hyperlaw run ${name} trains them)`);
  }
  context.write(rows.toCSV());
  return 0;
}
