import { formatCount, formatSeconds } from '../format/number.ts';
import type { Verdict } from '../verdict.ts';
import { escapeHtml } from './escape.ts';
import type { Page } from './page.ts';
import { renderParagraphs, renderText } from './rich-text.ts';
import { verdictMark } from './verdict-mark.ts';

/** Days of an ISO time, or the text as it is. */
export function dayOf(startedAt: string): string {
  return /^\d{4}-\d{2}-\d{2}T/.test(startedAt) ? startedAt.slice(0, 10) : startedAt;
}

/** The verdict in a word and its sentence, with what it rests on. */
export function renderBanner(verdict: Verdict): string {
  const { compute, provenance, profile } = verdict;
  const facts = [
    `${formatCount(compute.trials)} trials`,
    formatSeconds(compute.seconds),
    `profile ${escapeHtml(profile)}`,
    escapeHtml(dayOf(provenance.startedAt)),
  ];
  return `<section class="banner" data-verdict="${verdict.verdict}" aria-label="Verdict">
<p class="banner-word">${verdictMark(verdict.verdict)}</p>
<p class="banner-statement">${renderText(verdict.statement)}</p>
<p class="banner-facts">${facts.join(' · ')}</p>
</section>`;
}

/** Title, question and introduction. */
export function renderHeader({ title, introduction = [], verdict }: Page): string {
  const { question, suite } = verdict;
  return `<nav class="masthead"><a href="../index.html">hyperlaw</a><span>${escapeHtml(suite)}</span></nav>
<header>
<h1>${renderText(title)}</h1>
<p class="question"><span class="question-id">${escapeHtml(question.id)}</span> ${renderText(question.text)}</p>
</header>
${renderBanner(verdict)}
${introduction.length > 0 ? `<section class="introduction">${renderParagraphs(introduction)}</section>` : ''}`;
}
