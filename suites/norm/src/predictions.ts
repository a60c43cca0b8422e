import type { Evidence } from '@hyperlaw/cli';
import { log2Losses } from '@hyperlaw/report';
import { constantLoss, type Task, taskTitles } from '@hyperlaw/tasks';
import type { Prediction } from './account-rule.ts';
import type { Watched } from './course.ts';
import {
  bestCourse,
  effectiveRateSlopes,
  growthExponents,
  lastRank,
  scaleSlope,
} from './course-readings.ts';
import { contestsOf } from './evidence.ts';
import { NEED_MARGIN } from './need-rule.ts';
import {
  courseExponents,
  courseOf,
  phenomenaScale,
  phenomenonTasks,
  planeOf,
  type Rates,
  rateExponents,
  stopsOf,
} from './phenomena-plan.ts';
import { doses, kinds, type Phenomenon, placements } from './phenomenon-nets.ts';
import {
  basin,
  bestLoss,
  bestRateAt,
  type PlaneReading,
  readPlane,
  slope,
  tunedAt,
} from './plane-readings.ts';

type Values = readonly number[] | null;

const [none, layer, rms, batch] = kinds as readonly [
  Phenomenon,
  Phenomenon,
  Phenomenon,
  Phenomenon,
];
const normed = [layer, rms, batch];
const [noneAmongBlocks, ...placed] = placements as readonly [Phenomenon, ...Phenomenon[]];

export const titleOf = ({ law, name }: Task): string => taskTitles[law.kind] ?? name;

/** A plane as it is read; null where it could not be made. */
export function readingOf(
  evidence: Evidence,
  task: Task,
  phenomenon: Phenomenon,
  rates: Rates = 'one',
): PlaneReading | null {
  const plane = planeOf(evidence, task, phenomenon, rates);
  const { scales } = phenomenaScale(evidence.profile);
  return (
    plane &&
    readPlane(plane, {
      ...{ ceiling: constantLoss(task), rates: rateExponents(evidence.profile, rates), scales },
    })
  );
}

const mean = (values: readonly number[]) =>
  values.reduce((sum, value) => sum + value, 0) / values.length;

/** Seed by seed, the mean of several; null where one is missing. */
function meanOf(all: readonly Values[]): Values {
  if (all.length === 0 || all.includes(null)) return null;
  const rows = all as readonly (readonly number[])[];
  return (rows[0] ?? []).map((_, seed) => mean(rows.map((row) => row[seed] as number)));
}

function minus(a: Values, b: Values): Values {
  return a && b && a.map((value, seed) => value - (b[seed] as number));
}

/** What the loss rises by where weights start four times too small or too large and the rate is tuned again, in log2. */
function misscaled(reading: PlaneReading | null, side: 'small' | 'large' | 'both'): Values {
  if (reading === null) return null;
  const { scales } = reading;
  const at = (scale: number) => tunedAt(reading, scales.indexOf(scale));
  const [small, large] = [minus(at(1 / 4), at(1)), minus(at(4), at(1))];
  return side === 'small' ? small : side === 'large' ? large : meanOf([small, large]);
}

/** Slope by seed of the log2 best rate over the log2 init scale. */
export function rateSlope(reading: PlaneReading | null): Values {
  if (reading === null) return null;
  const rows = reading.scales.map((_, s) => bestRateAt(reading, s));
  return (rows[0] ?? []).map((_, seed) =>
    slope(
      reading.scales.map(Math.log2),
      rows.map((row) => row[seed] as number),
    ),
  );
}

/** Basins of some nets at some scales (by index), measured by one yardstick: the best loss of the worst of them. */
export function basinsOf(
  readings: readonly (PlaneReading | null)[],
  of: (reading: PlaneReading) => readonly number[],
): readonly Values[] {
  const known = readings.filter((reading) => reading !== null);
  const reference = Math.max(...known.map(bestLoss));
  return readings.map((reading) => reading && basin(reading, { reference, scales: of(reading) }));
}

/** The scales that basins are measured over. */
export const usualScale = ({ scales }: PlaneReading): readonly number[] => [scales.indexOf(1)];
export const everyScale = ({ scales }: PlaneReading): readonly number[] => scales.map((_, s) => s);

