import { readArguments } from '../arguments.ts';
import type { Context } from '../context.ts';
import { type House, houseAround, loadSuite, suiteNames } from '../house.ts';
import { readRuns } from '../run/run-log.ts';
import { runSuite } from '../run/run-suite.ts';
import { type Settings, settingsOf } from '../settings.ts';
import { errorLine } from '../start.ts';

/** `hyperlaw report [suite]`: judges and draws from the journal alone; without a name every suite that was run. */
export async function report(given: readonly string[], context: Context): Promise<number> {
  const accepted = { options: ['profile', 'data'], optional: 'suite' };
  const { options, words } = readArguments(given, accepted);
  const settings = settingsOf(options, context);
  const house = houseAround(context.cwd);
  const [name] = words;
  if (name === undefined) return every(house, settings, context);
  const suite = await loadSuite(house, name);
  return runSuite(suite, { house, settings, crew: null, context });
}

/** Draws one suite after the other: what is wrong with one keeps none of the others. */
async function every(house: House, settings: Settings, context: Context): Promise<number> {
  const { profile } = settings;
  const run = suiteNames(house).filter((name) =>
    readRuns({ folder: house.results(name) }).some((one) => one.profile === profile),
  );
  if (run.length === 0) context.write(`no results of a ${profile} run\n`);
  let code = 0;
  for (const name of run) {
    try {
      const suite = await loadSuite(house, name);
      code = Math.max(code, await runSuite(suite, { house, settings, crew: null, context }));
    } catch (error) {
      if (context.signal.aborted) throw error;
      context.complain(`${name}: ${errorLine(error)}\n`);
      code = 1;
    }
    context.write('\n');
  }
  return code;
}
