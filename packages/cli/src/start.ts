import { fstatSync, writeSync } from 'node:fs';
import { homedir } from 'node:os';
import { BudgetSpent } from './budget-spent.ts';
import { main } from './main.ts';
import { UsageError } from './usage-error.ts';

const INTERRUPTED = 130;

/** Seconds that an interrupted command has to end by itself. */
const GRACE = 15;

/** Commands that go on for minutes or hours. */
const LONG: readonly string[] = ['run', 'bench', 'selftest'];

const STOPPING = 'stopping after the call that is under way (again: at once)';
const CLEAR_LINE = '\r\u001b[2K';

/** The process around `main`: signals, errors as one line each, exit codes. */
export async function start(words: readonly string[]): Promise<void> {
  const { env, stdout, stderr } = process;
  const controller = new AbortController();
  let broken = false;
  const end = (code: number) => {
    if (broken) process.exit(code);
    // Once all is written; where it cannot be, the stream's error ends the process.
    stdout.write('', (error) => error ?? process.exit(code));
  };
  const interrupt = () => {
    if (controller.signal.aborted) endAtOnce();
    // At once, since a call of a device may take seconds; on a terminal in place of its live line.
    if (words[0] !== 'serve') stderr.write(`${stderr.isTTY ? CLEAR_LINE : ''}${STOPPING}\n`);
    controller.abort();
    setTimeout(endAtOnce, GRACE * 1000).unref();
  };
  process.on('SIGINT', interrupt);
  process.on('SIGTERM', interrupt);
  const fail = (error: unknown) => {
    stderr.write(`${errorLine(error)}\n`);
    if (env.HYPERLAW_DEBUG === '1') console.error(error);
    end(controller.signal.aborted ? INTERRUPTED : codeOf(error));
  };
  process.on('uncaughtException', fail);
  stdout.on('error', (error: NodeJS.ErrnoException) => {
    broken = true;
    if (error.code !== 'EPIPE') fail(error);
    // A reader that goes away (`hyperlaw list | head -1`) is no fault of ours, but what it had of a run is no whole one.
    else if (!LONG.includes(words[0] ?? '')) process.exit(0);
    else if (!controller.signal.aborted) interrupt();
  });
  try {
    const code = await main(words, {
      env,
      cwd: process.cwd(),
      home: homedir(),
      write: fstatSync(1).isFile() ? writeWhole : (text) => void stdout.write(text),
      complain: (text) => void stderr.write(text),
      live: stdout.isTTY === true,
      // 0 on terminals that do not say.
      columns: () => stdout.columns || 80,
      now: () => performance.now() / 1000,
      date: () => new Date(),
      signal: controller.signal,
    });
    end(code);
  } catch (error) {
    fail(error);
  }
}

/** Writes to a file all of a text or throws: Node's own stream takes what a full disk has room for as the whole. */
function writeWhole(text: string): void {
  for (let rest = Buffer.from(text); rest.length > 0; ) rest = rest.subarray(writeSync(1, rest));
}

const codeOf = (error: unknown): number =>
  error instanceof UsageError ? 2 : error instanceof BudgetSpent ? 3 : 1;

/**
 * Ends the process where it stands, as an interrupt ends one that does not listen (130, as a shell has it). Journals are
 * written line by line, so nothing is lost but what is under way. An orderly exit would tear down what a worker is still
 * computing with inside ONNX Runtime, and end in a crash.
 */
function endAtOnce(): void {
  writeSync(2, 'interrupted, in the middle of a call of the device\n');
  process.removeAllListeners('SIGINT');
  process.kill(process.pid, 'SIGINT');
}

/** What went wrong, on one line. */
export function errorLine(error: unknown): string {
  const message = error instanceof Error ? error.message || error.name : String(error);
  return message
    .replace(/:\s*\n\s*/g, ': ')
    .replace(/\s*\n\s*/g, '; ')
    .replace(/\p{Cc}+/gu, ' ');
}
