import { formatCount, formatNumber, formatSeconds } from '../format/number.ts';
import type { Verdict } from '../verdict.ts';
import { escapeHtml } from './escape.ts';

function definitions(pairs: readonly (readonly [string, string])[]): string {
  return `<dl>${pairs.map(([term, html]) => `<div><dt>${term}</dt><dd>${html}</dd></div>`).join('\n')}</dl>`;
}

const code = (text: string): string => `<code>${escapeHtml(text)}</code>`;

/** What the verdict cost. */
export function renderCompute({ compute }: Verdict): string {
  return `<section>
<h2 id="compute">Compute spent</h2>
${definitions([
  ['Trials', formatCount(compute.trials)],
  ['Model steps', formatCount(compute.modelSteps)],
  ['Floating-point operations', formatNumber(compute.flops)],
  ['Time of all workers', formatSeconds(compute.seconds)],
  ...estimateOf(compute),
])}
</section>`;
}

function estimateOf({ estimate }: Verdict['compute']) {
  if (!estimate) return [];
  const { seconds, took } = estimate;
  const told = `${formatSeconds(seconds)} on the clock; it took ${formatSeconds(took)}`;
  return [['Last estimate', told] as const];
}

const commitText = ({ commit, dirty }: { readonly commit: string; readonly dirty: boolean }) =>
  `${code(commit)}${dirty ? ' with uncommitted changes' : ''}`;

/** What produced the numbers: commit, device, versions, data. */
export function renderProvenance({ provenance, profile }: Verdict): string {
  const { judgedAt, device, versions, startedAt, data } = provenance;
  const list = Object.entries(versions).map(([name, version]) => code(`${name} ${version}`));
  const hashes = data.map(
    ({ name, sha256 }) => `${escapeHtml(name)} <code class="hash">${escapeHtml(sha256)}</code>`,
  );
  return `<section>
<h2 id="provenance">Provenance</h2>
${definitions([
  ['Commit', commitText(provenance)],
  ...(judgedAt ? [['Judged and drawn at', commitText(judgedAt)] as const] : []),
  ['Device', `${code(device.kind)} ${escapeHtml(device.name)}`],
  ['Profile', code(profile)],
  ['Started', escapeHtml(startedAt)],
  ...(list.length > 0 ? [['Versions', list.join(' ')] as const] : []),
  ...replaysOf(provenance),
  ['Data', hashes.length > 0 ? hashes.join('<br>') : 'synthetic only'],
])}
</section>`;
}

function replaysOf({ replays }: Verdict['provenance']) {
  if (!replays) return [];
  const { made, same } = replays;
  const drawn = `${formatCount(made)} of the measurements, drawn at random, by another thread`;
  const told = same === made ? 'all came' : `${formatCount(same)} came`;
  return [['Made again', `${drawn}: ${told} to the same, to the bit`] as const];
}

/** The command that makes the page again. */
export function renderCommand(command: string): string {
  return `<section>
<h2 id="reproduce">Reproduce</h2>
<div class="command"><pre><code>${escapeHtml(command)}</code></pre></div>
</section>`;
}
