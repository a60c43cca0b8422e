import { cpSync, existsSync, readdirSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join, sep } from 'node:path';
import { type DatasetName, datasets, declarationFolder, locate } from '@hyperlaw/tasks';

/** Files that the code reads where they lie in the repository, relative to its root. */
const FILES = [
  'LICENSE',
  'packages/cli/package.json',
  'packages/cli/src/help.txt',
  'packages/report/src/page/client',
  'scripts/peers',
];

/** Files of packages that pages need, by package. */
const ASSETS: Readonly<Record<string, readonly string[]>> = {
  vega: ['build/vega.min.js'],
  'vega-lite': ['build/vega-lite.min.js'],
  'vega-embed': ['build/vega-embed.min.js'],
  katex: ['dist/katex.min.css', 'dist/fonts'],
};

/** Copies files that are read at run time; a page's assets among them. */
export function addFiles(folder: string, { root }: { readonly root: string }): void {
  const copy = (from: string, to: string) =>
    cpSync(from, join(folder, to), {
      recursive: true,
      filter: (source) => !/\.(ttf|woff|ts|pyc)$|__pycache__/.test(source),
    });
  for (const path of FILES) copy(join(root, path), path);
  for (const [name, paths] of Object.entries(ASSETS)) {
    const own = packageFolder(name, join(root, 'packages/report'));
    for (const path of paths) copy(join(own, path), join('node_modules', name, path));
  }
}

/** The folder of a package as another one's folder sees it. */
function packageFolder(name: string, from: string): string {
  const places = createRequire(from + sep).resolve.paths(name) ?? [];
  const found = places.map((place) => join(place, name)).find((path) => existsSync(path));
  if (found === undefined) throw new Error(`missing package: ${name} (run npm ci)`);
  return found;
}

/** Copies the TypeScript compiler's declaration files, which the byte task reads; nothing else of the compiler. */
export function addDeclarations(folder: string, { root }: { readonly root: string }): void {
  const lib = declarationFolder();
  if (lib === null) throw new Error('missing package: typescript (run npm ci)');
  const own = join('node_modules', '@typescript', `typescript-${process.platform}-${process.arch}`);
  const manifest = join('node_modules', 'typescript', 'package.json');
  cpSync(join(root, manifest), join(folder, manifest));
  cpSync(join(dirname(lib), 'package.json'), join(folder, own, 'package.json'));
  for (const name of readdirSync(lib)) {
    if (name.endsWith('.d.ts')) cpSync(join(lib, name), join(folder, own, 'lib', name));
  }
}

/** Copies datasets from a data folder to the bundle's, as far as they are there; gives the names of those. */
export function addDatasets(
  folder: string,
  { names, data }: { readonly names: readonly DatasetName[]; readonly data: string },
): readonly DatasetName[] {
  return names.filter((name) => {
    const found = locate(datasets[name], data);
    for (const { name: file, path } of found ?? []) cpSync(path, join(folder, 'data', file));
    return found !== null;
  });
}
