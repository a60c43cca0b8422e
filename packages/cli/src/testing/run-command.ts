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

/** Milliseconds between two looks at whether the time has come. */
const LOOK = 10;

/** Runs the real `hyperlaw` in a process of its own, and sends it a signal when and after it is told to. */
export async function runCommand(
  words: readonly string[],
  {
    cwd,
    env = {},
    signal = 'SIGKILL',
    when,
    after = 0,
  }: {
    readonly cwd: string;
    readonly env?: Readonly<Record<string, string>>;
    readonly signal?: NodeJS.Signals;
    /** Asked again and again, with the standard output so far; without it no signal is sent. */
    readonly when?: (stdout: string) => boolean;
    /** Seconds from then until the signal. */
    readonly after?: number;
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
  });
  let countdown: NodeJS.Timeout | undefined;
  const looking = setInterval(() => {
    if (!when?.(said.stdout)) return;
    clearInterval(looking);
    countdown = setTimeout(() => child.kill(signal), after * 1000);
  }, LOOK);
  const code = await new Promise<number | null>((resolve, reject) => {
    child.on('error', reject);
    child.on('close', resolve);
  });
  clearInterval(looking);
  clearTimeout(countdown);
  return { code, ...said };
}
