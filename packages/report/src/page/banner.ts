import { formatCount, formatSeconds } from '../format/number.ts';
import type { Answer, Verdict } from '../verdict.ts';
import { answersOf } from '../verdict.ts';
import { answerId } from './answer-id.ts';
import { escapeHtml } from './escape.ts';
import type { Page } from './page.ts';
import { renderParagraphs, renderText } from './rich-text.ts';
import { verdictMark } from './verdict-mark.ts';

/** Days of an ISO time, or the text as it is. */
export function dayOf(startedAt: string): string {
  return /^\d{4}-\d{2}-\d{2}T/.test(startedAt) ? startedAt.slice(0, 10) : startedAt;
}

/** The question, and where the page has several, a link to the part that answers it. */
function renderQuestion({ question: { id, text } }: Answer, part: string | null): string {
  const words =
    part === null
      ? renderText(text)
      : `<a class="question-link" href="#${part}">${renderText(text)}</a>`;
  return `<p class="question"><span class="question-id">${escapeHtml(id)}</span> ${words}</p>`;
}

/** An answer in a word and its sentence, with what it rests on. */
function renderBanner(answer: Answer, { compute, provenance, profile }: Verdict): string {
  const facts = [
    `${formatCount(compute.trials)} trials`,
    `${formatSeconds(compute.seconds)} of workers’ time`,
    `profile ${escapeHtml(profile)}`,
    escapeHtml(dayOf(provenance.startedAt)),
  ];
  return `<section class="banner" data-verdict="${answer.verdict}" aria-label="Verdict">
<p class="banner-word">${verdictMark(answer.verdict)}</p>
<p class="banner-statement">${renderText(answer.statement)}</p>
<p class="banner-facts">${facts.join(' · ')}</p>
</section>`;
}

/** Title, every question with its answer, and introduction. */
export function renderHeader({ title, introduction = [], verdict }: Page): string {
  const [first, ...further] = answersOf(verdict) as [Answer, ...Answer[]];
  return `<nav class="masthead"><a href="../index.html">hyperlaw</a><span>${escapeHtml(verdict.suite)}</span></nav>
<header>
<h1>${renderText(title)}</h1>
${renderQuestion(first, further.length > 0 ? answerId(0) : null)}
</header>
${renderBanner(first, verdict)}
${further.map((answer, i) => `${renderQuestion(answer, answerId(i + 1))}\n${renderBanner(answer, verdict)}\n`).join('')}${introduction.length > 0 ? `<section class="introduction">${renderParagraphs(introduction)}</section>` : ''}`;
}
