import katex from 'katex';
import { escapeHtml } from './escape.ts';
import type { RichText } from './page.ts';

/** The marks of rich text; whatever stands between them is escaped. Dollar signs of prose are written `\$`. */
const MARKS =
  /\$\$(?<display>[^$]+)\$\$|\$(?<inline>[^$\n]+)\$|`(?<code>[^`\n]+)`|\*(?<emphasis>[^*\s](?:[^*\n]*[^*\s])?)\*|\[(?<words>[^\]\n]+)\]\((?<link>https:\/\/[^\s()]+)\)|\\(?<literal>[$`*[\\])/g;

/** TeX as HTML and MathML; faulty TeX is shown in red, never thrown; no TeX can load or link to anything. */
function typeset(tex: string, displayMode: boolean): string {
  return katex.renderToString(tex, {
    displayMode,
    output: 'htmlAndMathml',
    throwOnError: false,
    strict: 'ignore',
    trust: false,
    maxExpand: 200,
    maxSize: 20,
  });
}

/** Plain words, escaped; a number stays on one line with its per cent sign. */
function words(text: string): string {
  return escapeHtml(text.replace(/(\d) %/g, '$1\u202f%'));
}

/** Rich text as HTML of one paragraph's content. */
export function renderText(text: RichText): string {
  let html = '';
  let from = 0;
  for (const match of text.matchAll(MARKS)) {
    html += words(text.slice(from, match.index));
    from = match.index + match[0].length;
    const { display, inline, code, emphasis, words: linked, link, literal } = match.groups ?? {};
    if (display !== undefined) html += typeset(display, true);
    else if (inline !== undefined) html += typeset(inline, false);
    else if (code !== undefined) html += `<code>${escapeHtml(code)}</code>`;
    else if (emphasis !== undefined) html += `<em>${renderText(emphasis)}</em>`;
    else if (linked !== undefined && link !== undefined) {
      html += `<a href="${escapeHtml(link)}" rel="noreferrer">${words(linked)}</a>`;
    } else html += escapeHtml(literal ?? '');
  }
  return html + words(text.slice(from));
}

/** Rich text without its marks, for titles and attributes. */
export function plainText(text: RichText): string {
  return text.replace(
    MARKS,
    (_, display, inline, code, emphasis, words, _link, literal) =>
      display ?? inline ?? code ?? emphasis ?? words ?? literal ?? '',
  );
}

/** Paragraphs of rich text. */
export function renderParagraphs(paragraphs: readonly RichText[]): string {
  return paragraphs.map((text) => `<p>${renderText(text)}</p>`).join('\n');
}

/** A list of rich text. */
export function renderList(items: readonly RichText[]): string {
  return `<ul>\n${items.map((text) => `<li>${renderText(text)}</li>`).join('\n')}\n</ul>`;
}
