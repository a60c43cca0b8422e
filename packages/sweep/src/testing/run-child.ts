import { spawn } from 'node:child_process';

/** When to kill a child: some milliseconds after its start, or after it first said something. */
export interface Kill {
  readonly after: 'start' | 'word';
  readonly milliseconds: number;
}

/** How a child ended, and the lines that it said in full. */
export interface ChildEnd {
  readonly code: number | null;
  readonly signal: string | null;
  readonly told: readonly string[];
}

/** Runs a TypeScript file in a process of its own and kills it when told to. */
export async function runChild(
  file: string,
  words: readonly string[],
  kill: Kill | null,
): Promise<ChildEnd> {
  const child = spawn(process.execPath, ['--import', 'tsx', file, ...words], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const reached = (event: Kill['after']) => {
    if (kill?.after === event) setTimeout(() => child.kill('SIGKILL'), kill.milliseconds);
  };
  let told = '';
  reached('start');
  child.stdout.on('data', (data: Buffer) => {
    if (told === '') reached('word');
    told += data;
  });
  return new Promise((resolve) =>
    child.on('close', (code, signal) =>
      resolve({ code, signal, told: told.split('\n').slice(0, -1) }),
    ),
  );
}
