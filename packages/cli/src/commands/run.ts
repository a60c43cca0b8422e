import { readArguments } from '../arguments.ts';
import type { Context } from '../context.ts';
import { houseAround, loadSuite } from '../house.ts';
import { refuseInterrupted } from '../refuse-interrupted.ts';
import { hireCrew } from '../run/crew.ts';
import { estimateSuite } from '../run/estimate-suite.ts';
import { runSuite } from '../run/run-suite.ts';
import { settingOptions, settingsOf } from '../settings.ts';
import { refuse } from './refuse-option.ts';

/** `hyperlaw run <suite>`: measures what the journal lacks, judges, draws; or only says how long that would take. */
export async function run(given: readonly string[], context: Context): Promise<number> {
  const accepted = { options: settingOptions, flags: ['estimate'], words: ['suite'] };
  const { options, words } = readArguments(given, accepted);
  if (options.estimate) refuse(options, ['budget'], '--estimate');
  const settings = settingsOf(options, context);
  const house = houseAround(context.cwd);
  const suite = await loadSuite(house, words[0] as string);
  const crew = await hireCrew(settings, context, suite.experiments?.module).catch(
    async (error: unknown) => {
      await refuseInterrupted(context.signal);
      throw error;
    },
  );
  const make = options.estimate ? estimateSuite : runSuite;
  return make(suite, { house, settings, crew, context });
}
