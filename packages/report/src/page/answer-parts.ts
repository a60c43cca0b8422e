import type { Answer } from '../verdict.ts';
import { answersOf, claimsOn } from '../verdict.ts';
import { answerId } from './answer-id.ts';
import { renderClaims } from './claims-table.ts';
import { escapeHtml } from './escape.ts';
import type { Figure, Page } from './page.ts';
import { renderText } from './rich-text.ts';

/** File of the thumbnail of the i-th answer beside a page. */
export function thumbnailName(i: number, theme: 'light' | 'dark'): string {
  return `thumbnail${i === 0 ? '' : `-${i + 1}`}${theme === 'light' ? '' : '-dark'}.svg`;
}

/** The figures before the sections that bear on one of the answers. */
export function figuresOn({ question }: Answer, { figures, verdict }: Page): readonly Figure[] {
  return figures.filter((figure) => (figure.question ?? verdict.question.id) === question.id);
}

/** Claims and figures of every answer under its question, where a verdict has several; `drawn` are figures as HTML. */
export function renderAnswers(
  page: Page,
  drawn: (figures: readonly Figure[]) => readonly string[],
): string {
  const { verdict } = page;
  return answersOf(verdict)
    .map((answer, i) => {
      const { id, text } = answer.question;
      const claims = renderClaims(claimsOn(answer, verdict), {
        title: `Claims, ${id}`,
        id: `${answerId(i)}-claims`,
      });
      return `<section class="answer" id="${answerId(i)}" aria-labelledby="${answerId(i)}-title">
<h2 class="answer-title" id="${answerId(i)}-title"><span class="question-id">${escapeHtml(id)}</span> ${renderText(text)}</h2>
${claims}
${drawn(figuresOn(answer, page)).join('\n')}
</section>`;
    })
    .join('\n');
}
