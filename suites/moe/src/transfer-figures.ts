import {
  bestRate,
  DRIFT_MARGIN,
  type Figure,
  forestChart,
  judgedLoss,
  meanInterval,
  pointLoss,
  RATE_INTERVAL,
  sweepOf,
  trendChart,
  tuningCurvesChart,
} from '@hyperlaw/report';
import { constantLoss, shortLaw } from '@hyperlaw/tasks';
import { type Axis, axes, axisNames } from './axes.ts';
import type { Decision } from './decision-rule.ts';
import { groupsOf, lineOf } from './evidence.ts';
import type { Tuned } from './plan.ts';
import { drawn, labelOf } from './proposal-words.ts';
import { type Proposal, proposals } from './proposals.ts';

const times = (ratio: number) => `× ${ratio}`;

/** Loss against rate by size along one axis, a panel a distinct training, in one task. */
export function ratesFigure(tuned: readonly Tuned[], axis: Axis, task: Tuned['task']): Figure {
  const panels = groupsOf(tuned, axis).map((own) => ({
    facet: labelOf(own),
    line: lineOf(tuned, { axis, proposal: own[0] as Proposal, task: task.name }),
  }));
  const cells = panels.flatMap(({ facet, line }) => line.map((cell) => ({ facet, cell })));
  return {
    id: `rates-${axis}`,
    title: `Loss against learning rate along ${axes[axis].title}: ${shortLaw(task.law)}`,
    caption: `Grows: ${axes[axis].grows}. Slices through the best rate at every size (in multiples of the base net, × 1), mean over tuning seeds; the dot is the best rate with ${RATE_INTERVAL} (hollow on the edge of its range), a cross a rate at which some seed diverged. Rules that train alike share a panel. *Look for* minima on a vertical line: a rate tuned at one size then serves the others. *Do not read* tuned losses off the minima, which are biased low by the search.`,
    chart: tuningCurvesChart({
      x: { title: 'learning rate' },
      y: { title: 'held-out loss' },
      series: { title: 'size' },
      points: cells.flatMap(({ facet, cell: { ratio, outcome } }) =>
        sweepOf(outcome).map((point) => ({
          ...{ facet, series: times(ratio), x: point.x, y: pointLoss(point) },
        })),
      ),
      optima: cells.flatMap(({ facet, cell: { ratio, outcome } }) => {
        const { x, loss: y, interval, status } = bestRate(outcome);
        if (x === null || y === null) return [];
        const ends = interval && { low: interval[0], high: interval[1] };
        return [{ facet, series: times(ratio), x, y, ...ends, edge: status === 'edge' }];
      }),
    }),
  };
}

/** Every drift with its interval. */
export function driftFigure({ claims }: Decision): Figure {
  return {
    id: 'drift',
    title: 'How far the best rate moves as a mixture grows',
    caption: `Doublings of the best learning rate for each doubling of the size, mean over tasks with the interval over tasks, by what grows; rules that train alike along an axis share a row (fixed experts are everywhere the router as output, the bottleneck is all-scaling). *Look for* rows at 0. *supported* means an interval within ±${DRIFT_MARGIN}, *refuted* a drift that is surely beyond. *Do not read* a row outside a rule’s scope as its failure: the table of claims says which are inside.`,
    chart: forestChart({
      x: { title: 'doublings of the best rate per doubling of the size' },
      margins: [-DRIFT_MARGIN, DRIFT_MARGIN],
      rows: claims.map(({ axis, proposals: own, claim }) => ({
        ...{ group: axes[axis].title, label: labelOf(own), effect: claim.effect },
        ...(claim.interval && { low: claim.interval[0], high: claim.interval[1] }),
        verdict: claim.verdict,
      })),
      sides: { low: 'larger nets want smaller rates', high: 'larger rates' },
    }),
  };
}

interface Line {
  readonly axis: Axis;
  readonly proposal: Proposal;
  readonly ratio: number;
  /** One number a task, log2 of a ratio to the base. */
  readonly values: readonly number[];
}

/** A number of every arm over that of the base under the same rule, by axis, distinct training and size. */
function againstBase(
  tuned: readonly Tuned[],
  value: (cell: Tuned) => number | null,
): readonly Line[] {
  const tasks = [...new Set(tuned.map(({ task }) => task.name))];
  return axisNames.flatMap((axis) =>
    drawn.flatMap((proposal) => {
      const lines = tasks.map((task) => lineOf(tuned, { axis, proposal, task }));
      const ratios = [...new Set(lines.flatMap((line) => line.map(({ ratio }) => ratio)))];
      return ratios.map((ratio): Line => {
        const values = lines.flatMap((line) => {
          const [cell, base] = [ratio, 1].map((at) => line.find((each) => each.ratio === at));
          const [one, other] = [cell, base].map((each) => (each ? value(each) : null));
          return one && other ? [Math.log2(one / other)] : [];
        });
        return { axis, proposal, ratio, values };
      });
    }),
  );
}

const pointOf = ({ axis, proposal, ratio, values }: Line) => {
  const place = { facet: axes[axis].title, series: proposals[proposal].title, x: ratio };
  if (values.length < 2) return [];
  const { estimate, interval } = meanInterval(values);
  return [{ ...place, y: 2 ** estimate, low: 2 ** interval[0], high: 2 ** interval[1] }];
};

/** The best rate against size, over that of the base. */
export function bestRatesFigure(tuned: readonly Tuned[]): Figure {
  const points = againstBase(tuned, ({ outcome }) => {
    const { x, status } = bestRate(outcome);
    return status === 'interior' ? x : null;
  }).flatMap(pointOf);
  return {
    id: 'best-rates',
    title: 'Where the best rate goes',
    caption:
      'The best learning rate over that of the base net under the same rule (size 1), geometric mean over tasks with the interval over tasks, by what grows. Rules that train alike lie on one another. *Look for* level lines. *Do not read* the level at sizes where few tasks have an interior optimum; those have wide intervals, or no point.',
    chart: trendChart({
      x: { title: 'size over the base' },
      y: { title: 'best rate over the base’s', scale: 'log2' },
      series: { title: 'rule' },
      points,
      rules: axisNames.map((axis) => ({ y: 1, label: '', facet: axes[axis].title })),
    }),
  };
}

/** The tuned loss against size, over that of the base. */
export function lossesFigure(tuned: readonly Tuned[]): Figure {
  const points = againstBase(tuned, ({ outcome, task }) => {
    const losses = outcome.judged.map(({ loss }) => loss);
    return judgedLoss({ losses }, constantLoss(task))?.estimate ?? null;
  }).flatMap(pointOf);
  return {
    id: 'losses',
    title: 'What size is worth once the rate is tuned',
    caption:
      'Tuned held-out loss on fresh seeds over that of the base net under the same rule, geometric mean over tasks with the interval over tasks. *Look for* lines that turn upwards: there a larger net is worse although its rate is tuned, which 2605.14200 reports of $\\mu$P where numbers of experts grow. *Do not compare* axes by their slopes: a doubling costs differently along each.',
    chart: trendChart({
      x: { title: 'size over the base' },
      y: { title: 'tuned loss over the base’s', scale: 'log2' },
      series: { title: 'rule' },
      points,
      rules: axisNames.map((axis) => ({ y: 1, label: '', facet: axes[axis].title })),
    }),
  };
}
