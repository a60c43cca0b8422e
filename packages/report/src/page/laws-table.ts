import { formatInterval, formatNumber, formatPValue } from '../format/number.ts';
import type { Claim } from '../verdict.ts';
import { escapeHtml } from './escape.ts';
import { lawMark, lawTally, lawWord } from './law-mark.ts';
import type { PlacedSection } from './page-parts.ts';
import { renderText } from './rich-text.ts';

const HEAD = `<thead><tr><th scope="col">Law</th><th scope="col" class="number">Predicted</th><th scope="col" class="number">Measured [interval]</th><th scope="col">Tolerance</th><th scope="col">Holds</th></tr></thead>`;

/** Rich text as a link to a section, unless it brings a link of its own. */
function linked(html: string, href: string): string {
  return html.includes('<a ') ? html : `<a class="law-link" href="${href}">${html}</a>`;
}

function predictedOf({ predicted }: Claim): string {
  if (predicted === undefined) return '–';
  return typeof predicted === 'number' ? formatNumber(predicted) : renderText(predicted);
}

function cells(claim: Claim): string {
  const { effect, interval, unit, tolerance, verdict } = claim;
  const small = unit === undefined ? '' : `<small>${renderText(unit)}</small>`;
  return `<td data-label="Predicted" class="law-cell number">${predictedOf(claim)}</td>
<td data-label="Measured" class="law-cell number">${effect === null ? '–' : `${formatInterval(effect, interval)}${small}`}</td>
<td data-label="Tolerance" class="law-cell">${tolerance === undefined ? '–' : renderText(tolerance)}</td>
<td data-label="Holds" class="law-cell">${lawMark(lawWord(verdict, effect))}</td>`;
}

/** The rows of a section: under its title where it has many, alone where it has one. */
function sectionRows({ section, number, word, claims }: PlacedSection): string {
  const href = `#${section.id}`;
  const [only] = claims;
  const digits = `<span class="law-number">${number}</span>`;
  if (claims.length === 1 && only) {
    return `<tbody><tr class="law-row"><th scope="row" class="law-name">${digits}${linked(renderText(only.name), href)}</th>\n${cells(only)}</tr></tbody>`;
  }
  const shown = claims.slice(0, section.headlines);
  const rest = claims.slice(shown.length);
  const last = (index: number) =>
    rest.length === 0 && index === shown.length - 1 ? ' law-last' : '';
  const rows = [
    ...shown.map(
      (claim, i) =>
        `<tr class="law-part${last(i)}"><th scope="row" class="law-name">${linked(renderText(claim.name), href)}</th>\n${cells(claim)}</tr>`,
    ),
    ...(rest.length === 0 ? [] : [moreRow(rest, href)]),
  ];
  return `<tbody>
<tr class="law-group${claims.length === 0 ? ' law-last' : ''}"><th scope="rowgroup" colspan="4" class="law-name">${digits}${linked(renderText(section.title), href)}</th><td>${lawMark(word)}</td></tr>
${rows.join('\n')}
</tbody>`;
}

/** What stands in the section alone, counted by how it came out. */
function moreRow(claims: readonly Claim[], href: string): string {
  const words = claims.map(({ verdict, effect }) => lawWord(verdict, effect));
  return `<tr class="law-part law-more law-last"><td colspan="5" class="law-more-rest"><a class="law-link" href="${href}">and ${claims.length} more in the section</a>${lawTally(words)}</td></tr>`;
}

/**
 * All laws at a glance: predicted, measured with interval, tolerance, and whether each holds, by section and with
 * links to them. `loose` are laws of no section.
 */
export function renderLaws(sections: readonly PlacedSection[], loose: readonly Claim[]): string {
  const rows = [
    ...sections.map(sectionRows),
    ...(loose.length > 0
      ? [
          `<tbody>${loose.map((claim) => `<tr class="law-row"><th scope="row" class="law-name">${renderText(claim.name)}</th>\n${cells(claim)}</tr>`).join('\n')}</tbody>`,
        ]
      : []),
  ];
  if (rows.length === 0) return '';
  const words = [
    ...sections.map(({ word }) => word),
    ...loose.map(({ verdict, effect }) => lawWord(verdict, effect)),
  ];
  return `<section>
<h2 id="laws">Laws</h2>
${lawTally(words)}
<table class="laws laws-all">
${HEAD}
${rows.join('\n')}
</table>
</section>`;
}

/** The laws of one section, with task, test and note. */
export function renderSectionLaws(claims: readonly Claim[]): string {
  if (claims.length === 0) return '';
  const rows = claims.map((claim) => {
    const { name, task, test, pValue, note } = claim;
    const small = [
      ...(task === null ? [] : [`<code>${escapeHtml(task)}</code>`]),
      ...(test === '' ? [] : [renderText(test)]),
      ...(pValue === null ? [] : [`<em>p</em> ${p(pValue)}`]),
      ...(note === undefined ? [] : [renderText(note)]),
    ];
    return `<tr class="law-row"><th scope="row" class="law-name">${renderText(name)}<small>${small.join(' · ')}</small></th>\n${cells(claim)}</tr>`;
  });
  return `<table class="laws law-claims">
${HEAD}
<tbody>
${rows.join('\n')}
</tbody>
</table>`;
}

function p(value: number): string {
  const text = escapeHtml(formatPValue(value));
  return value < 0.001 ? text : `= ${text}`;
}
