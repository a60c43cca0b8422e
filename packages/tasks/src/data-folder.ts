import { join } from 'node:path';

/** The environment variables that say where data lies. */
export interface DataEnvironment {
  readonly HYPERLAW_DATA?: string | undefined;
  readonly XDG_CACHE_HOME?: string | undefined;
  readonly LOCALAPPDATA?: string | undefined;
}

/**
 * The folder of datasets: `HYPERLAW_DATA` where set, or `hyperlaw` in the user's cache folder, which
 * is where the platform keeps it.
 */
export function defaultDataFolder(
  env: DataEnvironment,
  home: string,
  platform: string = process.platform,
): string {
  if (env.HYPERLAW_DATA) return env.HYPERLAW_DATA;
  if (env.XDG_CACHE_HOME) return join(env.XDG_CACHE_HOME, 'hyperlaw');
  if (platform === 'darwin') return join(home, 'Library', 'Caches', 'hyperlaw');
  if (platform === 'win32') {
    return join(env.LOCALAPPDATA || join(home, 'AppData', 'Local'), 'hyperlaw', 'Cache');
  }
  return join(home, '.cache', 'hyperlaw');
}
