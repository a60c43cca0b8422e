import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { renderSvg } from '../charts/render.ts';
import { suiteFolder } from '../files/safe-name.ts';
import { validateVerdict } from '../files/verdict-file.ts';
import { writeAtomic, writeError } from '../files/write-atomic.ts';
import { answersOf } from '../verdict.ts';
import { figuresOn, renderAnswers, thumbnailName } from './answer-parts.ts';
import { renderArms } from './arms-table.ts';
import { renderHeader } from './banner.ts';
import { renderClaimTables } from './claim-tables.ts';
import { renderDocument } from './document.ts';
import { renderFigure } from './figure.ts';
import type { Figure, Page } from './page.ts';
import { figuresOf, placeSections } from './page-parts.ts';
import { renderCommand, renderCompute, renderProvenance } from './provenance.ts';
import { plainText, renderList, renderParagraphs, renderText } from './rich-text.ts';
import { renderSections } from './sections.ts';

/** The HTML of a report page; its assets are at `../assets`. Throws on an invalid verdict or a faulty chart. */
export async function renderPage(page: Page): Promise<string> {
  const { suite } = validateVerdict(page.verdict);
  const drawn = new Map<Figure, string>();
  for (const figure of figuresOf(page)) {
    drawn.set(figure, await renderFigure(figure, { number: drawn.size + 1, suite }));
  }
  const htmlOf = (figures: readonly Figure[]): readonly string[] =>
    figures.map((figure) => drawn.get(figure) ?? '');
  const placed = placeSections(page);
  const several = answersOf(page.verdict).length > 1;
  const section = (id: string, title: string, content: string): string =>
    `<section>\n<h2 id="${id}">${title}</h2>\n${content}\n</section>`;
  const body = `<main>
${renderHeader(page)}
${several ? renderAnswers(page, htmlOf) : renderClaimTables(page, placed)}
${
  page.figures.length > 0 && !several
    ? `<section class="figures" aria-label="Figures">\n${htmlOf(page.figures).join('\n')}\n</section>`
    : ''
}
${renderSections(
  placed,
  placed.map(({ section: { figures } }) => htmlOf(figures)),
)}
${section('method', 'Method', renderParagraphs(page.method))}
${section('decision-rule', 'Decision rule', `<p class="aside">${renderText(page.decisionRuleDate ?? 'Written down before the data of this page.')}</p>\n${renderList(page.decisionRule)}`)}
${section('caveats', 'Caveats', renderList(page.caveats))}
${renderArms(page.verdict.arms)}
${renderCompute(page.verdict)}
${renderProvenance(page.verdict)}
${renderCommand(page.command)}
</main>`;
  return renderDocument({
    title: `${plainText(page.title)} · hyperlaw`,
    description: plainText(page.verdict.statement),
    assets: '../assets',
    body,
    figures: true,
  });
}

/**
 * Writes `<reports>/<suite>/index.html` with its figures beside it, `figures/<id>.svg` and `figures/<id>-dark.svg`
 * (the first of every answer also as its thumbnail); returns the page's path. The page needs
 * `writeAssets(reports)` once. Throws one line where something is invalid or cannot be written.
 */
export async function writePage(reports: string, page: Page): Promise<string> {
  const html = await renderPage(page);
  const folder = suiteFolder(reports, page.verdict.suite);
  const figures = join(folder, 'figures');
  await rm(figures, { recursive: true, force: true }).catch((cause) => {
    throw writeError(figures, cause);
  });
  const all = figuresOf(page);
  const thumbnails = answersOf(page.verdict).map((answer) => figuresOn(answer, page)[0]);
  // Sections alone have figures too.
  thumbnails[0] ??= all[0];
  for (const figure of all) {
    const { id, chart } = figure;
    for (const colours of ['light', 'dark'] as const) {
      const svg = await renderSvg(chart.spec('wide'), { colours });
      const name = colours === 'light' ? '' : '-dark';
      await writeAtomic(join(figures, `${id}${name}.svg`), svg);
      for (const [i, thumbnail] of thumbnails.entries()) {
        if (thumbnail === figure) await writeAtomic(join(folder, thumbnailName(i, colours)), svg);
      }
    }
  }
  const path = join(folder, 'index.html');
  await writeAtomic(path, html);
  return path;
}
