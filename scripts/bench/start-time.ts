import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { median } from './statistics.ts';

const root = fileURLToPath(new URL('../..', import.meta.url));

/** Seconds of a command that must succeed, in the middle of `times` runs; null where it does not. */
export function startTime(command: readonly string[], times = 5): number | null {
  const [program = '', ...args] = command;
  const seconds: number[] = [];
  for (let i = 0; i < times; i++) {
    const start = performance.now();
    const { status } = spawnSync(program, args, { cwd: root, stdio: 'ignore' });
    if (status !== 0) return null;
    seconds.push((performance.now() - start) / 1000);
  }
  return median(seconds);
}

/** Ways to call `hyperlaw --help`, as far as they are there. */
export function helpCommands(): readonly (readonly string[])[] {
  const bin = join('node_modules', '.bin', 'hyperlaw');
  return existsSync(join(root, bin))
    ? [
        ['npx', 'hyperlaw', '--help'],
        [bin, '--help'],
      ]
    : [];
}
