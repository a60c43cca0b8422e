import type { Evidence } from '@hyperlaw/cli';
import { type Figure, trainingCurvesChart, trendChart } from '@hyperlaw/report';
import { constantLoss } from '@hyperlaw/tasks';
import type { Signal, Watched } from './course.ts';
import { bestCourse, endEffectiveRates, log2Square } from './course-readings.ts';
import { geometricPoint, type IntervalPoint } from './interval-point.ts';
import {
  courseExponents,
  courseOf,
  deepExponents,
  phenomenaScale,
  phenomenonTasks,
  stopsOf,
} from './phenomena-plan.ts';
import { kinds, type Phenomenon, placements } from './phenomenon-nets.ts';
import { ACCOUNT } from './questions.ts';
import { titleOf } from './seed-values.ts';

const question = ACCOUNT.id;

/** The geometric mean of values, given as log2; null where one is missing. */
function pointOf(log2Values: readonly (number | null)[]): IntervalPoint | null {
  if (log2Values.length < 2 || log2Values.includes(null)) return null;
  return geometricPoint(log2Values as readonly number[]);
}

const tasksOf = ({ profile, tasks }: Evidence) => phenomenonTasks(profile, tasks);

/** How weights grow, by learning rate. */
export function growthFigure(evidence: Evidence): Figure | null {
  const { profile } = evidence;
  const { depth } = phenomenaScale(profile);
  const task = tasksOf(evidence)[0];
  const exponents = courseExponents(profile);
  const stops = [0, ...stopsOf(profile)];
  const points = (task ? kinds : []).flatMap((phenomenon) => {
    const course = task && courseOf(evidence, task, phenomenon, depth);
    return (course?.nets ?? []).flatMap((seeds, r) => {
      const exponent = exponents[r] as number;
      if (exponent % 3 !== 0 || seeds.some(({ loss }) => loss === null)) return [];
      return stops.flatMap((x, k) => {
        const logs = seeds.map((net) => {
          const [now, start] = [log2Square(net, k), log2Square(net, 0)];
          return now === null || start === null ? null : now - start;
        });
        const point = pointOf(logs);
        return point ? [{ facet: phenomenon.title, series: 2 ** exponent, x, ...point }] : [];
      });
    });
  });
  if (!task || points.length === 0) return null;
  return {
    id: 'growth',
    question,
    title: `Squared norms of hidden weights while nets learn (${titleOf(task)})`,
    caption:
      'Squared norm over that at the start, geometric mean over hidden weight matrices and seeds, with bands of 95 % over seeds; rates at which a net diverges are left out. The rate is that of all weights but the readout’s, whose own is held. *Look for* how normed weights grow the more the larger the rate: by small steps all the way, which is where $\\|w\\|^4 \\approx \\|w_0\\|^4 + 2\\eta^2 G t$ should hold, or by one leap at the start that ends all growth; and for how little weights without norms grow before their rate diverges.',
    chart: trainingCurvesChart({
      x: { title: 'steps', scale: 'symlog' },
      y: { title: 'squared norm over the first', scale: 'log2' },
      series: { title: 'learning rate' },
      points,
    }),
  };
}

/** The effective rate at the end against the rate. */
export function effectiveRateFigure(evidence: Evidence): Figure | null {
  const { profile } = evidence;
  const { depth } = phenomenaScale(profile);
  const exponents = courseExponents(profile);
  const points = tasksOf(evidence).flatMap((task) =>
    kinds.flatMap((phenomenon) => {
      const course = courseOf(evidence, task, phenomenon, depth);
      if (course === null) return [];
      return endEffectiveRates(course, { exponents, ceiling: constantLoss(task) }).flatMap(
        (seeds, r) => {
          const point = pointOf(seeds);
          const x = 2 ** (exponents[r] as number);
          return point ? [{ facet: titleOf(task), series: phenomenon.title, x, ...point }] : [];
        },
      );
    }),
  );
  if (points.length === 0) return null;
  return {
    id: 'effective-rate',
    question,
    title: 'Large rates tune themselves',
    caption:
      'Effective rate $\\eta/\\|w\\|^2$ of the hidden weights after training against the rate of all weights but the readout’s, whose own is held; where all seeds learn. *Look for* the bend: up to it normed nets do as they are told, beyond it weights grow and the effective rate stays about where it is, while nets without norms follow the diagonal until they diverge.',
    chart: trendChart({
      x: { title: 'rate of all weights but the readout’s', scale: 'log2' },
      y: { title: 'effective rate', scale: 'log2' },
      series: { title: 'norm' },
      points,
    }),
  };
}

