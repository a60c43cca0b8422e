import { relative } from 'node:path';
import { serveReports, writeAssets, writeIndex } from '@hyperlaw/report';
import { readArguments } from '../arguments.ts';
import type { Context } from '../context.ts';
import { houseAround } from '../house.ts';
import { integer } from '../usage-error.ts';

/** `hyperlaw serve`: the reports on loopback, until interrupted. */
export async function serve(given: readonly string[], context: Context): Promise<number> {
  const { options } = readArguments(given, { options: ['port'] });
  const port = integer('port', options.port ?? '4173', 0, 65535);
  const { reports } = houseAround(context.cwd);
  const server = await serveReports(reports, { port });
  // Reports from a cache or from git come without what all pages share. What cannot be written is served as it is.
  await writeAssets(reports).catch(() => {});
  await writeIndex(reports).catch(() => {});
  const { signal, write, cwd } = context;
  write(`${relative(cwd, reports) || '.'} at ${server.url} (Ctrl-C ends)\n`);
  await new Promise<void>((resolve) => {
    if (signal.aborted) resolve();
    signal.addEventListener('abort', () => resolve());
  });
  await server.close();
  return 0;
}
