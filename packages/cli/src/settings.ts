import { availableParallelism } from 'node:os';
import { resolve } from 'node:path';
import type { DeviceKind } from '@hyperlaw/engine';
import { MOST_WORKERS } from '@hyperlaw/sweep';
import { defaultDataFolder } from '@hyperlaw/tasks';
import type { Context } from './context.ts';
import type { Profile } from './suite.ts';
import { duration, integer, oneOf, UsageError } from './usage-error.ts';

/** Profiles, the smallest first. */
export const profiles = ['smoke', 'standard', 'full'] as const satisfies readonly Profile[];
/** Written out, since loading the engine for its list takes longer than most commands do. */
const deviceKinds = ['auto', 'cpu', 'webgpu', 'cuda', 'tensorflow'] as const satisfies readonly (
  | 'auto'
  | DeviceKind
)[];

/** A device to open, or `auto` for the fastest that starts. */
export type DeviceChoice = (typeof deviceKinds)[number];

/** How a suite is run. */
export interface Settings {
  readonly profile: Profile;
  readonly device: DeviceChoice;
  /** Null: whatever suits the device. */
  readonly workers: number | null;
  readonly data: string;
  /** Nothing is downloaded. */
  readonly offline: boolean;
  /** Seconds of the wall that measuring may take, once data are loaded; null: as long as the protocol does, and no longer. */
  readonly budget: number | null;
}

/** The options that `settingsOf` reads. */
export const settingOptions = ['profile', 'device', 'workers', 'data', 'budget'] as const;

/** Settings from options, or else the environment, or else the defaults; throws bad usage. */
export function settingsOf(
  options: Readonly<Record<string, string>>,
  { env, cwd, home }: Pick<Context, 'env' | 'cwd' | 'home'>,
): Settings {
  const chosen = (name: (typeof settingOptions)[number]) =>
    options[name] ?? (env[`HYPERLAW_${name.toUpperCase()}`] || undefined);
  const workers = chosen('workers');
  return {
    profile: oneOf('profile', chosen('profile') ?? 'standard', profiles),
    device: oneOf('device', chosen('device') ?? 'auto', deviceKinds),
    workers: workers === undefined ? null : integer('number of workers', workers, 1, MOST_WORKERS),
    data: resolve(cwd, options.data ?? defaultDataFolder(env, home)),
    offline: oneOf('HYPERLAW_OFFLINE', env.HYPERLAW_OFFLINE || '0', ['0', '1']) === '1',
    budget: options.budget === undefined ? null : duration('budget', options.budget),
  };
}

/**
 * How many workers train on a kind of device: those wanted, or one a core, or one where the device is parallel itself.
 * Throws bad usage for more than one on WebGPU, whose provider ends the process when two threads use it
 * (ONNX Runtime 1.30).
 */
export function workersFor(kind: string, wanted: number | null): number {
  if (kind === 'webgpu' && wanted !== null && wanted > 1) {
    throw new UsageError(`unknown number of workers: ${wanted} (1 on webgpu)`);
  }
  return wanted ?? (kind === 'cpu' ? Math.min(MOST_WORKERS, availableParallelism()) : 1);
}
