import { type Figure, lawChart, meanInterval } from '@hyperlaw/report';
import {
  chinchillaAsPrinted,
  chinchillaRefitted,
  computeOptimum,
  type ScalingLaw,
  scalingLoss,
} from '@hyperlaw/theory';
import { budgets, designOf, geometric } from './designs.ts';
import { approachTitles, covers, type Fits } from './fits.ts';
import { CHINCHILLA, noise } from './plan.ts';
import { sourceOf } from './source-of.ts';

/** Experiments that are drawn one by one. */
const DRAWN = 40;

export function figuresOf(all: readonly Fits[]): readonly Figure[] {
  return [valleysFigure(), intervalsFigure(all), tokensFigure(all)];
}

function intervalsFigure(all: readonly Fits[]): Figure {
  const own = all.filter(({ cell }) => cell.law === chinchillaRefitted);
  return {
    id: 'compute-optimal-intervals',
    title: 'Forty experiments, and what each would have said',
    caption:
      'Exponent of $N_\\text{opt} \\propto C^a$ with its 95 % interval from each of forty made-up experiments, by approach; the line is the exponent that was planted, that of the corrected Chinchilla fit. *Look for* about one interval in twenty that misses the line; the table below counts all experiments. *Do not compare* widths between approaches: they were given different runs.',
    chart: lawChart({
      x: { title: 'made-up experiment' },
      y: { title: 'exponent a' },
      series: { title: 'interval' },
      columns: 3,
      theory: own.map((fits) => ({
        facet: approachTitles[fits.cell.approach],
        label: 'planted',
        points: [1, Math.min(DRAWN, fits.exponents.length)].map((x) => [x, fits.truth] as const),
      })),
      measured: own.flatMap((fits) =>
        fits.exponents.slice(0, DRAWN).flatMap((exponent, r) => {
          const interval = fits.intervals[r] ?? null;
          if (exponent === null || interval === null) return [];
          return [
            {
              facet: approachTitles[fits.cell.approach],
              series: covers(fits, interval) ? 'holds it' : 'misses it',
              x: r + 1,
              y: exponent,
              low: interval[0],
              high: interval[1],
            },
          ];
        }),
      ),
      measuredLabel: 'estimate, 95 % interval',
    }),
  };
}

function valleysFigure(): Figure {
  const law = chinchillaRefitted;
  const curves = designOf('isoflop', law, noise, sourceOf(11_900, 'normal'));
  const [least, most] = [
    Math.min(...curves.map(({ parameters }) => parameters)),
    Math.max(...curves.map(({ parameters }) => parameters)),
  ];
  const seriesOf = (compute: number) => Number(Math.log10(compute).toFixed(1));
  return {
    id: 'compute-optimal-valleys',
    title: 'One made-up experiment: loss at equal compute',
    caption:
      'Loss against parameters at six budgets of $C = 6ND$ operations: the planted law as lines, made-up losses as points, mean of three seeds with their 95 % interval. Their lowest points are what approach 2 fits a line through. *Look for* how flat the valleys are against the noise: that is why exponents need intervals.',
    chart: lawChart({
      x: { title: 'parameters N', scale: 'log10' },
      y: { title: 'loss', unit: 'nats' },
      series: { title: 'log₁₀ of operations' },
      theory: budgets.map((compute) => ({
        series: seriesOf(compute),
        label: 'planted law',
        points: geometric(least, most, 81).flatMap((n) => {
          const ratio = n / computeOptimum(law, compute).parameters;
          return ratio > 1 / 8 && ratio < 8
            ? [[n, scalingLoss(law, n, compute / (6 * n))] as const]
            : [];
        }),
      })),
      measured: curves.map(({ parameters, tokens, losses }) => {
        const { estimate, interval } = meanInterval(losses.map(([loss]) => loss as number));
        const compute = 6 * parameters * (tokens[0] as number);
        const near = budgets.reduce((a, b) =>
          Math.abs(Math.log(b / compute)) < Math.abs(Math.log(a / compute)) ? b : a,
        );
        return {
          series: seriesOf(near),
          x: parameters,
          y: estimate,
          low: interval[0],
          high: interval[1],
        };
      }),
      measuredLabel: 'mean of three seeds, 95 % interval',
    }),
  };
}

function tokensFigure(all: readonly Fits[]): Figure {
  const ratio = (law: ScalingLaw, compute: number) => {
    const { parameters, tokens } = computeOptimum(law, compute);
    return tokens / parameters;
  };
  const computes = geometric(1e18, 1e26, 33);
  const ratios = all.find(
    ({ cell }) => cell.law === chinchillaRefitted && cell.approach === 'parametric',
  );
  const logs = (ratios?.tokensPerParameter ?? []).map(Math.log).sort((a, b) => a - b);
  const at = (p: number) => Math.exp(logs[Math.round(p * (logs.length - 1))] as number);
  return {
    id: 'compute-optimal-tokens',
    title: 'Tokens per parameter: the constants as printed, and corrected',
    caption:
      'Best tokens per parameter against compute by the constants of approach 3 as printed in 2203.15556, and as corrected in 2404.10102. The point is the median of what approach 3 finds where the corrected law was planted, the bar the range of 95 % of made-up experiments. *Look for* the dotted crossing, the paper’s own model: the corrected line passes near it, the printed one does not.',
    chart: lawChart({
      x: { title: 'operations C', scale: 'log10' },
      y: { title: 'tokens per parameter', scale: 'log10', domain: [8, 250] },
      series: { title: 'constants' },
      theory: (
        [
          ['corrected', chinchillaRefitted],
          ['as printed', chinchillaAsPrinted],
        ] as const
      ).map(([series, law]) => ({
        series,
        label: 'compute optimum',
        points: computes.map((compute) => [compute, ratio(law, compute)] as const),
      })),
      measured:
        logs.length === 0
          ? []
          : [{ series: 'corrected', x: CHINCHILLA, y: at(0.5), low: at(0.025), high: at(0.975) }],
      measuredLabel: 'refitted, 95 % of experiments',
      rules: [
        { axis: 'x', at: CHINCHILLA, label: '5.76·10²³' },
        { axis: 'y', at: 20, label: '20 tokens per parameter' },
      ],
    }),
  };
}
