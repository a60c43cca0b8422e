import { existsSync } from 'node:fs';
import { totalmem } from 'node:os';
import { delimiter, join } from 'node:path';
import type { Device } from '@hyperlaw/engine';
import type { Case } from '../bench/models.ts';
import { peersPython } from '../bench/peers.ts';
import { loadBenchTasks } from '../bench/problem.ts';
import { sideBySide } from '../bench/side-by-side.ts';
import type { DeviceBenchOptions } from './options.ts';
import { otherTrainings, type PeerRow, peerHead, peerLine, peerRow } from './peer-table.ts';
import { type BenchRow, fastest } from './table.ts';

/** Where peers are looked for, and who is told. */
interface PeerWorld {
  readonly env: NodeJS.ProcessEnv;
  readonly say: (line: string) => void;
  readonly note: (line: string) => void;
  readonly signal: AbortSignal;
}

/**
 * The same training in torch and JAX, at hyperlaw's fastest number of lanes of each case; what is missing is a note.
 * Throws where the signal is aborted, and then leaves no peer behind.
 */
export async function measurePeers(
  { kind: device, hardware }: Pick<Device, 'kind' | 'hardware'>,
  rows: readonly BenchRow[],
  { optimizers, widths, seconds, quick }: DeviceBenchOptions,
  { env, say, note, signal }: PeerWorld,
): Promise<readonly PeerRow[]> {
  const lanes = ({ optimizer, width }: Case) => fastest(rows, { optimizer, width })?.lanes ?? 1;
  const measured = widths.filter((width) =>
    optimizers.every((optimizer) => fastest(rows, { optimizer, width })),
  );
  const results: PeerRow[] = [];
  try {
    await sideBySide({
      ...{
        json: false,
        models: ['mlp'],
        field: 'every',
        widths: measured,
        optimizers,
        device,
        hardware,
      },
      ...{ rounds: quick ? 2 : 5, seconds: Math.min(0.2, seconds), tasks: await loadBenchTasks() },
      ...{ lanes, memoryBytes: totalmem(), environment: withPython(env), onNote: note, signal },
      onResult(law, result) {
        const row = peerRow(law, device, result);
        if (results.length === 0) say(`\n${peerHead}`);
        say(peerLine(row));
        for (const fault of otherTrainings(row)) {
          note(`not the same training: ${law.optimizer}, width ${law.width}, ${fault}`);
        }
        results.push(row);
      },
    });
  } catch (error) {
    if (signal.aborted) throw new Error('interrupted');
    note(`without peers on ${device}: ${(error as Error).message}`);
  }
  return results;
}

/** The environment with a Python for the peers: the one it names, that of `npm run bench:peers`, or the system's. */
function withPython(env: NodeJS.ProcessEnv): NodeJS.ProcessEnv {
  if (peersPython(env) !== null) return env;
  const folders = (env.PATH ?? '').split(delimiter);
  const found = folders.map((folder) => join(folder, 'python3')).find((path) => existsSync(path));
  return found ? { ...env, HYPERLAW_PEERS_PYTHON: found } : env;
}
