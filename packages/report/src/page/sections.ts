import { lawGlyph, lawMark, lawVerdict } from './law-mark.ts';
import { renderSectionLaws } from './laws-table.ts';
import type { PlacedSection } from './page-parts.ts';
import { renderParagraphs, renderText } from './rich-text.ts';

/** The contents: every section with its mark. It stands beside the sections where there is room. */
function renderContents(sections: readonly PlacedSection[]): string {
  const items = sections.map(
    ({ section, number, word }) =>
      `<li><a class="contents-link" href="#${section.id}"><span class="law-number">${number}</span><span>${renderText(section.title)}</span>${lawGlyph(word)}</a></li>`,
  );
  return `<nav class="contents" id="contents" aria-label="Contents"><ol>
${items.join('\n')}
</ol></nav>`;
}

/** One law: its sentence, whether it holds, its figures, its numbers. */
function renderSection(
  { section, number, word, claims }: PlacedSection,
  figures: readonly string[],
): string {
  const { id, title, law, text = [] } = section;
  return `<section class="law" id="${id}" aria-labelledby="${id}-title">
<h2 class="law-title" id="${id}-title"><span class="law-number">${number}</span>${renderText(title)}</h2>
<div class="law-statement" data-verdict="${lawVerdict(word)}">
<p>${renderText(law)}</p>
${lawMark(word)}
</div>
${renderParagraphs(text)}
${figures.join('\n')}
${renderSectionLaws(claims)}
</section>`;
}

/** The sections of a page after their contents; `figures` are drawn, one list a section. */
export function renderSections(
  sections: readonly PlacedSection[],
  figures: readonly (readonly string[])[],
): string {
  if (sections.length === 0) return '';
  return `<div class="sections">
${renderContents(sections)}
${sections.map((section, i) => renderSection(section, figures[i] ?? [])).join('\n')}
</div>`;
}
