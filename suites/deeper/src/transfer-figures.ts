import {
  bestRate,
  type Figure,
  judgedLoss,
  pointLoss,
  RATE_INTERVAL,
  type SizedLosses,
  sweepOf,
  trendChart,
  tuningCurvesChart,
} from '@hyperlaw/report';
import { tunedStatus } from '@hyperlaw/sweep';
import { constantLoss } from '@hyperlaw/tasks';
import { titleOf } from './evidence.ts';
import type { Tuned } from './plan.ts';
import { multiplierTrend, ruleTitle } from './transfer.ts';

const ofTransfer = (tuned: readonly Tuned[]) => tuned.filter(({ group }) => group === 'transfer');

/** Loss against learning rate by depth, a panel a rule, in one task. */
export function ratesFigure(tuned: readonly Tuned[], task: string, title: string): Figure | null {
  const mine = ofTransfer(tuned).filter((arm) => arm.task.name === task);
  if (mine.length === 0) return null;
  const place = (arm: Tuned) => ({ facet: ruleTitle(arm), series: arm.depth });
  return {
    id: `rates-${task}`,
    title: `Loss against learning rate by depth: ${title}`,
    caption: `The rate alone is tuned here, all scales as theory sets them. Slices through the best rate of every depth, mean over the tuning seeds; the dot is the best rate with ${RATE_INTERVAL} (hollow on the edge of its range), a cross a rate at which some seed diverged. *Look for* minima on a vertical line (transfer): theory has them under $L^{-1/2}$ and under CompleteP, and has them move to the left for plain nets and for branches that are left alone. *Do not read* tuned losses off the minima: they are biased low by the search.`,
    chart: tuningCurvesChart({
      x: { title: 'learning rate' },
      y: { title: 'held-out loss' },
      series: { title: 'depth' },
      points: mine.flatMap((arm) =>
        sweepOf(arm.outcome).map((point) => ({
          ...place(arm),
          x: point.x,
          y: pointLoss(point),
        })),
      ),
      optima: mine.flatMap((arm) => {
        const { x, loss: y, interval, status } = bestRate(arm.outcome);
        if (x === null || y === null) return [];
        const ends = interval && { low: interval[0], high: interval[1] };
        return [{ ...place(arm), x, y, ...ends, edge: status === 'edge' }];
      }),
    }),
  };
}

/** The best learning rate against depth. */
export function driftFigure(tuned: readonly Tuned[]): Figure | null {
  const points = ofTransfer(tuned).map((arm) => {
    const { x, interval, status } = bestRate(arm.outcome);
    return {
      facet: titleOf(arm.task, arm.net),
      series: ruleTitle(arm),
      x: arm.depth,
      y: x,
      ...(interval && { low: interval[0], high: interval[1] }),
      edge: status === 'edge',
    };
  });
  if (points.length === 0) return null;
  const rates = points.flatMap(({ y, low, high }) => [y, low, high].filter((rate) => rate != null));
  return {
    id: 'drift',
    title: 'Where the best learning rate goes',
    caption: `The best rate against depth with all scales as theory sets them, with ${RATE_INTERVAL}; hollow on the edge of its range, a cross at the top where some seed diverged at every rate. *Look for* a flat line: a rate tuned on a shallow net then serves a deep one. *Do not read* single wiggles: rates stand on a lattice of factors of 2, and valleys are flat; the claims above average over tasks.`,
    chart: trendChart({
      x: { title: 'depth' },
      y: {
        title: 'best learning rate',
        scale: 'log2',
        ...(rates.length > 0 && { domain: [Math.min(...rates), Math.max(...rates)] as const }),
      },
      series: { title: 'net' },
      points,
    }),
  };
}

/** The best branch multiplier against depth, beside the exponents of theory. */
export function multiplierFigure(tuned: readonly Tuned[]): Figure | null {
  const trend = multiplierTrend(tuned);
  const [first, last] = [trend[0], trend[trend.length - 1]];
  if (!first || !last || trend.length < 2) return null;
  const line = (exponent: number, label: string) => ({
    label,
    points: [first.depth, last.depth].map(
      (depth) => [depth, 2 ** first.estimate * (depth / first.depth) ** exponent] as const,
    ),
  });
  return {
    id: 'multiplier',
    title: 'Where the best branch multiplier goes',
    caption:
      'What branches are multiplied by in all, tuned together with learning rate and init scale, at equal width; geometric mean over tasks, interval over tasks, arms on the edge of a range left out. *Look for* the slope: the lines, drawn through the first point, are $L^{-1/2}$ and $L^{-1}$. *Do not read* the level: init scale and multiplier trade against each other, and stand on lattices of factors of 2.',
    chart: trendChart({
      x: { title: 'depth' },
      y: { title: 'branch multiplier', scale: 'log2' },
      points: trend.map(({ depth: x, estimate, interval: [low, high] }) => ({
        ...{ x, y: 2 ** estimate, low: 2 ** low, high: 2 ** high },
      })),
      fits: [line(-1 / 2, '1/√L'), line(-1, '1/L')],
    }),
  };
}

/** What each rule comes to with its rate alone tuned, beside everything tuned. */
export function rulesFigure(
  tuned: readonly Tuned[],
  residual: readonly SizedLosses[],
): Figure | null {
  const arms = ofTransfer(tuned).filter(({ net }) => net === 'residual');
  if (arms.length === 0) return null;
  const tasks = residual.filter(({ task }) => arms.some((arm) => arm.task.name === task));
  const point = (
    facet: string,
    series: string,
    arm: SizedLosses['arms'][number],
    ceiling: number,
  ) => {
    const loss = judgedLoss(arm, ceiling);
    return {
      ...{ facet, series, x: arm.size, y: loss?.estimate ?? null },
      ...(loss && { low: loss.interval[0], high: loss.interval[1] }),
      edge: arm.status === 'edge',
    };
  };
  return {
    id: 'rules',
    title: 'What tuning scales is worth under each rule',
    caption:
      'Held-out loss at equal width with the rate alone tuned, by depth rule, beside residual nets of which rate, init scale and multiplier are tuned. Hollow points stand on the edge of a range, crosses at the top where nothing trained. *Look for* a rule that meets the line of what is tuned: it needs no more than its rate. CompleteP is no member of that family (its branches start $\\sqrt L$ times smaller) and might lie below it. *Do not read* the rules as they are practised: init scale and multiplier are 1 at depth 1.',
    chart: trendChart({
      x: { title: 'depth' },
      y: { title: 'held-out loss' },
      series: { title: 'tuned' },
      points: [
        ...tasks.flatMap(({ title, arms: own, ceiling }) =>
          own.map((arm) => point(title, 'all', arm, ceiling)),
        ),
        ...arms.map((arm) =>
          point(
            titleOf(arm.task, arm.net),
            `rate alone, ${ruleTitle(arm)}`,
            {
              size: arm.depth,
              losses: arm.outcome.judged.map(({ loss }) => loss),
              status: tunedStatus(arm.outcome),
            },
            constantLoss(arm.task),
          ),
        ),
      ],
    }),
  };
}
