import { type Figure, sharesChart } from '@hyperlaw/report';
import type { Decision } from './decision-rule.ts';

/** Shares of the random tasks in which the wider net wins. */
export function sharesFigure({ sample }: Decision): Figure | null {
  if (!sample) return null;
  return {
    id: 'random-tasks',
    title: 'Tasks drawn at random in which wider wins',
    caption:
      'Share of the random tasks in which the wider of two tuned nets has the lower held-out loss, with exact (Clopper–Pearson) intervals; tasks of which neither learnt anything are left out. *Do not read* a task’s win as significant: a coin would win half of them, and what the sample says is how far the share lies from ½.',
    chart: sharesChart({
      x: { title: 'share of tasks in which the wider net wins' },
      rows: [sample.overall, ...sample.steps].flatMap(({ label, count, total, share }) =>
        share ? [{ label, count, total, low: share.interval[0], high: share.interval[1] }] : [],
      ),
    }),
  };
}
