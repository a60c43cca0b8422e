import { available, datasets, type TaskLaw } from '@hyperlaw/tasks';
import { readArguments } from '../arguments.ts';
import type { Context } from '../context.ts';
import { memoryBytes } from '../run/memory.ts';
import { processorName } from '../run/provenance.ts';
import { settingsOf, workersFor } from '../settings.ts';

/** `hyperlaw doctor`: what is there to train with and on, and what to do about the rest. */
export async function doctor(given: readonly string[], context: Context): Promise<number> {
  const { options } = readArguments(given, { options: ['data'] });
  const { data } = settingsOf(options, context);
  const say = (line: string) => context.write(`${line}\n`);
  say(`node ${process.versions.node} on ${process.platform} ${process.arch}`);
  say(`processor ${processorName()}; ${workersFor('cpu')} workers by default on cpu`);
  say(`memory ${(memoryBytes() / 2 ** 30).toFixed(1)} GiB`);
  say(`data in ${data}`);
  for (const name of ['typescript-bytes', ...Object.keys(datasets)]) {
    // Where a task's data lies depends on its kind alone.
    const there = available({ kind: name } as TaskLaw, { data });
    say(
      `  ${there.available ? `${name}: there` : `${there.reason} (downloaded when a suite asks for it)`}`,
    );
  }
  return 0;
}
