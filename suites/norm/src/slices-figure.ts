import { type Figure, pointLoss, sweepOf, tuningCurvesChart } from '@hyperlaw/report';
import type { Tuned } from './plan.ts';
import { NEED } from './questions.ts';

/** Contestants whose slices are drawn: more would hide each other. */
const shown = ['pre-layer', 'pre-batch', 'none', 'tanh', 'spherical', 'scale-aware'];

/** Loss against the rate through the tuned setting, one panel a contest. */
export function slicesFigure(tuned: readonly Tuned[]): Figure | null {
  const firsts = [...new Set(tuned.map(({ contest }) => contest))].flatMap((contest) => {
    const own = tuned.filter((arm) => arm.contest === contest);
    return own.filter(({ task }) => task === own[0]?.task);
  });
  const arms = firsts.filter(({ contestant }) => shown.includes(contestant.id));
  const points = arms.flatMap(({ title, contestant, outcome }) =>
    sweepOf(outcome).map((point) => ({
      ...{ facet: title, series: contestant.title, x: point.x, y: pointLoss(point) },
    })),
  );
  if (points.length === 0) return null;
  return {
    id: 'slices',
    question: NEED.id,
    title: 'Loss against learning rate through the tuned settings',
    caption:
      'Validation loss on tuning seeds along the rate, the init scale held at its tuned value; one task of every contest. *Look for* curves with the same floor at other rates: there norms change where the optimum is, not how good it is. *Do not compare* rates of steps in proportion to weights with the others: they count lengths of the weights. A cross at the top is a rate at which a seed diverged; a line that leaves there is far above the rest. Every panel has a range of its own.',
    chart: tuningCurvesChart({
      x: { title: 'learning rate' },
      y: { title: 'validation loss' },
      series: { title: 'net' },
      points,
      range: 'own',
    }),
  };
}
