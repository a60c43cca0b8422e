import { join } from 'node:path';
import { expect, it } from 'vitest';
import { defaultDataFolder } from './data-folder.ts';

it('is HYPERLAW_DATA, or the cache folder of the platform', () => {
  expect(defaultDataFolder({ HYPERLAW_DATA: '/d' }, '/home/a', 'linux')).toBe('/d');
  expect(defaultDataFolder({}, '/home/a', 'linux')).toBe(join('/home/a', '.cache', 'hyperlaw'));
  expect(defaultDataFolder({ XDG_CACHE_HOME: '/c' }, '/home/a', 'linux')).toBe(
    join('/c', 'hyperlaw'),
  );
  expect(defaultDataFolder({}, '/Users/a', 'darwin')).toBe(
    join('/Users/a', 'Library', 'Caches', 'hyperlaw'),
  );
  expect(defaultDataFolder({ LOCALAPPDATA: 'L' }, 'H', 'win32')).toBe(
    join('L', 'hyperlaw', 'Cache'),
  );
});
