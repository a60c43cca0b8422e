import { type Figure, sharesChart } from '@hyperlaw/report';
import { type Decision, whereTitles } from './decision-rule.ts';
import { comparisons } from './equal-budgets.ts';

/** Shares of the random tasks in which the deeper net wins, by what is held equal. */
export function sharesFigure({ parts }: Decision): Figure | null {
  const rows = comparisons.flatMap((comparison) => {
    const { sample } = parts[comparison];
    const where = whereTitles[comparison].replace('at ', '');
    return (sample ? [sample.overall, ...sample.steps] : []).flatMap(
      ({ label, count, total, share }) => {
        if (share === null) return [];
        const [low, high] = share.interval;
        return [{ label: `${where}: ${label}`, count, total, low, high }];
      },
    );
  });
  if (rows.length === 0) return null;
  return {
    id: 'random-tasks',
    title: 'Tasks drawn at random in which deeper wins',
    caption:
      'Share of the random tasks in which the deeper of two tuned residual nets has the lower held-out loss, with exact (Clopper–Pearson) intervals; tasks of which neither learnt anything are left out. *Do not read* a task’s win as significant: a coin would win half of them, and what the sample says is how far the share lies from ½.',
    chart: sharesChart({ x: { title: 'share of tasks in which the deeper net wins' }, rows }),
  };
}
