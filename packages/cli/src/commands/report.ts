import { readArguments } from '../arguments.ts';
import type { Context } from '../context.ts';
import { houseAround, loadSuite } from '../house.ts';
import { runSuite } from '../run/run-suite.ts';
import { settingsOf } from '../settings.ts';

/** `hyperlaw report <suite>`: judges and draws from the journal alone. */
export async function report(given: readonly string[], context: Context): Promise<number> {
  const accepted = { options: ['profile', 'data'], words: ['suite'] };
  const { options, words } = readArguments(given, accepted);
  const settings = settingsOf(options, context);
  const house = houseAround(context.cwd);
  const suite = await loadSuite(house, words[0] as string);
  return runSuite(suite, { house, settings, crew: null, context });
}
