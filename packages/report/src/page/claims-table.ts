import { formatInterval, formatPValue } from '../format/number.ts';
import type { Claim } from '../verdict.ts';
import { escapeHtml } from './escape.ts';
import { renderText } from './rich-text.ts';
import { verdictMark } from './verdict-mark.ts';

/** What all claims have in common, said once below the table. */
function shared(claims: readonly Claim[], key: 'unit' | 'test'): string | undefined {
  const [first, ...rest] = claims.map((claim) => claim[key]);
  return rest.length > 0 && rest.every((value) => value === first) ? first : undefined;
}

function renderClaim(claim: Claim, common: Partial<Record<'unit' | 'test', string | undefined>>) {
  const { name, task, verdict, effect, interval, test, pValue, unit, note } = claim;
  const numbers = effect === null ? 'not measured' : formatInterval(effect, interval);
  const small = [
    ...(task === null ? [] : [`<code>${escapeHtml(task)}</code>`]),
    ...(common.test === undefined ? [renderText(test)] : []),
    ...(note === undefined ? [] : [renderText(note)]),
  ];
  return `<tr>
<th scope="row" data-label="Claim">${renderText(name)}<small>${small.join(' · ')}</small></th>
<td data-label="Effect" class="number">${numbers}${unit === undefined || common.unit !== undefined ? '' : `<small>${renderText(unit)}</small>`}</td>
<td data-label="p" class="number">${pValue === null ? '–' : escapeHtml(formatPValue(pValue))}</td>
<td data-label="Verdict">${verdictMark(verdict)}</td>
</tr>`;
}

/** The claims from which the verdict follows, or those of them that no other table shows. */
export function renderClaims(
  claims: readonly Claim[],
  { title = 'Claims', id = 'claims' }: { readonly title?: string; readonly id?: string } = {},
): string {
  if (claims.length === 0) return '';
  const common = { unit: shared(claims, 'unit'), test: shared(claims, 'test') };
  const notes = [
    ...(common.unit === undefined ? [] : [`Effect: ${renderText(common.unit)}.`]),
    ...(common.test === undefined ? [] : [`Test: ${renderText(common.test)}.`]),
  ];
  return `<section>
<h2 id="${id}">${escapeHtml(title)}</h2>
<table class="claims">
<thead><tr><th scope="col">Claim</th><th scope="col" class="number">Effect [interval]</th><th scope="col" class="number"><em>p</em></th><th scope="col">Verdict</th></tr></thead>
<tbody>
${claims.map((claim) => renderClaim(claim, common)).join('\n')}
</tbody>
</table>
${notes.length > 0 ? `<p class="table-notes">${notes.join(' ')}</p>` : ''}
</section>`;
}
