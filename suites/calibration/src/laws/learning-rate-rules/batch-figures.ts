import { type Figure, lawChart, tuningCurvesChart } from '@hyperlaw/report';
import { linearRule, mean, squareRootRule } from '@hyperlaw/theory';
import { type BatchFound, bestRateOf, optimizerTitles, rulePower } from './batch-found.ts';
import { optimizers, type RuleOptimizer, theoreticalRace } from './inputs.ts';
import { isSmall } from './sizes.ts';

/** Best rates with intervals, as points. */
function bestPoints(found: readonly BatchFound[]) {
  return found.flatMap((each) => {
    const { x, interval, status } = bestRateOf(each);
    if (x === null || interval === null) return [];
    return [
      {
        ...{ facet: optimizerTitles[each.optimizer], x: each.batch, y: x },
        ...{ low: interval[0], high: interval[1], edge: status === 'edge' },
      },
    ];
  });
}

const ruleOf = (optimizer: RuleOptimizer) => (optimizer === 'sgd' ? linearRule : squareRootRule);

/** E_min/S_min of SGD by the exact recursion: the fewest examples at B = 1, the fewest steps with all examples. */
function criticalBatch(): number {
  const [examples, steps] = [theoreticalRace('sgd', 1).examples, theoreticalRace('sgd', 1e7).steps];
  return examples / steps;
}

export function raceFigure(found: readonly BatchFound[]): Figure {
  const batches = [...new Set(found.map(({ batch }) => batch))];
  const [least, most] = [Math.min(...batches), Math.max(...batches)];
  const fine = Array.from({ length: 19 }, (_, i) => least * (most / least) ** (i / 18));
  const critical = criticalBatch();
  return {
    id: 'learning-rate-rules-race',
    title: 'Best rate against batch size: linear regression',
    caption:
      'The constant rate that reaches a small loss in the fewest steps, with 95 % intervals over groups of runs. Solid: theory, nothing fitted: for SGD the exact recursion of the expected loss, for Adam that of SGD divided by the gradient’s root mean square. Dashed: the linear and the square-root rule from the smallest batch. *Look for* the points leaving the rules about $B_\\text{crit}$ and levelling off: beyond it a larger batch asks for no larger rate. Between, Adam’s $v$ remembers few steps and falls short of a mean square, so that its points stand somewhat above. SGD’s stand below the line for large batches, by what a parabola through a sweep misses beside a cliff: the claims read theory’s sweep in the same way.',
    chart: lawChart({
      x: { title: 'batch size', scale: 'log2' },
      y: { title: 'best learning rate', scale: 'log10' },
      columns: 2,
      theory: optimizers.flatMap((optimizer) => {
        const facet = optimizerTitles[optimizer];
        const start = theoreticalRace(optimizer, least).learningRate;
        const rule = (batch: number) => ruleOf(optimizer)(start, batch / least);
        return [
          {
            ...{ facet, label: 'theory' },
            points: fine.map((b) => [b, theoreticalRace(optimizer, b).learningRate] as const),
          },
          {
            ...{ facet, label: 'rule', stroke: 'dashed' as const },
            points: fine.map((batch) => [batch, rule(batch)] as const),
          },
        ];
      }),
      measured: bestPoints(found),
      rules: optimizers.map((optimizer) => ({
        ...{ axis: 'x' as const, at: critical, label: 'B_crit of SGD' },
        facet: optimizerTitles[optimizer],
      })),
    }),
  };
}

export function netBatchFigure(found: readonly BatchFound[]): Figure {
  const batches = [...new Set(found.map(({ batch }) => batch))];
  return {
    id: 'learning-rate-rules-net',
    title: 'Best rate against batch size: a net on bytes',
    caption:
      'The rate with the lowest held-out loss after the same number of examples, with 95 % intervals over seeds. Dashed: the linear and the square-root rule, through the points with $B \\le 16$. *Look for* SGD’s best rate leaving its rule where batches cease to be mostly noise; Adam’s holds on longer.',
    chart: lawChart({
      x: { title: 'batch size', scale: 'log2' },
      y: { title: 'best learning rate', scale: 'log2' },
      columns: 2,
      theory: optimizers.map((optimizer) => {
        const own = found.filter((each) => each.optimizer === optimizer);
        return {
          ...{ facet: optimizerTitles[optimizer], label: 'rule', stroke: 'dashed' as const },
          points: batches.map((batch) => [batch, throughSmall(own, optimizer)(batch)] as const),
        };
      }),
      measured: bestPoints(found),
    }),
  };
}

/** The rule's line through the geometric mean of the small batches' best rates. */
function throughSmall(
  found: readonly BatchFound[],
  optimizer: RuleOptimizer,
): (batch: number) => number {
  const logs = found
    .filter(({ batch }) => isSmall(batch))
    .flatMap((each) => {
      const { x } = bestRateOf(each);
      return x === null ? [] : [Math.log(x / each.batch ** rulePower[optimizer])];
    });
  const centre = mean(logs);
  return (batch) => Math.exp(centre) * batch ** rulePower[optimizer];
}

export function collapseFigure(found: readonly BatchFound[]): Figure {
  return {
    id: 'learning-rate-rules-collapse',
    title: 'Sweeps fall on each other in the rule’s units',
    caption:
      'Held-out loss on bytes against the rate taken back to batch size 1 by the rule, $\\eta/B$ for SGD and $\\eta/\\sqrt B$ for Adam, by batch size; the same number of examples for all. *Look for* small batches on one curve: they train alike.',
    chart: tuningCurvesChart({
      x: { title: 'learning rate at batch size 1 by the rule' },
      y: { title: 'held-out loss', unit: 'nats' },
      series: { title: 'batch size' },
      points: found
        .filter(
          ({ batch }) =>
            batch === 2 || batch === 8 || batch === 32 || batch === 128 || batch === 512,
        )
        .flatMap(({ optimizer, batch, points }) =>
          points.map(({ x, losses }) => {
            const finished = losses.filter((loss) => loss !== null);
            const whole = finished.length === losses.length;
            return {
              ...{ facet: optimizerTitles[optimizer], series: batch },
              x: x / batch ** rulePower[optimizer],
              y: whole ? mean(finished) : null,
            };
          }),
        ),
    }),
  };
}
