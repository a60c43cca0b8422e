import { existsSync } from 'node:fs';
import { readdir, readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { palettes } from '../charts/palette.ts';
import { writeAtomic } from '../files/write-atomic.ts';

/** Folder of an installed package, also where its `exports` hide its files. */
function packageFolder(name: string): string {
  const places = createRequire(import.meta.url).resolve.paths(name) ?? [];
  const found = places.map((place) => join(place, name)).find((path) => existsSync(path));
  if (found === undefined) throw new Error(`missing package: ${name} (run npm ci)`);
  return found;
}

function variables(theme: 'light' | 'dark'): string {
  return Object.entries(palettes[theme])
    .map(([name, colour]) => `--hl-${name}:${colour}`)
    .join(';');
}

/** The colours of figures and pages as CSS variables: the system's theme, the reader's choice, always light on paper. */
function colours(): string {
  return `:root{color-scheme:light;${variables('light')}}
@media (prefers-color-scheme:dark){:root:not([data-theme=light]){color-scheme:dark;${variables('dark')}}}
:root[data-theme=dark]{color-scheme:dark;${variables('dark')}}
@media print{:root,:root:not([data-theme=light]),:root[data-theme=dark]{color-scheme:light;${variables('light')}}}
`;
}

/** Writes a file unless it is there already with the same bytes. */
async function refresh(path: string, content: Uint8Array): Promise<void> {
  const held = await readFile(path).catch(() => undefined);
  if (held === undefined || Buffer.compare(held, content) !== 0) await writeAtomic(path, content);
}

/**
 * Copies what all pages share into `<reports>/assets`: vega, vega-lite and vega-embed, KaTeX's style and fonts,
 * and the pages' own style and script. Throws one line where a file cannot be written.
 */
export async function writeAssets(reports: string): Promise<void> {
  const assets = join(reports, 'assets');
  for (const name of ['vega', 'vega-lite', 'vega-embed']) {
    const file = `${name}.min.js`;
    await refresh(join(assets, file), await readFile(join(packageFolder(name), 'build', file)));
  }
  const katex = join(packageFolder('katex'), 'dist');
  const fonts = await readdir(join(katex, 'fonts'));
  for (const file of [
    'katex.min.css',
    ...fonts.filter((f) => f.endsWith('.woff2')).map((f) => `fonts/${f}`),
  ]) {
    await refresh(join(assets, 'katex', file), await readFile(join(katex, file)));
  }
  const client = join(import.meta.dirname, 'client');
  const styles = await Promise.all(
    ['report.css', 'laws.css'].map((name) => readFile(join(client, name), 'utf8')),
  );
  await refresh(join(assets, 'report.css'), Buffer.from(colours() + styles.join('\n')));
  await refresh(join(assets, 'report.js'), await readFile(join(client, 'report.js')));
}
