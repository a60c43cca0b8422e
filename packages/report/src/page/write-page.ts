import type { Page } from './page.ts';

/** Writes `<reports>/<suite>/index.html`, its figures as SVG and its verdict.json; returns the page's path. */
export async function writePage(_reports: string, _page: Page): Promise<string> {
  throw new Error('unfinished');
}

/** Copies scripts, styles and fonts that all pages share into `<reports>/assets`. */
export async function writeAssets(_reports: string): Promise<void> {
  throw new Error('unfinished');
}

/** Writes `<reports>/index.html`, which lists every suite with a verdict.json. */
export async function writeIndex(_reports: string): Promise<string> {
  throw new Error('unfinished');
}
