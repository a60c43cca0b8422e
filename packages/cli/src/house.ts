import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { type Bundle, bundleIn } from './bundle.ts';
import { ownErrors } from './own-errors.ts';
import type { Suite } from './suite.ts';
import { shown, UsageError } from './usage-error.ts';

/** Where the suites stand, and where their reports go. */
export interface House {
  readonly folder: string;
  readonly reports: string;
  /** `suites/<name>/results`; `results/<name>` in a bundle, whose results are copied away together. */
  readonly results: (suite: string) => string;
  /** Null in a repository. */
  readonly bundle: Bundle | null;
}

const OWN = fileURLToPath(new URL('../../..', import.meta.url));

/** The house around a folder, or else the one that this command belongs to; a bundle runs its own suites alone. */
export function houseAround(cwd: string): House {
  if (bundleIn(OWN)) return house(OWN);
  let folder = resolve(cwd);
  while (!isHouse(folder)) {
    const above = dirname(folder);
    if (above === folder) return house(OWN);
    folder = above;
  }
  return house(folder);
}

function house(folder: string): House {
  const bundle = bundleIn(folder);
  return {
    folder,
    reports: join(folder, 'reports'),
    results: (suite) =>
      bundle ? join(folder, 'results', suite) : join(folder, 'suites', suite, 'results'),
    bundle,
  };
}

function isHouse(folder: string): boolean {
  try {
    const { name } = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8')) as {
      name?: unknown;
    };
    return name === 'hyperlaw' && existsSync(join(folder, 'suites'));
  } catch {
    return false;
  }
}

const source = ({ folder, bundle }: House, name: string) =>
  join(folder, 'suites', name, 'src', bundle ? 'suite.js' : 'suite.ts');

/** Loads a program of a house's `scripts` by its name. Throws one line where there is none. */
export async function loadProgram<Program>(home: House, name: string): Promise<Program> {
  const path = join(home.folder, 'scripts', `${name}.${home.bundle ? 'js' : 'ts'}`);
  if (!existsSync(path)) throw new Error(`missing program: ${path}`);
  return (await import(pathToFileURL(path).href)) as Program;
}

/** Names of the suites of a house, in order. */
export function suiteNames(home: House): readonly string[] {
  const folder = join(home.folder, 'suites');
  if (!existsSync(folder)) return [];
  return readdirSync(folder)
    .filter((name) => isSuiteName(name) && existsSync(source(home, name)))
    .sort();
}

/** What all pages share stands beside them under this name. */
const SHARED = 'assets';

/** Whether a name is safe in a path and a page. */
export function isSuiteName(name: string): boolean {
  return name !== SHARED && name.length <= 80 && /^[a-z0-9]+(-[a-z0-9]+)*$/.test(name);
}

/** Loads a suite by its name; throws bad usage for an unknown one, one line where its source is broken. */
export async function loadSuite(home: House, name: string): Promise<Suite> {
  const names = suiteNames(home);
  if (!names.includes(name)) {
    throw new UsageError(`unknown suite: ${shown(name)} (${names.join(', ') || 'none yet'})`);
  }
  const loaded = await import(pathToFileURL(source(home, name)).href).catch((error: unknown) => {
    throw new Error(`cannot load suite ${name}: ${(error as Error).message}`, { cause: error });
  });
  const { suite } = loaded as { suite?: Suite };
  if (suite?.name !== name) {
    throw new Error(
      `cannot load suite ${name}: its src/suite.ts exports ${suite ? `a suite named ${shown(String(suite.name))}` : 'none'} (export const suite: Suite = { name: '${name}', … })`,
    );
  }
  return ownErrors(suite);
}
