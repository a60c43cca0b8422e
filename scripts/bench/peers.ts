import { existsSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { DeviceKind, Hardware } from '@hyperlaw/engine';
import { type Peer, startPeer } from './peer-process.ts';

const root = fileURLToPath(new URL('../..', import.meta.url));
const folder = fileURLToPath(new URL('../peers', import.meta.url));

/** Where `npm run bench:peers` makes the Python environment. */
export const peersFolder = join(root, '.peers');

/** The Python of an environment's folder. */
export function pythonIn(environment: string): string {
  return process.platform === 'win32'
    ? join(environment, 'Scripts', 'python.exe')
    : join(environment, 'bin', 'python');
}

/** The Python with the peers: `HYPERLAW_PEERS_PYTHON`, or that of `.peers`; null where there is neither. */
export function peersPython(environment: NodeJS.ProcessEnv): string | null {
  const given = environment.HYPERLAW_PEERS_PYTHON;
  if (given) return resolve(given);
  const made = pythonIn(peersFolder);
  return existsSync(made) ? made : null;
}

/** What is said where there is no Python. */
export const NO_PYTHON =
  'no Python with torch and JAX: run `npm run bench:peers`, or name one in HYPERLAW_PEERS_PYTHON';

/** What a peer computes on, and the environment that it is started in. */
interface Place {
  readonly hardware: Hardware;
  readonly environment: NodeJS.ProcessEnv;
  /** Kills the peer where it is aborted. */
  readonly signal?: AbortSignal;
}

/** Starts hyperlaw as a peer among peers, on a device. */
export function startHyperlaw(device: DeviceKind, place: Place): Promise<Peer> {
  const script = fileURLToPath(new URL('hyperlaw-peer.ts', import.meta.url));
  const loader = new URL('../../node_modules/tsx/dist/loader.mjs', import.meta.url).href;
  return startPeer({
    command: process.execPath,
    args: ['--import', loader, script, device],
    ...place,
    foreign: false,
  });
}

/** Starts a Python peer, `torch` or `jax`. */
export function startPythonPeer(
  python: string,
  library: 'torch' | 'jax',
  place: Place,
): Promise<Peer> {
  const args = [join(folder, `${library}_peer.py`)];
  return startPeer({ command: python, args, ...place, foreign: true });
}
