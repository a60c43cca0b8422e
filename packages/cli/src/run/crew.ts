import { poolMemory } from '@hyperlaw/core';
import { type DeviceKind, type Hardware, openDevice, runtimeModules } from '@hyperlaw/engine';
import { type Pool, workerPool } from '@hyperlaw/sweep';
import type { Context } from '../context.ts';
import { type Settings, workersFor } from '../settings.ts';
import { processorName } from './provenance.ts';
import type { RunnerOptions } from './runner-module.ts';

/** What a run trains with. */
export interface Crew {
  /** `name` says what it runs on, processor included; `reason` why this device. */
  readonly device: {
    readonly kind: DeviceKind;
    /** The processor unless given. */
    readonly hardware?: Hardware;
    readonly name: string;
    readonly reason: string;
  };
  readonly workers: number;
  readonly pool: Pool;
  /** The same workers, for what is timed and forgotten. */
  readonly timing: Pool;
  /** Another pool, of one worker that shares nothing with those of the first: it has little to do, and memory is dear. */
  readonly another: () => Pool;
}

/** Memory of the batches that workers share: two of them are on the same tasks as a rule, many are on several. */
const SHARED_BYTES = 32 * 2 ** 20;
const BYTES_PER_WORKER = 16 * 2 ** 20;

/**
 * Finds out what a run can train with, and make the experiments of a module with; throws one line where the chosen
 * device cannot start.
 */
export async function hireCrew(
  { device: chosen, workers: wanted, data }: Settings,
  { env }: Pick<Context, 'env'>,
  experiments?: string,
): Promise<Crew> {
  const device = await openDevice(chosen, { env });
  const { kind, hardware, name, reason } = device;
  await device.close();
  const workers = workersFor(kind, wanted);
  const options = { device: kind, data, ...(experiments && { experiments }) };
  const named = { kind, hardware, name: `${name}; ${processorName()}`, reason };
  const pool = threads(workers, options);
  return {
    device: named,
    workers,
    pool,
    timing: pool,
    another: () => threads(1, options),
  };
}

function threads(size: number, options: RunnerOptions): Pool {
  const stop = new Int32Array(new SharedArrayBuffer(4));
  const batches = poolMemory(SHARED_BYTES + size * BYTES_PER_WORKER);
  const module = new URL('./runner-module.ts', import.meta.url).href;
  const runner = {
    ...{ module, factory: 'createRunner' },
    ...{ options: { ...options, stop, batches }, preload: runtimeModules() },
  };
  return endingBetweenCalls(workerPool({ size, runner }), stop);
}

/**
 * A pool that ends its workers between calls of the device: a thread that is terminated inside native code takes the
 * process with it.
 */
function endingBetweenCalls(pool: Pool, stop: Int32Array): Pool {
  const running = new Set<Promise<unknown>>();
  const tracked = async <Outcome>(outcome: Promise<Outcome>): Promise<Outcome> => {
    running.add(outcome);
    try {
      return await outcome;
    } finally {
      running.delete(outcome);
    }
  };
  return {
    size: pool.size,
    run: (pack, onProgress) => tracked(pool.run(pack, onProgress)),
    measure: (experiment, onProgress) => tracked(pool.measure(experiment, onProgress)),
    async close() {
      Atomics.store(stop, 0, 1);
      await Promise.allSettled(running);
      await pool.close();
    },
  };
}
