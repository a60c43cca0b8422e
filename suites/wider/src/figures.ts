import {
  type Claim,
  type Figure,
  forestChart,
  judgedLoss,
  pointLoss,
  RATE_INTERVAL,
  trendChart,
  tuningCurvesChart,
} from '@hyperlaw/report';
import type { Decision } from './decision-rule.ts';
import { bestRate, groupTitles, parameterizationTitles as series, sliceOf } from './drift.ts';
import { type Gap, scaleTrend } from './foil.ts';
import type { TaskMeasurements } from './measurements.ts';
import { BASE_WIDTH, type Cell, DEPTH, type Tuned } from './plan.ts';

const width = { title: 'width' };

/** Tuned loss against width, with the best reachable one where it is known and not zero. */
export function tunedLossFigure(
  named: readonly TaskMeasurements[],
  floors: ReadonlyMap<string, number>,
): Figure {
  return {
    id: 'tuned-loss',
    title: 'Tuned loss against width',
    caption:
      'Held-out loss with learning rate and init scale tuned at every width, mean over seeds that tuning never saw, 95 % intervals over seeds. *Look for* a line that still falls at the right end. *Do not read* the intervals as the whole uncertainty: tuning noise shows only in the scatter from width to width, and the rule counts it. Hollow points stand on the edge of their search range and only bound the tuned loss from above. A dotted rule is the best loss anyone can reach; where it is missing it is 0, or unknown.',
    chart: trendChart({
      x: width,
      y: { title: 'held-out loss' },
      series: { title: 'parameterization' },
      points: named.flatMap((task) =>
        (['mup', 'sp'] as const).flatMap((name) =>
          task[name].map((arm) => {
            const loss = judgedLoss(arm, task.ceiling);
            return {
              facet: task.title,
              series: series[name],
              x: arm.size,
              y: loss?.estimate ?? null,
              ...(loss && { low: loss.interval[0], high: loss.interval[1] }),
              edge: arm.status === 'edge',
            };
          }),
        ),
      ),
      rules: named.flatMap(({ task, title }) => {
        const floor = floors.get(task) ?? 0;
        return floor > 0 ? [{ y: floor, label: 'best reachable', facet: title }] : [];
      }),
    }),
  };
}

/** Effects of the named tasks, and of the sample, with the claims' verdicts. */
export function effectsFigure(claims: readonly Claim[], decision: Decision): Figure {
  const { sample } = decision;
  const typical = sample?.medianSlope;
  const learnt = sample && sample.effects.length - sample.ties;
  return {
    id: 'effects',
    title: 'What a doubling of width does to the tuned loss',
    caption:
      'Slope of $\\log_2$ loss per doubling of width in μP, with intervals that cover seeds and tuning noise (of the median: over tasks); colours are the verdicts of the rule below, after correction over tasks. −1 would halve the loss with every doubling. *Do not compare* tasks by size: a loss with a floor can only fall so far.',
    chart: forestChart({
      x: { title: 'change of log₂ loss per doubling of width' },
      sides: { low: 'wider is better', high: 'wider is worse' },
      rows: [
        ...decision.effects.map(({ title, slope }, i) => ({
          label: title,
          effect: slope.estimate,
          low: slope.interval[0],
          high: slope.interval[1],
          verdict: claims[i]?.verdict ?? ('inconclusive' as const),
        })),
        ...(typical
          ? [
              {
                label: `median of ${learnt} random tasks`,
                effect: typical.estimate,
                low: typical.interval[0],
                high: typical.interval[1],
                verdict:
                  claims.find(({ name }) => name.includes('median task'))?.verdict ??
                  ('inconclusive' as const),
              },
            ]
          : []),
      ],
    }),
  };
}

/** Loss against learning rate by width, SP beside μP, in one task. */
export function ratesFigure(
  { task, title }: TaskMeasurements,
  tuned: readonly Tuned[],
  groups: readonly Cell['group'][],
): Figure {
  const mine = groups.flatMap((group) =>
    tuned.filter((arm) => arm.group === group && arm.task.name === task),
  );
  const place = (arm: Tuned) => ({
    facet: seriesOf(arm, groups),
    series: arm.width,
  });
  return {
    id: `rates-${task}`,
    title: `Loss against learning rate: ${title}`,
    caption: `Slices through the tuned setting of every width, mean over the tuning seeds; the dot is the best rate with ${RATE_INTERVAL} (hollow on the edge of its range), a cross a rate at which some seed diverged. *Look for* minima on a vertical line (transfer) and for wider lines lying lower.${groups.length > 1 ? ' In the lower row the init scale is left alone: there theory has SP’s minima move to the left as width grows, and μP’s stay.' : ''} *Do not read* tuned losses off the minima: they are biased low by the search, and the first figure has them from fresh seeds.`,
    chart: tuningCurvesChart({
      x: { title: 'learning rate' },
      y: { title: 'held-out loss' },
      series: { title: 'width' },
      points: mine.flatMap((arm) =>
        sliceOf(arm).map((point) => ({ ...place(arm), x: point.x, y: pointLoss(point) })),
      ),
      optima: mine.flatMap((arm) => {
        const { x, loss: y, interval, status } = bestRate(arm);
        if (x === null || y === null) return [];
        const ends = interval && { low: interval[0], high: interval[1] };
        return [{ ...place(arm), x, y, ...ends, edge: status === 'edge' }];
      }),
    }),
  };
}

