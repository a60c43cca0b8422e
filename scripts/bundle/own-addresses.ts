import { posix } from 'node:path';

/** Where modules stand in a bundle: all side by side in one folder, so that each reaches another by its name alone. */
export const CODE = 'code';

/** The name of a source's module in the bundle: `packages/sweep/src/pool.ts` is `packages.sweep.pool`. */
export function moduleName(source: string): string {
  return source
    .replace(/\.\w+$/, '')
    .split('/')
    .filter((part) => part !== 'src')
    .join('.');
}

/** A source for the bundle, and the sources that it names as modules of their own: workers, experiments, children. */
export interface Readdressed {
  readonly text: string;
  readonly modules: readonly string[];
}

const OWN_ADDRESS =
  /new URL\(\s*(['"`])(?<relative>[^'"`$]+)\1,\s*import\.meta\.url,?\s*\)|import\.meta\.(?<part>url|dirname)/g;

/** The TypeScript loader, which compiled code does without. */
const LOADER = 'node_modules/tsx/';

/** An empty module, in place of the loader. */
export const NOTHING = 'nothing';

/**
 * Rewrites what a source makes of its own address, since bundling moves it: modules beside it become those of the
 * bundle, all other addresses stay where they are relative to the root, as if the source were there.
 *
 * `source` is relative to the root, with `/`.
 */
export function readdress(source: string, text: string): Readdressed {
  const modules: string[] = [];
  const address = (path: string) => `new URL('../${path}', import.meta.url)`;
  const module = (name: string) => `new URL('./${name}.js', import.meta.url)`;
  const rewritten = text.replace(OWN_ADDRESS, (...found) => {
    const { relative, part } = found.at(-1) as { relative?: string; part?: 'url' | 'dirname' };
    if (part === 'url') return `${address(source)}.href`;
    if (part === 'dirname') return `decodeURIComponent(${address(posix.dirname(source))}.pathname)`;
    const path = posix.join(posix.dirname(source), relative as string);
    if (path.startsWith(LOADER)) return module(NOTHING);
    if (!/\.(ts|mjs)$/.test(path)) return address(path.replace(/^\.\/?$/, ''));
    modules.push(path);
    return module(moduleName(path));
  });
  return { text: rewritten, modules };
}
