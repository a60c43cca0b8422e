import {
  type Claim,
  type Figure,
  forestChart,
  judgedLoss,
  type SizedLosses,
  trendChart,
} from '@hyperlaw/report';
import { type Decision, whereTitles } from './decision-rule.ts';
import { type Comparison, comparisons } from './equal-budgets.ts';
import type { Gap } from './plain-nets.ts';

const depth = { title: 'depth' };

/** What series of nets are called. */
const nets = { residual: 'residual', plain: 'plain' } as const;

function lossPoints(series: string, tasks: readonly SizedLosses[]) {
  return tasks.flatMap((task) =>
    task.arms.map((arm) => {
      const loss = judgedLoss(arm, task.ceiling);
      return {
        facet: task.title,
        series,
        x: arm.size,
        y: loss?.estimate ?? null,
        ...(loss && { low: loss.interval[0], high: loss.interval[1] }),
        edge: arm.status === 'edge',
      };
    }),
  );
}

/** Tuned loss against depth, the three comparisons over each other, a panel a task. */
export function tunedLossFigure(
  named: Readonly<Record<Comparison, readonly SizedLosses[]>>,
  floors: ReadonlyMap<string, number>,
): Figure {
  return {
    id: 'tuned-loss',
    title: 'Tuned loss against depth, by what is held equal',
    caption:
      'Held-out loss of residual nets (and of the transformer) with learning rate, init scale and branch multiplier tuned at every depth, mean over seeds that tuning never saw, 95 % intervals over seeds. The lines meet at the anchor, which is the same arm in all. *Look for* lines that part: what more layers bring at equal width, more width or more steps may bring for less. *Do not read* the intervals as the whole uncertainty: tuning noise shows only in the scatter from depth to depth, and the rule counts it. Hollow points stand on the edge of their search range and only bound the tuned loss from above.',
    chart: trendChart({
      x: depth,
      y: { title: 'held-out loss' },
      series: { title: 'held equal' },
      points: comparisons.flatMap((each) => lossPoints(each, named[each])),
      rules: named.width.flatMap(({ task, title }) => {
        const floor = floors.get(task) ?? 0;
        return floor > 0 ? [{ y: floor, label: 'best reachable', facet: title }] : [];
      }),
    }),
  };
}

/** Effects of the named tasks, and of the samples, with the claims' verdicts. */
export function effectsFigure(claims: readonly Claim[], { parts }: Decision): Figure {
  const verdictOf = (name: string) =>
    claims.find((claim) => claim.name === name)?.verdict ?? ('inconclusive' as const);
  return {
    id: 'effects',
    title: 'What a doubling of depth does to the tuned loss',
    caption:
      'Slope of $\\log_2$ loss per doubling of depth, with intervals that cover seeds and tuning noise (of the medians: over tasks); colours are the verdicts of the rule below, after correction over the tasks of a comparison. −1 would halve the loss with every doubling. *Look for* rows that change sides between the groups. *Do not compare* tasks by size: a loss with a floor can only fall so far; and a net that gets better and then worse has a slope about 0, which the losses above show for what it is.',
    chart: forestChart({
      x: { title: 'change of log₂ loss per doubling of depth' },
      sides: { low: 'deeper is better', high: 'deeper is worse' },
      rows: comparisons.flatMap((comparison) => {
        const { effects, sample } = parts[comparison];
        const group = whereTitles[comparison];
        return [
          ...effects.map(({ title, slope }) => ({
            group,
            label: title,
            effect: slope.estimate,
            low: slope.interval[0],
            high: slope.interval[1],
            verdict: verdictOf(`Deeper is better ${group}: ${title}`),
          })),
          ...(sample?.medianSlope
            ? [
                {
                  group,
                  label: `median of ${sample.effects.length - sample.ties} random tasks`,
                  effect: sample.medianSlope.estimate,
                  low: sample.medianSlope.interval[0],
                  high: sample.medianSlope.interval[1],
                  verdict: verdictOf(
                    `Deeper is better in the median task drawn at random ${group}`,
                  ),
                },
              ]
            : []),
        ];
      }),
    }),
  };
}

/** Plain nets beside residual ones, one comparison. */
export function plainFigure(
  residual: readonly SizedLosses[],
  plain: readonly SizedLosses[],
): Figure {
  const tasks = residual.filter(({ task }) => plain.some((each) => each.task === task));
  return {
    id: 'plain',
    title: 'Plain nets beside residual ones, at equal width',
    caption:
      'The same losses for plain ReLU nets, tuned over learning rate and init scale about the critical $\\sqrt 2$, beside residual ones. Hollow points stand on the edge of a range. *Look for* the depth at which plain nets turn: on the critical line their gradients keep their size, and their fluctuations grow as $\\exp(\\text{depth}/\\text{width})$ all the same. A cross at the top is an arm of which no setting trained. *Do not read* a plain net at the top of its panel as slow: it has learnt nothing.',
    chart: trendChart({
      x: depth,
      y: { title: 'held-out loss' },
      series: { title: 'net' },
      points: [...lossPoints(nets.residual, tasks), ...lossPoints(nets.plain, plain)],
    }),
  };
}

/** The change of loss with each step of depth. */
export function stepsFigure({ parts }: Decision): Figure {
  const { effects } = parts.width;
  return {
    id: 'steps',
    title: 'Where deeper stops helping',
    caption:
      'Change of $\\log_2$ loss per doubling from each depth to the next (placed at the deeper of the two), by what is held equal. *Look for* where a line crosses 0. Intervals, for one step at a time, cover seeds and tuning noise. *Do not count* single ones that miss 0: the rule corrects over all steps of a task.',
    chart: trendChart({
      x: { title: 'depth after the step' },
      y: { title: 'change of log₂ loss', scale: 'linear' },
      series: { title: 'held equal' },
      points: comparisons.flatMap((comparison) =>
        parts[comparison].effects.flatMap(({ title, steps }) =>
          steps.map(({ to, estimate, interval: [low, high] }) => ({
            ...{ facet: title, series: comparison },
            ...{ x: to, y: estimate, low, high },
          })),
        ),
      ),
      rules: effects.map(({ title }) => ({ y: 0, label: '', facet: title })),
    }),
  };
}

/** Tuned plain nets against tuned residual ones by depth. */
export function gapFigure(gaps: readonly Gap[]): Figure {
  return {
    id: 'gap',
    title: 'What plain nets lose to residual ones once both are tuned',
    caption:
      'Mean over tasks of $\\log_2$ (tuned loss of the plain net / tuned loss of the residual net) at equal width, interval over tasks; those in which either net stands on the edge of a range are left out, and a net of which nothing trained counts as a constant prediction. *Look for* where it leaves 0. *Do not compare* depths too finely: a residual net of depth $L$ has one square matrix more.',
    chart: trendChart({
      x: depth,
      y: { title: 'log₂ loss, plain over residual', scale: 'linear' },
      points: gaps.map(({ depth: x, mean }) => ({
        ...{ x, y: mean.estimate, low: mean.interval[0], high: mean.interval[1] },
      })),
      rules: [{ y: 0, label: 'no difference' }],
    }),
  };
}
