import { chmodSync, cpSync, mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { DatasetName } from '@hyperlaw/tasks';
// The command reads what is written here, and nobody else does.
import { BUNDLE_FILE, type Bundle } from '../../packages/cli/src/bundle.ts';
import { houseAround, suiteNames } from '../../packages/cli/src/house.ts';
import { sourcesOf } from '../../packages/cli/src/run/provenance.ts';
import { compile } from './compile.ts';
import { addFallbacks, addNode, addRuntime } from './libraries.ts';
import { CODE, moduleName } from './own-addresses.ts';
import { type Archive, pack } from './pack.ts';
import { addDatasets, addDeclarations, addFiles } from './resources.ts';

/** Bytes that the archive may have, so that it passes wherever files of this size do. */
export const MOST_BYTES = 60e6;

/** Real data that comes along where the data folder has it. */
export const DATASETS: readonly DatasetName[] = ['mnist', 'tiny-shakespeare'];

const COMMAND = 'packages/cli/bin/hyperlaw.mjs';

/** Programs that the command loads by their name. */
const PROGRAMS = ['device-bench'];

export interface BundleOptions {
  /** The repository. */
  readonly root: string;
  /** Where the archive goes. */
  readonly out: string;
  /** The data folder. */
  readonly data: string;
  readonly date: Date;
  /** Sources beside the command and the suites that are compiled too; tests start some. */
  readonly further?: readonly string[];
}

/** A bundle that was made. */
export interface MadeBundle extends Archive, Pick<Bundle, 'data'> {
  /** The one folder in the archive. */
  readonly name: string;
  /** Libraries to fall back on that this machine does not have. */
  readonly missing: readonly string[];
}

/** Makes the archive for Linux x64 machines without a network; throws one line where a part is missing. */
export async function makeBundle(options: BundleOptions): Promise<MadeBundle> {
  const { root, out, data, date, further = [] } = options;
  if (`${process.platform}/${process.arch}` !== 'linux/x64') {
    throw new Error(`unknown platform: ${process.platform}/${process.arch} (linux/x64)`);
  }
  const house = houseAround(root);
  const suites = suiteNames(house);
  const sources = sourcesOf(house);
  const state = sources.dirty ? '-dirty' : '';
  const name = `hyperlaw-${sources.commit.slice(0, 8)}${state}-linux-x64`;
  const folder = join(out, name);
  rmSync(folder, { recursive: true, force: true });
  try {
    const suiteSource = (suite: string) => `suites/${suite}/src/suite.ts`;
    const programSource = (name: string) => `scripts/${name}.ts`;
    await compile({
      ...{ root, folder },
      entries: [COMMAND, ...suites.map(suiteSource), ...PROGRAMS.map(programSource), ...further],
    });
    for (const suite of suites) addSuite(folder, suite, suiteSource(suite));
    for (const name of PROGRAMS) {
      const module = `../${CODE}/${moduleName(programSource(name))}.js`;
      write(folder, `scripts/${name}.js`, `export * from '${module}';\n`);
    }
    addNode(folder);
    addRuntime(folder, { root });
    addFiles(folder, { root });
    addDeclarations(folder, { root });
    const missing = addFallbacks(folder);
    const found = addDatasets(folder, { names: DATASETS, data });
    addCommand(folder);
    const bundle: Bundle = { ...sources, madeAt: date.toISOString(), data: found };
    write(folder, BUNDLE_FILE, `${JSON.stringify(bundle, null, 2)}\n`);
    const archive = pack(folder, { target: folder, mostBytes: MOST_BYTES });
    return { ...archive, name, data: found, missing };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** A suite stands where it does in the repository, and leads to its compiled module. */
export function addSuite(folder: string, suite: string, source: string): void {
  const module = `../../../${CODE}/${moduleName(source)}.js`;
  write(folder, `suites/${suite}/src/suite.js`, `export { suite } from '${module}';\n`);
}

function addCommand(folder: string): void {
  const launcher = join(folder, 'hyperlaw');
  cpSync(fileURLToPath(new URL('./launcher.sh', import.meta.url)), launcher);
  chmodSync(launcher, 0o755);
  write(folder, 'package.json', '{ "name": "hyperlaw", "private": true, "type": "module" }\n');
}

function write(folder: string, path: string, text: string): void {
  mkdirSync(dirname(join(folder, path)), { recursive: true });
  writeFileSync(join(folder, path), text);
}
