/** Programs refuse bad usage as the command does: exit code 2 and one line, before they start anything. */
import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { expect, it } from 'vitest';

const root = fileURLToPath(new URL('..', import.meta.url));

it.each([
  ['scripts/bench.ts', ['--rounds', 'x'], 'unknown number of rounds: x (a positive integer)'],
  [
    'scripts/bench.ts',
    ['--frobnicate', '1'],
    'unknown option: --frobnicate (--models, --widths, --optimizers, --rounds, --device, --lanes, --json, --quick)',
  ],
  ['scripts/bundle.ts', ['--outt', 'dist'], 'unknown option: --outt (--out, --data)'],
  ['scripts/bundle.ts', ['--out'], 'missing value: --out (one after it)'],
  ['scripts/kill-test.ts', ['--kills', 'abc'], 'unknown number of kills: abc (a positive integer)'],
  [
    'packages/cli/bin/hyperlaw.mjs',
    ['bench', '--device', 'cpu'],
    'unknown option: --device (--devices, --widths, --lanes, --optimizers, --seconds, --json, --no-peers, --quick)',
  ],
  [
    'packages/cli/bin/hyperlaw.mjs',
    ['bench', '--lanes', '1,x'],
    'unknown number of lanes: x (a positive integer)',
  ],
])('%s %j', (program, words, line) => {
  const node = ['--import', 'tsx', program, ...words];
  const { status, stdout, stderr } = spawnSync(process.execPath, node, {
    cwd: root,
    encoding: 'utf8',
  });
  expect({ status, stdout, stderr }).toEqual({ status: 2, stdout: '', stderr: `${line}\n` });
});
