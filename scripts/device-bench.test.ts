import { chmodSync, existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { deviceBench } from './device-bench.ts';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'hyperlaw-device-bench-'));
});
afterEach(() => rmSync(folder, { recursive: true }));

const least = ['--quick', '--no-peers', '--widths', '32', '--seconds', '0.01'];

it.each(['cuda,cpu', 'cpu,cuda'])(
  'keeps what it measures where a device that is named does not start: %s',
  async (devices) => {
    const json = join(folder, 'bench.json');
    const said: string[] = [];
    const notes: string[] = [];
    const code = await deviceBench(
      ['--devices', devices, ...least, '--lanes', '1', '--json', json],
      {
        // CUDA has no GPU, on whatever machine.
        env: { ...process.env, CUDA_VISIBLE_DEVICES: '-1' },
        say: (line) => said.push(line),
        note: (line) => notes.push(line),
        now: () => performance.now() / 1000,
        signal: new AbortController().signal,
      },
    );
    expect(code).toBe(1);
    expect(notes[0]).toMatch(/^without cuda: cuda cannot start: /);
    expect(said.some((line) => /^sgd +32 /.test(line))).toBe(true);
    const { devices: names, rows } = JSON.parse(readFileSync(json, 'utf8'));
    expect(Object.keys(names)).toEqual(['cpu']);
    expect(rows).toMatchObject([{ device: 'cpu', width: 32, lanes: 1 }]);
  },
);

it('keeps what it has measured where it is interrupted', async () => {
  const json = join(folder, 'bench.json');
  const interrupt = new AbortController();
  const bench = deviceBench(['--devices', 'cpu', ...least, '--lanes', '1,2', '--json', json], {
    env: process.env,
    say: (line) => {
      if (/^sgd +32 +1 /.test(line)) interrupt.abort();
    },
    note: () => {},
    now: () => performance.now() / 1000,
    signal: interrupt.signal,
  });
  await expect(bench).rejects.toThrow('interrupted');
  const { rows } = JSON.parse(readFileSync(json, 'utf8'));
  expect(rows).toMatchObject([{ device: 'cpu', width: 32, lanes: 1 }]);
});

it.skipIf(process.platform === 'win32')(
  'keeps what it has measured, and leaves no peer behind, where it is interrupted among peers',
  async () => {
    const python = join(folder, 'python');
    const started = join(folder, 'pid');
    writeFileSync(python, `#!/bin/sh\necho $$ > ${started}\nexec sleep 600\n`);
    chmodSync(python, 0o755);
    const json = join(folder, 'bench.json');
    const interrupt = new AbortController();
    const waiting = setInterval(() => existsSync(started) && interrupt.abort(), 50);
    const bench = deviceBench(
      [
        ...['--devices', 'cpu', '--quick', '--widths', '32', '--seconds', '0.01'],
        ...['--lanes', '1', '--json', json],
      ],
      {
        env: { ...process.env, HYPERLAW_PEERS_PYTHON: python },
        say: () => {},
        note: () => {},
        now: () => performance.now() / 1000,
        signal: interrupt.signal,
      },
    );
    await expect(bench).rejects.toThrow('interrupted');
    clearInterval(waiting);
    const { rows } = JSON.parse(readFileSync(json, 'utf8'));
    expect(rows.length).toBeGreaterThan(0);
    const pid = Number(readFileSync(started, 'utf8'));
    // It was told to end before the benchmark gave up waiting for it.
    await expect.poll(() => isAlive(pid), { timeout: 5000 }).toBe(false);
  },
);

function isAlive(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch {
    return false;
  }
}
