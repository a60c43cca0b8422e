import { join, resolve } from 'node:path';
import { readArguments } from '../arguments.ts';
import { bundleIn } from '../bundle.ts';
import type { Context } from '../context.ts';
import { houseAround, suiteNames } from '../house.ts';
import { collectResults, journalsIn } from '../run/collect-results.ts';
import { count } from '../run/count.ts';
import { shown, UsageError } from '../usage-error.ts';

/** `hyperlaw collect <folder>`: takes over the results that a bundle made elsewhere; done again it takes what is new. */
export async function collect(given: readonly string[], context: Context): Promise<number> {
  const { words } = readArguments(given, { options: [], words: ['folder'] });
  const folder = resolve(context.cwd, words[0] as string);
  const results = bundleIn(folder) ? join(folder, 'results') : folder;
  const house = houseAround(context.cwd);
  const known = suiteNames(house).filter((name) => journalsIn(join(results, name)).length > 0);
  if (known.length === 0) {
    throw new UsageError(
      `no results in: ${shown(results)} (a bundle, or its results folder, with a folder for each suite)`,
    );
  }
  for (const name of known) {
    const { files, lines } = collectResults(join(results, name), house.results(name));
    context.write(`${name}: ${count(lines, 'new line')} in ${count(files, 'file')}\n`);
  }
  context.write('hyperlaw report draws the pages (with the --profile that was run)\n');
  return 0;
}
