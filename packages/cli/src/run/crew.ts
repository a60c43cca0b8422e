import { openDevice } from '@hyperlaw/engine';
import { type Pool, workerPool } from '@hyperlaw/sweep';
import type { Context } from '../context.ts';
import { type Settings, workersFor } from '../settings.ts';
import { processorName } from './provenance.ts';
import type { RunnerOptions } from './runner-module.ts';

/** What a run trains with. */
export interface Crew {
  /** `name` says what it runs on, processor included; `reason` why this device. */
  readonly device: { readonly kind: string; readonly name: string; readonly reason: string };
  readonly workers: number;
  readonly pool: Pool;
}

/** Finds out what a run can train with; throws one line where the chosen device cannot start. */
export async function hireCrew(
  { device: chosen, workers: wanted, data }: Settings,
  { env }: Pick<Context, 'env'>,
): Promise<Crew> {
  const device = await openDevice(chosen, { env });
  const { kind, name, reason } = device;
  await device.close();
  const workers = wanted ?? workersFor(kind);
  const options: RunnerOptions = { device: kind, data };
  const module = new URL('./runner-module.ts', import.meta.url).href;
  const pool = workerPool({ size: workers, runner: { module, factory: 'createRunner', options } });
  return { device: { kind, name: `${name}; ${processorName()}`, reason }, workers, pool };
}