/** All that theory predicts, with what was measured. */
export function predictionsOf(evidence: Evidence): readonly Prediction[] {
  const { profile } = evidence;
  const { depth, deep } = phenomenaScale(profile);
  const all = phenomenonTasks(profile, evidence.tasks);
  const over = (of: (task: Task) => Values) => ({
    tasks: all.flatMap((task) => {
      const seeds = of(task);
      return seeds ? [{ title: titleOf(task), seeds }] : [];
    }),
  });
  const read = (task: Task, phenomenon: Phenomenon, rates: Rates = 'one') =>
    readingOf(evidence, task, phenomenon, rates);
  const wider = (task: Task, scales: typeof everyScale) => {
    const [without, ...own] = basinsOf(
      [none, ...normed].map((phenomenon) => read(task, phenomenon)),
      scales,
    ) as [Values, ...Values[]];
    return minus(meanOf(own), without);
  };
  const ends = (
    task: Task,
    phenomenon: Phenomenon,
    of: (net: Watched) => number | null,
  ): Values => {
    const found = courseOf(evidence, task, phenomenon, deep);
    const values = found && bestCourse(found)?.map(of);
    return values && !values.includes(null) ? (values as readonly number[]) : null;
  };
  const ranks = (task: Task, phenomenon: Phenomenon) =>
    ends(task, phenomenon, ({ start }) => lastRank(start));
  const growth = (task: Task, phenomenon: Phenomenon) =>
    ends(task, phenomenon, ({ end }) => scaleSlope(end));
  const course = (task: Task, phenomenon: Phenomenon) =>
    courseOf(evidence, task, phenomenon, depth);
  return [
    {
      id: 'flat',
      name: 'With a rate of their own, normed weights do not feel their init scale',
      region: { low: -0.05, high: 0.05 },
      unit: 'rise of $\\log_2$ tuned loss, init scale off by 4',
      note: 'Scale invariance: the loss of weights that a norm follows depends on $\\eta/\\sigma^2$ alone. LayerNorm, RMSNorm and BatchNorm before the activation.',
      ...over((task) => meanOf(normed.map((each) => misscaled(read(task, each, 'own'), 'both')))),
    },
    {
      id: 'square',
      name: 'Their best rate goes as the square of the init scale',
      region: { low: 1.75, high: 2.25 },
      unit: 'exponent of the best rate in the init scale',
      note: 'By the same invariance ([Arora et al. 2018](https://arxiv.org/abs/1812.03981)), exactly 2.',
      ...over((task) => meanOf(normed.map((each) => rateSlope(read(task, each, 'own'))))),
    },
    {
      id: 'tolerant',
      name: 'Norms make the init scale matter less where one rate serves all weights',
      region: { low: -Infinity, high: 0 },
      unit: 'rise of $\\log_2$ tuned loss, init scale off by 4, with norms less without',
      note: 'As nets are trained, the readout shares the rate; invariance then holds for all but it.',
      ...over((task) =>
        minus(
          meanOf(normed.map((each) => misscaled(read(task, each), 'both'))),
          misscaled(read(task, none), 'both'),
        ),
      ),
    },
    {
      id: 'one-sided',
      name: 'Normed weights heal from a small start, not from a large one',
      region: { low: 0, high: Infinity },
      unit: 'rise of $\\log_2$ tuned loss, init scale 4 less ¼',
      note: 'The norm of invariant weights can only grow under SGD, so that too large an effective rate cures itself and too small a one does not.',
      ...over((task) =>
        minus(
          meanOf(normed.map((each) => misscaled(read(task, each), 'large'))),
          meanOf(normed.map((each) => misscaled(read(task, each), 'small'))),
        ),
      ),
    },
    {
      id: 'basin',
      name: 'Norms widen the basin of learning rates',
      region: { low: 0, high: Infinity },
      unit: 'doublings of the rate, with norms less without, at the usual init scale',
      note: 'Larger rates lengthen the weights until the effective rate is small enough.',
      ...over((task) => wider(task, usualScale)),
    },
    {
      id: 'plane',
      name: 'They widen it over init scales from ¼ to 4 too',
      region: { low: 0, high: Infinity },
      unit: 'doublings of the rate, with norms less without, mean over init scales',
      note: 'The area of the good part of the plane of rate and init scale.',
      ...over((task) => wider(task, everyScale)),
    },
    {
      id: 'dose',
      name: 'The more norm, the wider',
      region: { low: 0, high: Infinity },
      unit: 'doublings of the rate by strength from 0 to 1, mean over init scales',
      note: 'A norm of strength $s$ leaves $h^{1-s}$ of the scale, and so a part of the invariance.',
      ...over((task) => {
        const [quarter, half] = doses as readonly [Phenomenon, Phenomenon, ...Phenomenon[]];
        const nets = [none, quarter, half, layer].map((each) => read(task, each));
        const rows = basinsOf(nets, everyScale);
        if (rows.includes(null)) return null;
        return (rows[0] as readonly number[]).map((_, seed) =>
          slope(
            [0, 1 / 4, 1 / 2, 1],
            rows.map((row) => row?.[seed] as number),
          ),
        );
      }),
    },
    {
      id: 'effective-rate',
      name: 'At large rates the effective rate tunes itself',
      region: { low: -Infinity, high: 0.5 },
      unit: 'exponent of $\\eta/\\|w\\|^2$ at the end in $\\eta$',
      note: 'From $\\|w\\|^4 \\approx 2\\eta^2 G t$ the effective rate tends to $(2Gt)^{-1/2}$, whatever $\\eta$: an exponent of 0, where weights that stand still have 1. The upper half of the rates of these weights at which all nets learn, the readout’s held.',
      ...over((task) =>
        meanOf(
          normed.map((each) => {
            const found = course(task, each);
            return (
              found &&
              effectiveRateSlopes(found, {
                ...{ exponents: courseExponents(profile), ceiling: constantLoss(task) },
              })
            );
          }),
        ),
      ),
    },
    {
      id: 'growth',
      name: 'There the squared norm grows as the square root of time',
      region: { low: 0.35, high: 0.65 },
      unit: 'exponent of $\\|w\\|^2$ in time, last three doublings',
      note: 'The same law at the largest rate at which all nets learn, if the gradient at unit norm stays as it is: exactly ½.',
      ...over((task) =>
        meanOf(
          normed.map((each) => {
            const found = course(task, each);
            return (
              found &&
              growthExponents(found, { stops: stopsOf(profile), ceiling: constantLoss(task) })
            );
          }),
        ),
      ),
    },
    {
      id: 'scale',
      name: 'Norms keep the scale of trained residual streams from growing with depth',
      region: { low: -Infinity, high: 0 },
      unit: 'doublings of the mean square a block, with norms less without',
      note: 'Without norms a branch adds a share of the stream, with them an amount: growth is exponential, linear (pre, both) or none (post). At the best rate of each, after training.',
      ...over((task) =>
        minus(meanOf(placed.map((each) => growth(task, each))), growth(task, noneAmongBlocks)),
      ),
    },
    {
      id: 'rank',
      name: 'BatchNorm keeps representations apart in deep plain nets',
      region: { low: 0, high: Infinity },
      unit: '$\\log_2$ effective rank of the last layer at the start, BatchNorm over none',
      note: 'Without it all examples turn to one direction with depth ([Daneshmand et al. 2020](https://arxiv.org/abs/2003.01652)).',
      ...over((task) => minus(ranks(task, batch), ranks(task, none))),
    },
    {
      id: 'rank-examples',
      name: 'Norms of single examples do not',
      region: { low: -0.25, high: 0.25 },
      unit: '$\\log_2$ effective rank of the last layer at the start, over none',
      note: 'LayerNorm and RMSNorm change the length of a representation, not the angles between examples.',
      ...over((task) =>
        minus(meanOf([layer, rms].map((each) => ranks(task, each))), ranks(task, none)),
      ),
    },
    {
      id: 'centring',
      name: 'Centring does not matter: RMSNorm is as good as LayerNorm',
      region: { low: -NEED_MARGIN, high: NEED_MARGIN },
      unit: '$\\log_2$ tuned loss, RMSNorm over LayerNorm',
      note: 'Pre-norm with gains, all contests below ([Zhang and Sennrich 2019](https://arxiv.org/abs/1910.07467)).',
      ...between(evidence, 'pre-rms', 'pre-layer'),
    },
    {
      id: 'gains',
      name: 'Gains do not matter',
      region: { low: -NEED_MARGIN, high: NEED_MARGIN },
      unit: '$\\log_2$ tuned loss, without gains over with',
      note: 'Pre-LayerNorm, all contests below; the next linear map can hold them ([Xu et al. 2019](https://arxiv.org/abs/1911.07013)).',
      ...between(evidence, 'pre-layer-bare', 'pre-layer'),
    },
  ];
}

/**
 * log2 of the tuned loss of one normed net over that of another, by contest and seed; tasks in which one of them stands on
 * an edge are left out, since better tuning would change it.
 */
function between(evidence: Evidence, one: string, other: string) {
  return {
    scattered: true,
    tasks: contestsOf(evidence).flatMap(({ title, seeds, instances }) => {
      const rows = instances.flatMap(({ ceiling, normed: entrants }) => {
        const arms = [one, other].flatMap((id) => entrants.filter((entrant) => entrant.id === id));
        if (arms.some(({ status }) => status === 'edge')) return [];
        const losses = log2Losses(
          arms.map((arm) => ({ size: 1, ...arm })),
          { ceiling, seeds },
        );
        return [losses.map(([a, b]) => (a as number) - (b as number))];
      });
      if (rows.length === 0) return [];
      const bySeed = Array.from({ length: seeds }, (_, seed) =>
        mean(rows.map((row) => row[seed] as number)),
      );
      return [{ title, seeds: bySeed }];
    }),
  };
}
