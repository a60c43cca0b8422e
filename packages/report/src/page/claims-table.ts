import { formatInterval, formatPValue } from '../format/number.ts';
import type { Claim } from '../verdict.ts';
import { escapeHtml } from './escape.ts';
import { renderText } from './rich-text.ts';
import { verdictMark } from './verdict-mark.ts';

function renderClaim({ name, task, verdict, effect, interval, test, pValue, unit, note }: Claim) {
  const numbers = effect === null ? 'not measured' : formatInterval(effect, interval);
  const small = [
    ...(task === null ? [] : [`<code>${escapeHtml(task)}</code>`]),
    renderText(test),
    ...(note === undefined ? [] : [renderText(note)]),
  ];
  return `<tr>
<th scope="row" data-label="Claim">${renderText(name)}<small>${small.join(' · ')}</small></th>
<td data-label="Effect" class="number">${numbers}${unit === undefined ? '' : `<small>${renderText(unit)}</small>`}</td>
<td data-label="p" class="number">${pValue === null ? '–' : escapeHtml(formatPValue(pValue))}</td>
<td data-label="Verdict">${verdictMark(verdict)}</td>
</tr>`;
}

/** The claims from which the verdict follows. */
export function renderClaims(claims: readonly Claim[]): string {
  if (claims.length === 0) return '';
  return `<section>
<h2 id="claims">Claims</h2>
<table class="claims">
<thead><tr><th scope="col">Claim</th><th scope="col" class="number">Effect [interval]</th><th scope="col" class="number"><em>p</em></th><th scope="col">Verdict</th></tr></thead>
<tbody>
${claims.map(renderClaim).join('\n')}
</tbody>
</table>
</section>`;
}
