import { spawnSync } from 'node:child_process';
import type { Environment } from './probe.ts';

const PATIENCE_SECONDS = 10;

/** Which GPU and driver a provider finds, for people; null where no tool tells. Numbers mean little without it. */
export function gpuName(env: Environment): string | null {
  const query = ['--query-gpu=name,driver_version', '--format=csv,noheader'];
  const { status, stdout } = spawnSync('nvidia-smi', query, {
    env: {
      PATH: '/usr/bin:/bin:/usr/local/bin:/usr/local/nvidia/bin',
      ...env,
    } as NodeJS.ProcessEnv,
    encoding: 'utf8',
    timeout: PATIENCE_SECONDS * 1000,
  });
  return status === 0 ? namedGpu(stdout) : null;
}

/** The first line of `name, driver` that is told. */
export function namedGpu(told: string): string | null {
  const [name, driver] = (told.split('\n')[0] ?? '').split(',').map((part) => part.trim());
  return name && driver ? `${name}, driver ${driver}` : null;
}
