/** ONNX Runtime takes the process with it where a thread is torn down in the middle of a call, as an orderly exit would do. */
import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { expect, it } from 'vitest';
import { webgpuStarts } from '../../engine/src/testing/vulkan.ts';
import { addTinySuite, repository, temporaryHouse } from './testing/temporary-house.ts';

const vulkan = await webgpuStarts();

it.runIf(vulkan).each(['SIGINT', 'SIGTERM'] as const)(
  'a second %s ends a run at once in the middle of a call on a GPU, with one line for each and no crash',
  async (signal) => {
    const house = temporaryHouse();
    // Calls of a hundred steps that take a software driver longer than the grace that they are given.
    addTinySuite(house, { width: 1024, steps: 50_000 });
    const bin = join(repository, 'packages/cli/bin/hyperlaw.mjs');
    const child = spawn(process.execPath, [bin, 'run', 'tiny', '--device', 'webgpu'], {
      cwd: house.folder,
      env: { ...process.env, HYPERLAW_OFFLINE: '1' },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    let stderr = '';
    child.stderr.on('data', (chunk) => {
      stderr += chunk;
    });
    const planned = new Promise<void>((resolve) => {
      child.stdout.on('data', (chunk) => String(chunk).includes('plan: ') && resolve());
    });
    const ended = new Promise<unknown>((resolve) => {
      child.on('close', (code, by) => resolve(by ?? code));
    });
    await planned;
    await pause(4000);
    child.kill(signal);
    await pause(300);
    child.kill(signal);
    // What a shell calls 130.
    expect(await ended).toBe('SIGINT');
    expect(stderr).toBe(
      'stopping after the call that is under way (again: at once)\n' +
        'interrupted, in the middle of a call of the device\n',
    );
    house.remove();
  },
);
