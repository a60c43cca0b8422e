import type { Evidence } from '@hyperlaw/cli';
import type { Task } from '@hyperlaw/tasks';
import type { Prediction } from './account-rule.ts';
import type { Rates } from './phenomena-plan.ts';
import { doses, kinds, type Phenomenon } from './phenomenon-nets.ts';
import {
  basinsOf,
  everyScale,
  misscaled,
  rateSlope,
  readingOf,
  usualScale,
} from './plane-effects.ts';
import { meanOf, minus, overTasks, type SeedValues } from './seed-values.ts';
import { slope } from './slope.ts';

const [none, layer, ...others] = kinds as readonly [Phenomenon, Phenomenon, ...Phenomenon[]];
const normed = [layer, ...others];

/** What theory predicts of planes of learning rate and init scale. */
export function planePredictions(evidence: Evidence): readonly Prediction[] {
  const read = (task: Task, phenomenon: Phenomenon, rates: Rates = 'one') =>
    readingOf(evidence, task, phenomenon, rates);
  const wider = (task: Task, scales: typeof everyScale) => {
    const [without, ...own] = basinsOf(
      [none, ...normed].map((phenomenon) => read(task, phenomenon)),
      scales,
    ) as [SeedValues, ...SeedValues[]];
    return minus(meanOf(own), without);
  };
  return [
    {
      id: 'flat',
      name: 'With a rate of their own, normed weights do not feel their init scale',
      region: { low: -0.05, high: 0.05 },
      unit: 'rise of $\\log_2$ tuned loss, init scale off by 4',
      note: 'Scale invariance: the loss of weights that a norm follows depends on $\\eta/\\sigma^2$ alone. LayerNorm, RMSNorm and BatchNorm before the activation.',
      ...overTasks(evidence, (task) =>
        meanOf(normed.map((each) => misscaled(read(task, each, 'own'), 'both'))),
      ),
    },
    {
      id: 'square',
      name: 'Their best rate goes as the square of the init scale',
      region: { low: 1.75, high: 2.25 },
      unit: 'exponent of the best rate in the init scale',
      note: 'By the same invariance ([Arora et al. 2018](https://arxiv.org/abs/1812.03981)), exactly 2.',
      ...overTasks(evidence, (task) =>
        meanOf(normed.map((each) => rateSlope(read(task, each, 'own')))),
      ),
    },
    {
      id: 'tolerant',
      name: 'Norms make the init scale matter less where one rate serves all weights',
      region: { low: -Infinity, high: 0 },
      unit: 'rise of $\\log_2$ tuned loss, init scale off by 4, with norms less without',
      note: 'As nets are trained, the readout shares the rate; invariance then holds for all but it.',
      ...overTasks(evidence, (task) =>
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
      ...overTasks(evidence, (task) =>
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
      ...overTasks(evidence, (task) => wider(task, usualScale)),
    },
    {
      id: 'plane',
      name: 'They widen it over init scales from ¼ to 4 too',
      region: { low: 0, high: Infinity },
      unit: 'doublings of the rate, with norms less without, mean over init scales',
      note: 'The area of the good part of the plane of rate and init scale.',
      ...overTasks(evidence, (task) => wider(task, everyScale)),
    },
    {
      id: 'dose',
      name: 'The more norm, the wider',
      region: { low: 0, high: Infinity },
      unit: 'doublings of the rate by strength from 0 to 1, mean over init scales',
      note: 'A norm of strength $s$ leaves $h^{1-s}$ of the scale, and so a part of the invariance.',
      ...overTasks(evidence, (task) => {
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
  ];
}
