import { existsSync } from 'node:fs';
import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { readVerdict } from '../files/verdict-file.ts';
import { writeAtomic } from '../files/write-atomic.ts';
import { formatCount } from '../format/number.ts';
import type { Verdict } from '../verdict.ts';
import { dayOf } from './banner.ts';
import { renderDocument } from './document.ts';
import { escapeHtml } from './escape.ts';
import { renderText } from './rich-text.ts';
import { verdictMark } from './verdict-mark.ts';

interface Entry {
  readonly folder: string;
  readonly thumbnail: boolean;
  /** Or why it could not be read. */
  readonly verdict: Verdict | string;
}

/** Suites with a verdict file, by folder name. */
async function findSuites(reports: string): Promise<readonly Entry[]> {
  const folders = await readdir(reports, { withFileTypes: true }).catch(() => []);
  const names = folders.filter((folder) => folder.isDirectory()).map((folder) => folder.name);
  const found = names.sort().filter((name) => existsSync(join(reports, name, 'verdict.json')));
  return Promise.all(
    found.map(async (folder) => ({
      folder,
      thumbnail: existsSync(join(reports, folder, 'thumbnail.svg')),
      verdict: await readVerdict(join(reports, folder, 'verdict.json')).catch(
        (error: Error) => error.message,
      ),
    })),
  );
}

function renderEntry({ folder, thumbnail, verdict }: Entry): string {
  const href = `${encodeURIComponent(folder)}/index.html`;
  if (typeof verdict === 'string') {
    return `<article class="card"><div><h2>${escapeHtml(folder)}</h2><p>${escapeHtml(verdict)}</p></div></article>`;
  }
  const picture = (name: string, theme: string): string =>
    `<img class="only-${theme}" src="${encodeURIComponent(folder)}/${name}" alt="" loading="lazy">`;
  return `<article class="card" data-verdict="${verdict.verdict}">
<div>
<p class="card-word">${verdictMark(verdict.verdict)}</p>
<h2><a href="${href}">${renderText(verdict.question.text)}</a></h2>
<p>${renderText(verdict.statement)}</p>
<p class="card-facts"><span class="question-id">${escapeHtml(verdict.question.id)}</span> ${escapeHtml(verdict.suite)} · ${formatCount(
    verdict.compute.trials,
  )} trials · profile ${escapeHtml(verdict.profile)} · ${escapeHtml(dayOf(verdict.provenance.startedAt))}</p>
</div>
${thumbnail ? `<a class="card-picture" href="${href}" tabindex="-1" aria-hidden="true">${picture('thumbnail.svg', 'light')}${picture('thumbnail-dark.svg', 'dark')}</a>` : ''}
</article>`;
}

/**
 * Writes `<reports>/index.html`, which lists every suite with a verdict.json: its verdict, its sentence, its first
 * figure; returns its path. A verdict that cannot be read is listed with the reason.
 */
export async function writeIndex(reports: string): Promise<string> {
  const entries = await findSuites(reports);
  const body = `<main class="index">
<nav class="masthead"><span>hyperlaw</span></nav>
<header>
<h1>Reports</h1>
<p class="question">Open questions of hyperparameter theory, each answered by tuned sweeps: a verdict with its uncertainty, the figures behind it, and the command that reproduces it.</p>
</header>
${entries.length > 0 ? entries.map(renderEntry).join('\n') : '<p>No suite has reported yet.</p>'}
</main>`;
  const path = join(reports, 'index.html');
  await writeAtomic(
    path,
    renderDocument({
      title: 'Reports · hyperlaw',
      description: 'Verdicts of all hyperlaw suites.',
      assets: 'assets',
      body,
      figures: false,
    }),
  );
  return path;
}
