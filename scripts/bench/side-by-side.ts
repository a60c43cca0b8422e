import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { DeviceKind, Hardware } from '@hyperlaw/engine';
import { chosenLanes, contestantsOf, type Field, type Peers } from './contestants.ts';
import { type BenchTasks, benchModels, type Case } from './models.ts';
import type { BenchOptions } from './options.ts';
import type { Peer } from './peer-process.ts';
import { NO_PYTHON, peersPython, startHyperlaw, startPythonPeer } from './peers.ts';
import { writeProblem } from './problem.ts';
import { type ContestantName, type RaceResult, race } from './race.ts';

/** Batches that are held in memory: none is seen twice within a call. */
const BATCHES = 1000;

/**
 * The same training in hyperlaw, torch and JAX, case by case; `onResult` is told each as it is done, `onNote` in a
 * line what is missing. Where the signal is aborted the peers are killed, and it throws.
 */
export async function sideBySide(
  options: Omit<BenchOptions, 'lanes'> & {
    /** Of hyperlaw's program, for each case; null: as many as a sweep would choose. */
    readonly lanes: number | null | ((law: Case) => number);
    readonly field: Field;
    /** What the device computes on, and therefore the peers. */
    readonly hardware: Hardware;
    readonly tasks: BenchTasks;
    readonly memoryBytes: number;
    readonly environment: NodeJS.ProcessEnv;
    readonly onResult: (law: Case, result: RaceResult) => void;
    readonly onNote: (line: string) => void;
    readonly signal?: AbortSignal;
  },
): Promise<void> {
  const { tasks, rounds, seconds, memoryBytes, field, hardware, onResult, onNote, signal } =
    options;
  const peers = await startPeers(options);
  const folder = await mkdtemp(join(tmpdir(), 'hyperlaw-bench-'));
  try {
    for (const law of casesOf(options)) {
      signal?.throwIfAborted();
      const task = tasks[law.model];
      const lanes =
        typeof options.lanes === 'function'
          ? options.lanes(law)
          : (options.lanes ?? chosenLanes(law, task, memoryBytes));
      const problem = await writeProblem(law, { folder, steps: BATCHES, task });
      const contestants = contestantsOf(law, { peers, task, lanes, hardware, field });
      const onLeftOut = (name: ContestantName, reason: string) =>
        onNote(`${law.model}, ${law.optimizer}, width ${law.width}: without ${name}: ${reason}`);
      const result = await race({ problem, task, contestants, rounds, seconds, onLeftOut });
      signal?.throwIfAborted();
      onResult(law, result);
      await rm(problem.data);
    }
  } finally {
    const running = Object.values(peers) as readonly (Peer | null)[];
    await Promise.all(running.map((peer) => peer?.close()));
    await rm(folder, { recursive: true });
  }
}

/** Every case that is asked for, model by model. */
function casesOf({
  models,
  optimizers,
  widths,
}: Pick<BenchOptions, 'models' | 'optimizers' | 'widths'>): readonly Case[] {
  return models.flatMap((model) =>
    optimizers.flatMap((optimizer) =>
      (widths ?? benchModels[model].widths).map((width) => ({ model, optimizer, width })),
    ),
  );
}

async function startPeers(options: {
  readonly device: DeviceKind;
  readonly hardware: Hardware;
  readonly environment: NodeJS.ProcessEnv;
  readonly onNote: (line: string) => void;
  readonly signal?: AbortSignal;
}): Promise<Peers> {
  const { device, hardware, environment, onNote, signal } = options;
  const place = { hardware, environment, ...(signal && { signal }) };
  const hyperlaw = await startHyperlaw(device, place);
  onNote(`hyperlaw: ${hyperlaw.name}`);
  const python = peersPython(environment);
  if (python === null) {
    onNote(NO_PYTHON);
    return { hyperlaw, torch: null, jax: null };
  }
  const start = async (library: 'torch' | 'jax') => {
    try {
      const peer = await startPythonPeer(python, library, place);
      onNote(`${library}: ${peer.name}`);
      return peer;
    } catch (error) {
      signal?.throwIfAborted();
      onNote(`without ${library}: ${error instanceof Error ? error.message : error}`);
      return null;
    }
  };
  return { hyperlaw, torch: await start('torch'), jax: await start('jax') };
}
