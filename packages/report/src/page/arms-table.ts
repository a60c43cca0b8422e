import { formatCount, formatInterval, formatNumber, powerLabel } from '../format/number.ts';
import type { Arm } from '../verdict.ts';
import { escapeHtml } from './escape.ts';

type Value = string | number | boolean;

/** `learningRate` as `learning rate`. */
function spaced(name: string): string {
  return name.replace(/([a-z0-9])([A-Z])/g, (_, a: string, b: string) => `${a} ${b.toLowerCase()}`);
}

/** A knob's value: powers of two as such, the rest to three digits. */
function knobWords(value: number): string {
  const exponent = Math.log2(value);
  if (value > 0 && Number.isInteger(exponent) && (exponent < 0 || exponent > 12)) {
    return powerLabel(2, exponent);
  }
  return formatNumber(value);
}

/** Names of the keys that any of the records has, in order of appearance. */
function keysOf(records: readonly Readonly<Record<string, Value>>[]): readonly string[] {
  return [...new Set(records.flatMap((record) => Object.keys(record)))];
}

function cell(value: Value | undefined): string {
  if (value === undefined) return '<td></td>';
  if (typeof value === 'number') return `<td class="number">${knobWords(value)}</td>`;
  return `<td>${escapeHtml(String(value))}</td>`;
}

/** Every arm after tuning, one table a task, folded away. */
export function renderArms(arms: readonly Arm[]): string {
  if (arms.length === 0) return '';
  const tasks = [...new Set(arms.map((arm) => arm.task))];
  const edges = arms.filter((arm) => arm.status === 'edge').length;
  const diverged = arms.filter((arm) => arm.status === 'diverged').length;
  const notes = [
    `${arms.length} tuned points in ${tasks.length} ${tasks.length === 1 ? 'task' : 'tasks'}`,
    ...(edges > 0 ? [`${edges} with an optimum on the edge of its range`] : []),
    ...(diverged > 0 ? [`${diverged} where nothing trained`] : []),
  ];
  return `<section>
<h2 id="arms">Arms</h2>
<details><summary>${notes.join('; ')}</summary>
${tasks
  .map((task) =>
    renderTask(
      task,
      arms.filter((arm) => arm.task === task),
    ),
  )
  .join('\n')}
</details>
</section>`;
}

function renderTask(task: string, arms: readonly Arm[]): string {
  const shapes = keysOf(arms.map((arm) => arm.shape));
  const knobs = keysOf(arms.map((arm) => arm.knobs));
  const named = arms.some((arm) => arm.parameterization !== undefined);
  const head = [
    ...(named ? ['parameterization'] : []),
    ...[...shapes, ...knobs].map(spaced),
    'loss [interval]',
    'seeds',
    'trials',
    'diverged',
    'optimum',
  ];
  const rows = arms.map((arm) => {
    const loss = arm.loss === null ? '–' : formatInterval(arm.loss, arm.interval);
    return `<tr>${named ? cell(arm.parameterization) : ''}${shapes.map((key) => cell(arm.shape[key])).join('')}${knobs
      .map((key) => cell(arm.knobs[key]))
      .join(
        '',
      )}<td class="number">${loss}</td><td class="number">${formatCount(arm.seeds)}</td><td class="number">${formatCount(
      arm.trials,
    )}</td><td class="number">${formatCount(arm.diverged)}</td><td data-status="${arm.status}">${arm.status}</td></tr>`;
  });
  return `<div class="scroll" tabindex="0" role="region" aria-label="${escapeHtml(task)}"><table class="arms">
<caption><code>${escapeHtml(task)}</code></caption>
<thead><tr>${head.map((name) => `<th scope="col">${escapeHtml(name)}</th>`).join('')}</tr></thead>
<tbody>
${rows.join('\n')}
</tbody>
</table></div>`;
}
