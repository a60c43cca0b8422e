import { type Figure, lawChart, powerLabel } from '@hyperlaw/report';
import type { FeatureFound } from './found.ts';

/** Error against features at equal n·k: theory as lines, draws as points. */
export function featuresFigure(
  features: readonly FeatureFound[],
  training: FeatureFound['training'],
): Figure | null {
  const own = features.filter((each) => each.training === training);
  if (own.length === 0) return null;
  const onePass = training === 'onePass';
  const series = (budget: number) => powerLabel(2, Math.log2(budget));
  const points = (found: FeatureFound, errors: readonly number[], budget: number) =>
    found.sizes
      .flatMap(([n, k], i) => (n * k === budget ? [[k, errors[i] as number] as const] : []))
      .filter(([, error]) => Number.isFinite(error))
      .sort(([a], [b]) => a - b);
  return {
    id: onePass ? 'features-one-pass' : 'features-fitted',
    title: `Random features ${onePass ? 'trained in one pass' : 'fitted to the end'}: error at equal n·k`,
    caption: `${
      onePass
        ? 'Test error of linear regression on $k$ random features by SGD over $n$ fresh samples, at the constant rate that theory has as best for every size. Lines are the exact recursion on the features drawn.'
        : 'Test error of ridge regression on $k$ random features and $n$ samples at the best ridge. Lines are the eigenframework.'
    } Points are the engine’s, means over draws. *Look for* ${onePass ? 'valleys that wander less with the budget where $a$ is large' : 'valleys at $n = k$ in every panel'}. *Do not read* the ends of a line as a trend of the optimum: only valleys count.`,
    chart: lawChart({
      x: { title: 'features k', scale: 'log2' },
      y: { title: 'test error', scale: 'log10' },
      series: { title: 'n·k' },
      theory: own.flatMap((found) =>
        found.budgets.map((budget) => ({
          facet: `a = ${found.difficulty}`,
          series: series(budget),
          points: points(found, found.expected, budget),
        })),
      ),
      measured: own.flatMap((found) =>
        found.budgets.flatMap((budget) =>
          points(found, found.measured, budget).map(([x, y]) => ({
            ...{ facet: `a = ${found.difficulty}`, series: series(budget), x, y },
          })),
        ),
      ),
    }),
  };
}
