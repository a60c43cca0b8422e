import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { repository } from './temporary-house.ts';

/** How a command ended. */
export interface Ended {
  /** Null where a signal ended it. */
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** Runs the real `hyperlaw` in a process of its own, and sends it a signal after some time or output. */
export async function runCommand(
  words: readonly string[],
  {
    cwd,
    env = {},
    signal = 'SIGKILL',
    after,
    onceSaid,
  }: {
    readonly cwd: string;
    readonly env?: Readonly<Record<string, string>>;
    readonly signal?: NodeJS.Signals;
    /** Seconds until the signal. */
    readonly after?: number;
    /** Sends the signal when standard output holds this. */
    readonly onceSaid?: string;
  },
): Promise<Ended> {
  const bin = join(repository, 'packages/cli/bin/hyperlaw.mjs');
  const child = spawn(process.execPath, [bin, ...words], {
    cwd,
    env: { PATH: process.env.PATH, HOME: process.env.HOME, HYPERLAW_OFFLINE: '1', ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const said = { stdout: '', stderr: '' };
  child.stderr.on('data', (chunk) => {
    said.stderr += chunk;
  });
  child.stdout.on('data', (chunk) => {
    said.stdout += chunk;
    if (onceSaid !== undefined && said.stdout.includes(onceSaid)) child.kill(signal);
  });
  const timer =
    after === undefined ? undefined : setTimeout(() => child.kill(signal), after * 1000);
  const code = await new Promise<number | null>((resolve, reject) => {
    child.on('error', reject);
    child.on('close', resolve);
  });
  clearTimeout(timer);
  return { code, ...said };
}
