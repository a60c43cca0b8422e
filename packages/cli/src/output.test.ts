/** What becomes of a command that cannot say what it has to say. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { closeSync, openSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { addTinySuite, repository, temporaryHouse } from './testing/temporary-house.ts';

const bin = join(repository, 'packages/cli/bin/hyperlaw.mjs');
const env = { ...process.env, HYPERLAW_OFFLINE: '1' };

it.each([['list'], ['describe']])(
  'fails in one line where the output of %s goes to a full disk',
  async (command) => {
    const full = openSync('/dev/full', 'w');
    const child = spawn(process.execPath, [bin, command], {
      ...{ cwd: repository, env },
      stdio: ['ignore', full, 'pipe'],
    });
    closeSync(full);
    let stderr = '';
    child.stderr?.on('data', (chunk) => {
      stderr += chunk;
    });
    expect(await once(child, 'close')).toEqual([1, null]);
    expect(stderr).toMatch(/^ENOSPC: [^\n]*\n$/);
  },
);

it('fails where a file has room for a part of its output alone', async () => {
  const house = temporaryHouse();
  // Blocks of 512 bytes.
  const limited = `ulimit -f 1; exec "$0" "$1" list > "$2"`;
  const path = join(house.folder, 'listed.txt');
  const child = spawn('sh', ['-c', limited, process.execPath, bin, path], {
    ...{ cwd: repository, env },
    stdio: ['ignore', 'ignore', 'pipe'],
  });
  let stderr = '';
  child.stderr?.on('data', (chunk) => {
    stderr += chunk;
  });
  expect(await once(child, 'close')).toEqual([1, null]);
  expect(stderr).toMatch(/^EFBIG: [^\n]*\n$/);
  house.remove();
});

it.each([
  { command: ['list'], code: 0, said: /^$/ },
  {
    command: ['run', 'tiny', '--device', 'cpu', '--workers', '1'],
    code: 130,
    said: /^stopping [^\n]*\ninterrupted \(\d+ trials are in the journal\)\n$/,
  },
])('ends with $code where the reader of $command goes away', async ({ command, code, said }) => {
  const house = temporaryHouse();
  addTinySuite(house, { steps: 20_000 });
  const child = spawn(process.execPath, [bin, ...command], {
    ...{ cwd: house.folder, env },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let stderr = '';
  child.stderr.on('data', (chunk) => {
    stderr += chunk;
  });
  child.stdout.once('data', () => child.stdout.destroy());
  expect(await once(child, 'close')).toEqual([code, null]);
  expect(stderr).toMatch(said);
  house.remove();
});
