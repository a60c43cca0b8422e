import { readFileSync } from 'node:fs';
import type { Context } from './context.ts';
import { oneOf } from './usage-error.ts';

type Command = (words: readonly string[], context: Context) => Promise<number>;

const commands: Readonly<Record<string, () => Promise<Command>>> = {
  run: async () => (await import('./commands/run.ts')).run,
  report: async () => (await import('./commands/report.ts')).report,
  collect: async () => (await import('./commands/collect.ts')).collect,
  table: async () => (await import('./commands/table.ts')).table,
  serve: async () => (await import('./commands/serve.ts')).serve,
  list: async () => (await import('./commands/list.ts')).list,
  bench: async () => (await import('./commands/bench.ts')).bench,
  selftest: async () => (await import('./commands/selftest.ts')).selftest,
  doctor: async () => (await import('./commands/doctor.ts')).doctor,
  describe: async () => (await import('./commands/describe.ts')).describe,
};

const readVersion = (): string =>
  (
    JSON.parse(readFileSync(new URL('../package.json', import.meta.url), 'utf8')) as {
      version: string;
    }
  ).version;

/** Runs a command, loading only what it needs, and gives its exit code; throws what is wrong, one line each. */
export async function main(words: readonly string[], context: Context): Promise<number> {
  const [name = '', ...rest] = words;
  if (name === '--version') {
    context.write(`${readVersion()}\n`);
    return 0;
  }
  const command = commands[oneOf('command', name, Object.keys(commands))];
  return command === undefined ? 2 : (await command())(rest, context);
}