/** A signal by layer, at the start and after training at the best rate. */
function byLayer(
  evidence: Evidence,
  nets: readonly Phenomenon[],
  value: (signal: Signal) => number | null,
) {
  const { deep } = phenomenaScale(evidence.profile);
  const ends = [
    ['start', ({ start }: Watched) => start],
    ['trained', ({ end }: Watched) => end],
  ] as const;
  return ends.flatMap(([when, of]) =>
    tasksOf(evidence).flatMap((task) =>
      nets.flatMap((phenomenon) => {
        const course = courseOf(evidence, task, phenomenon, deep);
        const best = (course && bestCourse(course)) ?? [];
        const layers = best[0] ? of(best[0]) : [];
        return layers.flatMap((_, layer) => {
          const logs = best.map((net) => {
            const found = value(of(net)[layer] as Signal);
            return found === null || found <= 0 ? null : Math.log2(found);
          });
          const point = pointOf(logs);
          const facet = `${titleOf(task)}, ${when}`;
          return point ? [{ facet, series: phenomenon.title, x: layer + 1, ...point }] : [];
        });
      }),
    ),
  );
}

/** Effective rank against depth. */
export function rankFigure(evidence: Evidence): Figure | null {
  const points = byLayer(evidence, kinds, ({ rank }) => rank);
  if (points.length === 0) return null;
  return {
    id: 'rank',
    question,
    title: 'Whether deep plain nets tell examples apart',
    caption:
      'Effective rank (participation ratio of the uncentred second moments) of what the activation of every layer sees, on 256 examples that training never saw, before training and after it at the best rate. At 1 all examples point one way. *Look for* BatchNorm, which alone keeps examples apart with depth at the start; LayerNorm and RMSNorm change lengths, not angles. *Do not read* a high rank as good: what is kept apart includes noise.',
    chart: trendChart({
      x: { title: 'layer', scale: 'linear' },
      y: { title: 'effective rank', scale: 'log2' },
      series: { title: 'norm' },
      points,
    }),
  };
}

/** Rank and scale of the last layer after training, against the rate. */
export function spectraFigure(evidence: Evidence): Figure | null {
  const { profile } = evidence;
  const { deep } = phenomenaScale(profile);
  const exponents = deepExponents(profile);
  const values = [
    ['rank', ({ rank }: Signal) => rank],
    ['scale', ({ scale }: Signal) => scale],
  ] as const;
  const points = values.flatMap(([what, of]) =>
    tasksOf(evidence).flatMap((task) =>
      kinds.flatMap((phenomenon) =>
        (courseOf(evidence, task, phenomenon, deep)?.nets ?? []).flatMap((seeds, r) => {
          if (seeds.some(({ loss }) => loss === null)) return [];
          const logs = seeds.map(({ end }) => {
            const found = end.at(-1) ? of(end.at(-1) as Signal) : null;
            return found === null || found <= 0 ? null : Math.log2(found);
          });
          const point = pointOf(logs);
          const x = 2 ** (exponents[r] as number);
          const facet = `${titleOf(task)}, ${what}`;
          return point ? [{ facet, series: phenomenon.title, x, ...point }] : [];
        }),
      ),
    ),
  );
  if (points.length < 2) return null;
  return {
    id: 'spectra',
    question,
    title: 'Representations against the learning rate',
    caption:
      'Effective rank and root mean square of what the last activation of a deep plain net sees after training, against the learning rate, where all seeds train. *Look for* nets without norms whose scale runs away before they diverge; a normed one has scale 1 whatever the rate (LayerNorm and RMSNorm of every example, BatchNorm of every feature).',
    chart: trendChart({
      x: { title: 'learning rate', scale: 'log2' },
      y: { title: 'rank, or scale', scale: 'log2' },
      series: { title: 'norm' },
      points,
    }),
  };
}

/** Scale of the residual stream against depth. */
export function streamFigure(evidence: Evidence): Figure | null {
  const points = byLayer(evidence, placements, ({ scale }) => scale);
  if (points.length === 0) return null;
  return {
    id: 'stream',
    question,
    title: 'The residual stream through depth, by where LayerNorm stands',
    caption:
      'Root mean square of the stream after every block, before training and after it at the best rate of each net. *Look for* straight lines without norms (growth by a share, $\\sqrt{3/2}$ a block at the start), bent ones with norms on the branch (growth by an amount), and none after the sum.',
    chart: trendChart({
      x: { title: 'block', scale: 'linear' },
      y: { title: 'root mean square', scale: 'log2' },
      series: { title: 'LayerNorm' },
      points,
    }),
  };
}
