import { type Figure, lawChart } from '@hyperlaw/report';
import { tradeOffAt } from '@hyperlaw/theory';
import { fitOf } from './race-claims.ts';
import type { TaskRaces } from './races.ts';

export function raceFigures(tasks: readonly TaskRaces[]): readonly Figure[] {
  return [stepsFigure(tasks), collapseFigure(tasks)];
}

function stepsFigure(tasks: readonly TaskRaces[]): Figure {
  return {
    id: 'gradient-noise-steps',
    title: 'Steps to a loss against batch size',
    caption:
      'Fewest steps to the target with the learning rate tuned at every batch size, 95 % intervals over runs. Dotted: $B_\\text{crit}$ of the hyperbola, and $B_\\text{simple}$ where the target is reached. *Look for* a halving with every doubling on the left, no gain on the right, and the turn near the dotted lines. *Do not read* $B_\\text{simple}$ as a prediction of $B_\\text{crit}$: it holds to a factor only.',
    chart: lawChart({
      x: { title: 'batch size', scale: 'log2' },
      y: { title: 'steps to the target', scale: 'log10' },
      theory: tasks.flatMap(({ title, races, exact, ...rest }) => {
        const fit = fitOf({ title, races, exact, ...rest });
        const batches = fine(races.map(({ batch }) => batch));
        return [
          {
            facet: title,
            label: 'hyperbola, fitted',
            points: batches.map((batch) => [batch, tradeOffAt(fit, batch).steps] as const),
          },
          ...(exact
            ? [
                {
                  facet: title,
                  label: 'exact recursion',
                  stroke: 'dashed' as const,
                  points: races.map(({ batch }) => [batch, exact(batch)] as const),
                },
              ]
            : []),
        ];
      }),
      measured: tasks.flatMap(({ title, points, edges }) =>
        [...points, ...edges].map(({ batch, steps, interval, edge }) => ({
          facet: title,
          x: batch,
          y: steps,
          low: interval[0],
          high: interval[1],
          ...(edge && { edge }),
        })),
      ),
      rules: tasks.flatMap(batchRules),
    }),
  };
}

/** B_crit and B_simple; one name for both where there is no room for two. */
function batchRules(task: TaskRaces) {
  const [critical, simple] = [fitOf(task).criticalBatchSize, task.noiseScales.target];
  const close = Math.abs(Math.log2(critical / simple)) < 2;
  const [left, right] = critical < simple ? ['B_crit', 'B_simple'] : ['B_simple', 'B_crit'];
  const rule = { axis: 'x' as const, facet: task.title };
  return [
    { ...rule, at: Math.min(critical, simple), label: close ? '' : left },
    { ...rule, at: Math.max(critical, simple), label: close ? `${left}, ${right}` : right },
  ];
}

function collapseFigure(tasks: readonly TaskRaces[]): Figure {
  return {
    id: 'gradient-noise-hyperbola',
    title: 'One hyperbola',
    caption:
      'Examples against steps to the target, each over its fitted minimum; one point a batch size, small batches at the lower right. *Look for* three tasks on one curve: at the corner, twice the least steps cost twice the least examples. *Do not read* points within the corner as noise: the exact recursion of linear regression turns more sharply than a hyperbola.',
    chart: lawChart({
      x: { title: 'steps over the least, S/S_min', scale: 'log2' },
      y: { title: 'examples over the least, E/E_min', scale: 'log2' },
      series: { title: 'task' },
      theory: [
        {
          label: '(S/S_min − 1)(E/E_min − 1) = 1',
          points: fine([2 ** -6, 2 ** 6]).map((b) => [1 + 1 / b, 1 + b] as const),
        },
      ],
      measured: tasks.flatMap((task) => {
        const fit = fitOf(task);
        return task.points.map(({ batch, steps, interval }) => ({
          series: task.title,
          x: steps / fit.minimumSteps,
          y: (steps * batch) / fit.minimumExamples,
          low: (interval[0] * batch) / fit.minimumExamples,
          high: (interval[1] * batch) / fit.minimumExamples,
        }));
      }),
    }),
  };
}

/** Sixty-one values from the least to the largest. */
function fine(ends: readonly number[]): readonly number[] {
  const [low, high] = [Math.min(...ends), Math.max(...ends)];
  return Array.from({ length: 61 }, (_, i) => low * (high / low) ** (i / 60));
}
