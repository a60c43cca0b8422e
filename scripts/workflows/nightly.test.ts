/** The nights' work on a suite is kept until its protocol is done, whatever ends a night. */
import { spawnSync } from 'node:child_process';
import {
  chmodSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { runBlocks } from './run-blocks.ts';

const workflow = new URL('../../.github/workflows/nightly.yml', import.meta.url);
const [run = '', keep = ''] = runBlocks(readFileSync(fileURLToPath(workflow), 'utf8')).filter(
  (block) => block.includes('hyperlaw-unfinished'),
);

/** In place of `npx --no hyperlaw run NAME …`: adds a file to the results and ends as the night's file of the suite says. */
const COMMAND = `#!/bin/bash
touch "suites/$4/results/$NIGHT"
eval "$(cat "suites/$4/ends")"
`;

let folder: string;
let kept: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'hyperlaw-nightly-'));
  kept = join(folder, 'cache/hyperlaw-unfinished');
  mkdirSync(join(folder, 'bin'));
  writeFileSync(join(folder, 'bin/npx'), COMMAND);
  chmodSync(join(folder, 'bin/npx'), 0o755);
});
afterEach(() => rmSync(folder, { recursive: true }));

/** A night in a fresh checkout, in which each suite ends by some shell command; its exit code, null where it was killed. */
function night(name: string, suites: Readonly<Record<string, string>>): number | null {
  rmSync(join(folder, 'suites'), { recursive: true, force: true });
  for (const [suite, ends] of Object.entries(suites)) {
    mkdirSync(join(folder, 'suites', suite), { recursive: true });
    writeFileSync(join(folder, 'suites', suite, 'ends'), ends);
  }
  const env = {
    PATH: `${join(folder, 'bin')}:${process.env.PATH}`,
    RUNNER_TOOL_CACHE: join(folder, 'cache'),
    GITHUB_OUTPUT: join(folder, 'output'),
    NIGHT: name,
  };
  const bash = (input: string) =>
    // As GitHub starts it where a workflow names bash.
    spawnSync('bash', ['--noprofile', '--norc', '-eo', 'pipefail', '-c', input], {
      cwd: folder,
      env,
    }).status;
  const code = bash(run);
  expect(bash(keep)).toBe(0);
  return code;
}

const CANCELLED = 'kill -9 $PPID';

describe.skipIf(process.platform === 'win32')('nightly', () => {
  it.each([
    ['a budget that is spent', 'exit 3', 0],
    ['a fault', 'exit 1', 1],
    ['cancelling', CANCELLED, null],
  ])('goes on the next night after %s, and ends what is done', (_, ends, code) => {
    expect(night('first', { one: ends })).toBe(code);
    expect(readdirSync(join(kept, 'one'))).toEqual(['first']);
    expect(night('second', { one: ends })).toBe(code);
    expect(readdirSync(join(kept, 'one')).sort()).toEqual(['first', 'second']);
    expect(night('third', { one: 'exit 0' })).toBe(0);
    expect(readdirSync(join(folder, 'suites/one/results')).sort()).toEqual([
      'first',
      'second',
      'third',
    ]);
    expect(existsSync(join(kept, 'one'))).toBe(false);
  });

  it('keeps what it had of a suite that a night does not come to', () => {
    night('first', { one: 'exit 0', two: 'exit 3' });
    night('second', { one: CANCELLED, two: 'exit 0' });
    expect(readdirSync(join(kept, 'two'))).toEqual(['first']);
    expect(readdirSync(join(kept, 'one'))).toEqual(['second']);
  });
});
