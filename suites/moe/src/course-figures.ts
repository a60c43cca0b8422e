import { type Figure, forestChart, meanInterval, trendChart } from '@hyperlaw/report';
import { type Axis, axes, axisNames } from './axes.ts';
import { CHECK_STEPS, SLOPE_MARGIN, wordOf } from './claims.ts';
import { type Look, PROBES, type roles } from './course.ts';
import type { WatchedNet } from './course-plan.ts';
import { drawn, labelOf } from './proposal-words.ts';
import { proposals } from './proposals.ts';
import { lookAt, roleSlopes } from './slopes.ts';

const roleTitles: Readonly<Record<(typeof roles)[number], string>> = {
  input: 'input layer',
  router: 'router',
  'expert-up': 'experts, first map',
  'expert-down': 'experts, second map',
  output: 'readout',
};

/** Exponents by role along one axis. */
export function slopesFigure(nets: readonly WatchedNet[], axis: Axis, step: number): Figure | null {
  const rows = roleSlopes(nets, step)
    .filter((own) => own.axis === axis)
    .map((own) => ({
      ...{ group: roleTitles[own.role], label: labelOf(own.proposals), verdict: wordOf(own) },
      effect: own.slope?.estimate ?? null,
      ...(own.slope && { low: own.slope.interval[0], high: own.slope.interval[1] }),
    }));
  if (rows.length === 0) return null;
  const after = step === CHECK_STEPS.early ? 'one step' : `${step} steps`;
  return {
    id: `slopes-${axis}-${step}`,
    title: `Coordinate check by role along ${axes[axis].title}, after ${after}`,
    caption: `Exponent, over the size, of the root mean square change of the coordinates of each role’s layer: the input layer’s, the router’s logits, the features of active experts, what the mixture gives, the output. Interval over seeds, at one learning rate. *Look for* 0: the role learns alike at every size. Above, it blows up with size; below, it freezes. *supported* is within ±${SLOPE_MARGIN}. *Do not read* this alone as transfer: coordinates can pass and the best rate still move.`,
    chart: forestChart({
      x: { title: 'exponent of the change over the size' },
      margins: [-SLOPE_MARGIN, SLOPE_MARGIN],
      rows,
      sides: { low: 'freezes', high: 'blows up' },
    }),
  };
}

interface Drawn {
  readonly facet: string;
  readonly series: string;
  readonly x: number;
  readonly values: readonly number[];
}

const pointOf = ({ values, ...place }: Drawn) => {
  if (values.length < 2) return [];
  const { estimate, interval } = meanInterval(values);
  return [{ ...place, y: estimate, low: interval[0], high: interval[1] }];
};

/** A number of the largest nets of every axis over training. */
function overTraining(nets: readonly WatchedNet[], value: (look: Look) => number) {
  return axisNames.flatMap((axis) => {
    const along = nets.filter((net) => net.axis === axis);
    const largest = Math.max(...along.map(({ ratio }) => ratio));
    const own = along.filter(({ ratio }) => ratio === largest);
    return drawn.flatMap((rule) => {
      const trained = own.filter(({ proposal }) => proposal === rule);
      return (trained[0]?.looks ?? []).flatMap(({ step }) =>
        pointOf({
          ...{
            facet: `${axes[axis].title} × ${largest}`,
            series: proposals[rule].title,
            x: step + 1,
          },
          values: trained.flatMap((net) => {
            const look = lookAt(net, step);
            return look ? [value(look)] : [];
          }),
        }),
      );
    });
  });
}

/** A number of all nets after training, against size. */
function overSizes(nets: readonly WatchedNet[], value: (look: Look) => number | null) {
  return axisNames.flatMap((axis) => {
    const along = nets.filter((net) => net.axis === axis);
    return drawn.flatMap((rule) => {
      const trained = along.filter(({ proposal }) => proposal === rule);
      return [...new Set(trained.map(({ ratio }) => ratio))].flatMap((ratio) =>
        pointOf({
          ...{ facet: axes[axis].title, series: proposals[rule].title, x: ratio },
          values: trained
            .filter((net) => net.ratio === ratio)
            .flatMap((net) => {
              const look = lookAt(net);
              return (look && value(look)) ?? [];
            }),
        }),
      );
    });
  });
}

/** How decided the router becomes. */
export function entropyFigure(nets: readonly WatchedNet[]): Figure {
  return {
    id: 'entropy',
    title: 'How decided the router is, over training',
    caption:
      'Mean entropy of the router’s distribution over experts (its sigmoids over their sum), over $\\ln E$, on held-out examples, in the largest net of every axis; interval over seeds; steps from 1 for the start. *Look for* lines that part: routers that start as output layers cannot tell experts apart at first (1), those that start as hidden layers can.',
    chart: trendChart({
      x: { title: '1 + step' },
      y: { title: 'router entropy over ln E', scale: 'linear' },
      series: { title: 'rule' },
      points: overTraining(nets, ({ load }) => load.entropy),
    }),
  };
}

/** How even the load is. */
export function loadFigure(nets: readonly WatchedNet[]): Figure {
  return {
    id: 'load',
    title: 'How uneven the load is, over training',
    caption:
      'The largest expert’s share of the assignments times the number of experts: 1 where all have as many examples. No load-balancing loss is trained on. *Look for* growth: the router collapses onto few experts.',
    chart: trendChart({
      x: { title: '1 + step' },
      y: { title: 'largest load over the mean load', scale: 'log2' },
      series: { title: 'rule' },
      points: overTraining(nets, ({ load }) => load.imbalance),
    }),
  };
}

/** Experts that no example is given to. */
export function deadFigure(nets: readonly WatchedNet[]): Figure {
  return {
    id: 'dead',
    title: 'Experts that see no example',
    caption: `Number of experts that none of ${PROBES} held-out examples is given to, after training, against size; interval over seeds. *Do not compare* with the number that chance leaves without one where there are many experts for few assignments.`,
    chart: trendChart({
      x: { title: 'size over the base' },
      y: { title: 'experts without an example', scale: 'linear' },
      series: { title: 'rule' },
      points: overSizes(nets, ({ load }) => load.dead),
    }),
  };
}

/** Whether training stays rich. */
export function richFigure(nets: readonly WatchedNet[]): Figure {
  return {
    id: 'rich',
    title: 'How far features move, against size',
    caption:
      'Change of the kernel of what the mixture gives, from the start to the end of training (1 less the cosine, [2010.15110](https://arxiv.org/abs/2010.15110)), at one learning rate for all; interval over seeds. *Look for* level lines: training stays as rich. Falling ones grow lazy with size.',
    chart: trendChart({
      x: { title: 'size over the base' },
      y: { title: 'kernel change' },
      series: { title: 'rule' },
      points: overSizes(nets, ({ features }) => features.kernel),
    }),
  };
}
