import { existsSync } from 'node:fs';
import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { readVerdict } from '../files/verdict-file.ts';
import { writeAtomic } from '../files/write-atomic.ts';
import { formatCount } from '../format/number.ts';
import type { Answer, Verdict } from '../verdict.ts';
import { answersOf } from '../verdict.ts';
import { answerId } from './answer-id.ts';
import { thumbnailName } from './answer-parts.ts';
import { dayOf } from './banner.ts';
import { renderDocument } from './document.ts';
import { escapeHtml } from './escape.ts';
import { renderText } from './rich-text.ts';
import { verdictMark } from './verdict-mark.ts';

interface Entry {
  readonly folder: string;
  /** Or why it could not be read. */
  readonly verdict: Verdict | string;
  /** By answer. */
  readonly thumbnails: readonly boolean[];
}

/** Suites with a verdict file, by folder name. */
async function findSuites(reports: string): Promise<readonly Entry[]> {
  const folders = await readdir(reports, { withFileTypes: true }).catch(() => []);
  const names = folders.filter((folder) => folder.isDirectory()).map((folder) => folder.name);
  const found = names.sort().filter((name) => existsSync(join(reports, name, 'verdict.json')));
  return Promise.all(
    found.map(async (folder) => {
      const verdict = await readVerdict(join(reports, folder, 'verdict.json')).catch(
        (error: Error) => error.message,
      );
      const answers = typeof verdict === 'string' ? [] : answersOf(verdict);
      const thumbnails = answers.map((_, i) =>
        existsSync(join(reports, folder, thumbnailName(i, 'light'))),
      );
      return { folder, verdict, thumbnails };
    }),
  );
}

/** A card for every answer of a suite. */
function renderEntry({ folder, verdict, thumbnails }: Entry): string {
  const page = `${encodeURIComponent(folder)}/index.html`;
  if (typeof verdict === 'string') {
    return `<article class="card"><div><h2>${escapeHtml(folder)}</h2><p>${escapeHtml(verdict)}</p></div></article>`;
  }
  const card = (answer: Answer, i: number): string => {
    const href = i === 0 ? page : `${page}#${answerId(i)}`;
    const picture = (theme: 'light' | 'dark'): string =>
      `<img class="only-${theme}" src="${encodeURIComponent(folder)}/${thumbnailName(i, theme)}" alt="" loading="lazy">`;
    return `<article class="card" data-verdict="${answer.verdict}">
<div>
<p class="card-word">${verdictMark(answer.verdict)}</p>
<h2><a href="${href}">${renderText(answer.question.text)}</a></h2>
<p>${renderText(answer.statement)}</p>
<p class="card-facts"><span class="question-id">${escapeHtml(answer.question.id)}</span> ${escapeHtml(verdict.suite)} · ${formatCount(
      verdict.compute.trials,
    )} trials · profile ${escapeHtml(verdict.profile)} · ${escapeHtml(dayOf(verdict.provenance.startedAt))}</p>
</div>
${thumbnails[i] ? `<a class="card-picture" href="${href}" tabindex="-1" aria-hidden="true">${picture('light')}${picture('dark')}</a>` : ''}
</article>`;
  };
  return answersOf(verdict).map(card).join('\n');
}

/**
 * Writes `<reports>/index.html`, which lists every question of every suite with a verdict.json: its answer, the
 * sentence, its first figure; returns its path. A verdict that cannot be read is listed with the reason.
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