function seriesOf(
  { parameterization, group }: Tuned,
  groups: readonly Cell['group'][] = ['named', 'fixed'],
): string {
  const name = series[parameterization];
  return groups.length > 1 ? `${name}, ${groupTitles[group]}` : name;
}

/** The best learning rate against width. */
export function driftFigure(tuned: readonly Tuned[], named: readonly TaskMeasurements[]): Figure {
  const points = tuned
    .filter(({ group }) => group !== 'random')
    .map((arm) => {
      const { x, interval, status } = bestRate(arm);
      return {
        facet: named.find(({ task }) => task === arm.task.name)?.title ?? arm.task.name,
        series: seriesOf(arm),
        x: arm.width,
        y: x,
        ...(interval && { low: interval[0], high: interval[1] }),
        edge: status === 'edge',
      };
    });
  const rates = points.flatMap(({ y, low, high }) => [y, low, high].filter((rate) => rate != null));
  return {
    id: 'drift',
    title: 'Where the best learning rate goes',
    caption: `The best rate of every slice against width, with ${RATE_INTERVAL}; hollow on the edge of its range. *Look for* a flat line: a rate tuned on a narrow net then serves a wide one. *Do not read* single wiggles: rates stand on a lattice of factors of 2, and valleys are flat; the claims above average over tasks.`,
    chart: trendChart({
      x: width,
      y: {
        title: 'best learning rate',
        scale: 'log2',
        ...(rates.length > 0 && { domain: [Math.min(...rates), Math.max(...rates)] as const }),
      },
      series: { title: 'arms' },
      points,
    }),
  };
}

/** The tuned init scale against width. */
export function scaleFigure(tuned: readonly Tuned[]): Figure {
  return {
    id: 'init-scale',
    title: 'Where the best init scale goes',
    caption: `Tuned init scale $\\sigma$ at $\\gamma = 1$, geometric mean over tasks, interval over tasks; the richness at unit init scale is $\\gamma = \\sigma^{-${DEPTH + 1}}$, so that low is rich. *Look for* flat lines, where the best richness transfers too, and for the angle between the two: at equal $\\sigma$ the readout of SP starts $\\sqrt{n/${BASE_WIDTH}}$ times as large as that of $\\mu$P, which a smaller $\\sigma$ can undo. *Do not read* fine differences: scales stand on a lattice of factors of 2, and loss is flat around the best.`,
    chart: trendChart({
      x: width,
      y: { title: 'tuned init scale', scale: 'log2' },
      series: { title: 'parameterization' },
      points: (['mup', 'sp'] as const).flatMap((name) =>
        scaleTrend(tuned, name).map(({ width: x, estimate, interval: [low, high] }) => ({
          series: series[name],
          x,
          y: 2 ** estimate,
          low: 2 ** low,
          high: 2 ** high,
        })),
      ),
    }),
  };
}

/** The change of loss with each doubling. */
export function stepsFigure({ effects }: Decision): Figure {
  return {
    id: 'doublings',
    title: 'Where wider stops helping',
    caption:
      'Change of $\\log_2$ loss with each doubling (placed at the wider of the two widths), in μP, with intervals for one doubling at a time that cover seeds and tuning noise. *Look for* the last interval that misses 0: beyond it this profile cannot tell a doubling from none. *Do not count* single intervals that miss 0: the rule corrects over all doublings of a task.',
    chart: trendChart({
      x: { title: 'width after the doubling' },
      y: { title: 'change of log₂ loss', scale: 'linear' },
      points: effects.flatMap(({ title, steps }) =>
        steps.map(({ to, estimate, interval: [low, high] }) => ({
          facet: title,
          x: to,
          y: estimate,
          low,
          high,
        })),
      ),
      rules: effects.map(({ title }) => ({ y: 0, label: '', facet: title })),
    }),
  };
}

/** Tuned SP against tuned μP by width. */
export function gapFigure(gaps: readonly Gap[]): Figure {
  return {
    id: 'gap',
    title: 'What SP loses to μP once both are tuned',
    caption:
      'Mean over tasks of $\\log_2$ (tuned SP loss / tuned μP loss), interval over tasks; those in which either net stands on the edge of a range are left out. It is 0 at the base width, where both are the same network. *Look for* a trend: above 0, the one rate that SP has for all its layers costs something that no tuning of it gives back. *Do not read* it as what SP costs untuned.',
    chart: trendChart({
      x: width,
      y: { title: 'log₂ loss, SP over μP', scale: 'linear' },
      points: gaps.flatMap(({ width: x, mean }) =>
        mean ? [{ x, y: mean.estimate, low: mean.interval[0], high: mean.interval[1] }] : [],
      ),
      rules: [{ y: 0, label: 'no difference' }],
    }),
  };
}
