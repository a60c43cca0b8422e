import { readFile, rm, writeFile } from 'node:fs/promises';
import { join, relative, sep } from 'node:path';
import { build, type Plugin } from 'esbuild';
import { CODE, moduleName, NOTHING, readdress } from './own-addresses.ts';

/** What stays a package of its own: native libraries, and what may be missing. */
const PACKAGES = ['onnxruntime-node', '@tensorflow/tfjs-node-gpu', 'canvas'];

/** `require` for CommonJS packages inside modules. */
const REQUIRE =
  "import { createRequire as createOwnRequire } from 'node:module'; const require = createOwnRequire(import.meta.url);";

export interface CompileOptions {
  /** The repository. */
  readonly root: string;
  /** Where the bundle is laid out. */
  readonly folder: string;
  /** Sources that are started from outside, relative to the root. */
  readonly entries: readonly string[];
}

/**
 * Compiles sources, with all packages that they import, into plain JavaScript under `code/`: one module for each entry
 * and for each source that others start by its address, and what they share.
 */
export async function compile({ root, folder, entries }: CompileOptions): Promise<void> {
  const known = new Set(entries);
  for (let before = -1; known.size > before; ) {
    before = known.size;
    await rm(join(folder, CODE), { recursive: true, force: true });
    await build({
      absWorkingDir: root,
      entryPoints: [...known].map((source) => ({ in: source, out: moduleName(source) })),
      outdir: join(folder, CODE),
      bundle: true,
      splitting: true,
      format: 'esm',
      platform: 'node',
      target: 'node20',
      chunkNames: 'shared-[hash]',
      external: PACKAGES,
      banner: { js: REQUIRE },
      legalComments: 'none',
      logLevel: 'warning',
      plugins: [withoutLoader, atOwnAddresses(root, (module) => known.add(module))],
    });
  }
  await writeFile(join(folder, CODE, `${NOTHING}.js`), '');
}

/** Compiled code registers no TypeScript loader, and has nothing to load before it. */
const withoutLoader: Plugin = {
  name: 'without the TypeScript loader',
  setup(build) {
    build.onResolve({ filter: /^tsx\/esm\/api$/ }, () => ({ path: NOTHING, namespace: NOTHING }));
    build.onLoad({ filter: /.*/, namespace: NOTHING }, () => ({
      contents: 'export const register = () => {};',
    }));
    build.onLoad({ filter: /[\\/]engine[\\/]src[\\/]runtime-modules\.ts$/ }, () => ({
      contents: 'export const runtimeModules = () => [];',
    }));
  },
};

function atOwnAddresses(root: string, onModule: (source: string) => void): Plugin {
  return {
    name: 'own addresses',
    setup(build) {
      const filter = /[\\/](packages|suites|scripts)[\\/].*\.(ts|mjs)$/;
      build.onLoad({ filter }, async ({ path }) => {
        const source = relative(root, path).split(sep).join('/');
        if (source.startsWith('..') || source.includes('node_modules/')) return undefined;
        const { text, modules } = readdress(source, await readFile(path, 'utf8'));
        modules.forEach(onModule);
        return { contents: text, loader: path.endsWith('.ts') ? 'ts' : 'js' };
      });
    },
  };
}
