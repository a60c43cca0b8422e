import type { Evidence } from '@hyperlaw/cli';
import { constantLoss, type Task } from '@hyperlaw/tasks';
import type { Prediction } from './account-rule.ts';
import type { Watched } from './course.ts';
import {
  bestCourse,
  effectiveRateSlopes,
  growthExponents,
  lastRank,
  scaleSlope,
} from './course-readings.ts';
import { courseExponents, courseOf, phenomenaScale, stopsOf } from './phenomena-plan.ts';
import { kinds, type Phenomenon, placements } from './phenomenon-nets.ts';
import { meanOf, minus, overTasks, type SeedValues } from './seed-values.ts';

const [none, layer, rms, batch] = kinds as readonly [
  Phenomenon,
  Phenomenon,
  Phenomenon,
  Phenomenon,
];
const normed = [layer, rms, batch];
const [noneAmongBlocks, ...placed] = placements as readonly [Phenomenon, ...Phenomenon[]];

/** What theory predicts of nets that are watched while they train. */
export function coursePredictions(evidence: Evidence): readonly Prediction[] {
  const { profile } = evidence;
  const { depth, deep } = phenomenaScale(profile);
  const ends = (
    task: Task,
    phenomenon: Phenomenon,
    of: (net: Watched) => number | null,
  ): SeedValues => {
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
      id: 'effective-rate',
      name: 'At large rates the effective rate tunes itself',
      region: { low: -Infinity, high: 0.5 },
      unit: 'exponent of $\\eta/\\|w\\|^2$ at the end in $\\eta$',
      note: 'From $\\|w\\|^4 \\approx 2\\eta^2 G t$ the effective rate tends to $(2Gt)^{-1/2}$, whatever $\\eta$: an exponent of 0, where weights that stand still have 1. The prediction is the weaker one that the exponent lies below ½: nearer to 0 than to 1. The upper half of the rates of these weights at which all nets learn, the readout’s held.',
      ...overTasks(evidence, (task) =>
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
      note: 'The same law at the largest rate at which all nets learn, if the gradient at unit norm stays as it is: exactly ½. Gradients that fall as nets learn break that premise, and not scale invariance.',
      ...overTasks(evidence, (task) =>
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
      name: 'Norms make trained residual streams grow less with depth',
      region: { low: -Infinity, high: 0 },
      unit: 'doublings of the mean square a block, with norms less without',
      note: 'Without norms a branch adds a share of the stream, with them an amount: growth is exponential, linear (pre, both) or, by construction, none (post). At the best rate of each, after training.',
      ...overTasks(evidence, (task) =>
        minus(meanOf(placed.map((each) => growth(task, each))), growth(task, noneAmongBlocks)),
      ),
    },
    {
      id: 'rank',
      name: 'BatchNorm keeps representations apart in deep plain nets',
      region: { low: 0, high: Infinity },
      unit: '$\\log_2$ effective rank of the last layer at the start, BatchNorm over none',
      note: 'Without it all examples turn to one direction with depth ([Daneshmand et al. 2020](https://arxiv.org/abs/2003.01652)).',
      ...overTasks(evidence, (task) => minus(ranks(task, batch), ranks(task, none))),
    },
    {
      id: 'rank-examples',
      name: 'Norms of single examples do not',
      region: { low: -0.25, high: 0.25 },
      unit: '$\\log_2$ effective rank of the last layer at the start, over none',
      note: 'RMSNorm changes the length of a representation alone; LayerNorm also takes out its mean over features, which turns it by $O(n^{-1/2})$ at width $n$. Neither changes angles between examples otherwise.',
      ...overTasks(evidence, (task) =>
        minus(meanOf([layer, rms].map((each) => ranks(task, each))), ranks(task, none)),
      ),
    },
  ];
}
