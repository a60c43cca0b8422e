import { existsSync, readdirSync, readFileSync, realpathSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import type { Environment } from '../probe.ts';

/** Where NVIDIA's software is looked for. */
export interface Places {
  /** Of the file system: `/`, but in tests. */
  readonly root: string;
  readonly env: Environment;
}

/** A library that lies somewhere. */
export interface FoundLibrary {
  readonly path: string;
  /** As its file's name has it: `12.4.127`. */
  readonly version: string;
  /** Whether programs find it by its name alone. */
  readonly loadable: boolean;
}

/** The dynamic loader's own folders, of Debian, of Red Hat, and of the subsystem for Linux. */
const LOADER = [
  ...['lib/x86_64-linux-gnu', 'usr/lib/x86_64-linux-gnu', 'lib64', 'usr/lib64', 'lib', 'usr/lib'],
  'usr/lib/wsl/lib',
];

/** What is said of a driver whose library is there, but not its version. */
export const UNKNOWN_VERSION = 'of unknown version';

/** A driver's versions begin at this; smaller numbers are those of the interface, as in WSL's `libcuda.so.1.1`. */
const FIRST_DRIVER = 100;

/** The version of the driver that runs, or whose library is there, which may be unknown; null where there is none. */
export function findDriver(places: Places): string | null {
  const path = join(places.root, 'proc/driver/nvidia/version');
  if (existsSync(path)) {
    const version = /Kernel Module.*?\s(\d+(?:\.\d+)+)/.exec(readFileSync(path, 'utf8'));
    if (version?.[1]) return version[1];
  }
  const library = findLibrary('libcuda.so.1', places);
  if (library === null) return null;
  return Number.parseInt(library.version, 10) >= FIRST_DRIVER ? library.version : UNKNOWN_VERSION;
}

/** A library by the name under which programs ask for it: where the loader looks, then where toolkits are installed. */
export function findLibrary(name: string, places: Places): FoundLibrary | null {
  const at = (folder: string) => join(folder, name);
  const loader = loaderFolders(places);
  const folder = [...loader, ...toolkitFolders(places)].find((one) => existsSync(at(one)));
  if (folder === undefined) return null;
  const [stem = ''] = name.split('.so.');
  // The name is a link to a file whose name has the whole version.
  const file = basename(realpathSync(at(folder)));
  const version = file.startsWith(`${stem}.so.`) ? file : name;
  return {
    path: at(folder),
    version: version.slice(`${stem}.so.`.length),
    loadable: loader.includes(folder),
  };
}

function loaderFolders({ root, env }: Places): readonly string[] {
  const named = (env.LD_LIBRARY_PATH ?? '').split(':').filter(Boolean);
  const all = [...named, ...configured(join(root, 'etc/ld.so.conf'), root)];
  // Folders of the environment are absolute; those of a root of ours lie below it.
  const below = all.map((folder) => (folder.startsWith(root) ? folder : join(root, folder)));
  return [...below, ...LOADER.map((folder) => join(root, folder))];
}

/** The folders that a file of the loader's configuration names, those of the files that it includes among them. */
function configured(path: string, root: string, read = new Set<string>()): readonly string[] {
  if (read.has(path) || !existsSync(path)) return [];
  read.add(path);
  return readFileSync(path, 'utf8')
    .split('\n')
    .map((line) => line.replace(/#.*/, '').trim())
    .filter(Boolean)
    .flatMap((line) => {
      const [word, ...patterns] = line.split(/\s+/);
      if (word !== 'include') return [line];
      return patterns
        .flatMap((pattern) =>
          matching(join(pattern.startsWith('/') ? root : dirname(path), pattern)),
        )
        .flatMap((file) => configured(file, root, read));
    });
}

/** The files of a folder whose names match the last part of a pattern, in order. */
function matching(pattern: string): readonly string[] {
  const folder = dirname(pattern);
  if (!existsSync(folder)) return [];
  const source = basename(pattern)
    .replace(/[.+^${}()|\\]/g, '\\$&')
    .replaceAll('*', '.*')
    .replaceAll('?', '.');
  const name = new RegExp(`^${source}$`);
  return readdirSync(folder)
    .filter((file) => name.test(file))
    .sort()
    .map((file) => join(folder, file));
}

/** Where the CUDA toolkit and cuDNN are put beside the loader's folders. */
function toolkitFolders({ root, env }: Places): readonly string[] {
  const homes = [env.CUDA_HOME, env.CUDA_PATH, env.CUDNN_HOME].filter((one) => one !== undefined);
  const local = join(root, 'usr/local');
  const installed = existsSync(local)
    ? readdirSync(local)
        .filter((name) => /^(cuda|nvidia)/.test(name))
        .sort()
        .map((name) => join(local, name))
    : [];
  return [...homes, ...installed].flatMap((home) => [join(home, 'lib64'), join(home, 'lib')]);
}
