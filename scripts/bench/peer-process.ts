import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { createInterface } from 'node:readline';
import type { Hardware } from '@hyperlaw/engine';
import type { Answers, Request } from './protocol.ts';

/** A peer: a process of its own, alive for the whole benchmark so that rounds can interleave. */
export interface Peer {
  /** Itself and its version: `torch 2.15.0`. */
  readonly name: string;
  /** Sends a request and waits for its answer. Throws what the peer answers as an error, or where it has ended. */
  ask<R extends Request>(request: R): Promise<Answers[R['do']]>;
  close(): Promise<void>;
}

/** One thread, in the words of every library that a peer may load. */
const ONE_THREAD = {
  OMP_NUM_THREADS: '1',
  MKL_NUM_THREADS: '1',
  OPENBLAS_NUM_THREADS: '1',
  VECLIB_MAXIMUM_THREADS: '1',
  XLA_FLAGS: '--xla_cpu_multi_thread_eigen=false intra_op_parallelism_threads=1',
};

/** How long a peer may take to load its libraries. */
const START_SECONDS = 120;

/** The command sets glibc's allocator up for itself; with its numbers, torch and JAX lose a fifth of their speed. */
const OWN_ALLOCATOR = {
  MALLOC_ARENA_MAX: undefined,
  MALLOC_MMAP_THRESHOLD_: undefined,
  MALLOC_TRIM_THRESHOLD_: undefined,
};

export interface PeerOptions {
  readonly command: string;
  readonly args: readonly string[];
  /** On the processor, where the system has `taskset`, the process is pinned to one core. */
  readonly hardware: Hardware;
  /** Whether it is another's program rather than hyperlaw itself. */
  readonly foreign: boolean;
  readonly environment: NodeJS.ProcessEnv;
  /** Kills the process where it is aborted. */
  readonly signal?: AbortSignal;
}

/** The environment that a peer gets: one thread, its own defaults, and the hardware that it computes on. */
export function peerEnvironment({
  environment,
  hardware,
  foreign,
}: Omit<PeerOptions, 'command' | 'args' | 'signal'>): NodeJS.ProcessEnv {
  return {
    ...environment,
    ...ONE_THREAD,
    // Which precision its products have is a peer's own word, not that of the variable that overrules it.
    NVIDIA_TF32_OVERRIDE: undefined,
    ...(foreign ? OWN_ALLOCATOR : {}),
    PEER_DEVICE: hardware === 'processor' ? 'cpu' : 'gpu',
    ...(hardware === 'processor' ? { JAX_PLATFORMS: 'cpu' } : {}),
  };
}

/** Starts a peer and waits until it says its name. Throws where it does not. */
export async function startPeer({ command, args, ...options }: PeerOptions): Promise<Peer> {
  const pinned = options.hardware === 'processor' ? pinning() : [];
  const [program = command, ...rest] = [...pinned, command, ...args];
  const child = spawn(program, rest, {
    stdio: ['pipe', 'pipe', 'pipe'],
    env: peerEnvironment(options),
    ...(options.signal && { signal: options.signal }),
  });
  const lines = conversation(child);
  const timer = setTimeout(() => child.kill(), START_SECONDS * 1000);
  try {
    const { name } = (await lines.next()) as { name: string };
    return {
      name,
      async ask(request) {
        child.stdin?.write(`${JSON.stringify(request)}\n`);
        const answer = (await lines.next()) as { error?: string };
        if (answer.error !== undefined) throw new Error(`${name}: ${firstLine(answer.error)}`);
        return answer as never;
      },
      async close() {
        child.stdin?.end();
        await lines.ended;
      },
    };
  } finally {
    clearTimeout(timer);
  }
}

/** Libraries fail at length. */
const firstLine = (text: string) => (text.trim().split('\n')[0] ?? '').slice(0, 200);

/** The answers of a process, in order; rejects with the last line of its errors where it ends instead. */
function conversation(child: ChildProcess) {
  const waiting: { resolve(value: unknown): void; reject(reason: Error): void }[] = [];
  const arrived: unknown[] = [];
  let errors = '';
  let failure: Error | null = null;
  child.stderr?.on('data', (chunk) => {
    errors = (errors + chunk).slice(-4000);
  });
  child.stdin?.on('error', () => {});
  if (child.stdout) {
    createInterface({ input: child.stdout }).on('line', (line) => {
      const answer: unknown = JSON.parse(line);
      const next = waiting.shift();
      if (next) next.resolve(answer);
      else arrived.push(answer);
    });
  }
  const ended = new Promise<void>((resolve) => {
    const end = (reason: string) => {
      failure ??= new Error(reason);
      for (const { reject } of waiting.splice(0)) reject(failure);
      resolve();
    };
    child.on('error', (error) => end(error.message));
    child.on('close', (code, signal) =>
      end(errors.trim().split('\n').at(-1) || `ended with ${signal ?? `code ${code}`}`),
    );
  });
  return {
    ended,
    next: () =>
      new Promise<unknown>((resolve, reject) => {
        const answer = arrived.shift();
        if (answer !== undefined) resolve(answer);
        else if (failure) reject(failure);
        else waiting.push({ resolve, reject });
      }),
  };
}

/** The command that pins a process to the last core that this one may use; none where there is no `taskset`. */
function pinning(): readonly string[] {
  if (spawnSync('taskset', ['--version']).status !== 0) return [];
  const allowed = /^Cpus_allowed_list:\s*(\S+)$/m.exec(readFileSync('/proc/self/status', 'utf8'));
  const last = allowed?.[1]?.split(/[,-]/).at(-1);
  return last === undefined ? [] : ['taskset', '--cpu-list', last];
}
