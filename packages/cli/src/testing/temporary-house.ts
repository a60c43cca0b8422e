import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { LabOptions } from './lab-suite.ts';
import type { TinyOptions } from './tiny-suite.ts';

/** The repository that these sources belong to. */
export const repository = fileURLToPath(new URL('../../../..', import.meta.url));

/** A house of its own in a temporary folder, with the packages of this one. */
export interface TemporaryHouse {
  readonly folder: string;
  /** Writes a file of the house. */
  readonly write: (path: string, content: string) => void;
  readonly remove: () => void;
}

/** Makes an empty house; the caller removes it. */
export function temporaryHouse(): TemporaryHouse {
  const folder = mkdtempSync(join(tmpdir(), 'hyperlaw-'));
  const write = (path: string, content: string) => {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), content);
  };
  write('package.json', '{ "name": "hyperlaw", "type": "module" }');
  mkdirSync(join(folder, 'suites'));
  symlinkSync(join(repository, 'node_modules'), join(folder, 'node_modules'));
  return { folder, write, remove: () => rmSync(folder, { recursive: true, force: true }) };
}

/** Puts the tiny suite of these tests into a house as `suites/tiny`. */
export function addTinySuite({ write }: TemporaryHouse, options: TinyOptions = {}): void {
  const source = new URL('./tiny-suite.ts', import.meta.url).href;
  write('suites/tiny/package.json', '{ "type": "module" }');
  write(
    'suites/tiny/src/suite.ts',
    `import { tinySuite } from '${source}';\nexport const suite = tinySuite(${JSON.stringify(options)});\n`,
  );
}

/** Puts the suite of tiny experiments into a house as `suites/lab`. */
export function addLabSuite({ write }: TemporaryHouse, options: LabOptions = {}): void {
  const source = new URL('./lab-suite.ts', import.meta.url).href;
  write('suites/lab/package.json', '{ "type": "module" }');
  write(
    'suites/lab/src/suite.ts',
    `import { labSuite } from '${source}';\nexport const suite = labSuite(${JSON.stringify(options)});\n`,
  );
}

/** Puts a suite of this repository into a house, its sources linked, its results its own. */
export function linkSuite({ folder }: TemporaryHouse, name: string): void {
  const own = join(repository, 'suites', name);
  mkdirSync(join(folder, 'suites', name));
  for (const part of ['package.json', 'src']) {
    symlinkSync(join(own, part), join(folder, 'suites', name, part));
  }
}
