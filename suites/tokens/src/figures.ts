import { type Figure, formatNumber, lawChart, meanInterval, trendChart } from '@hyperlaw/report';
import { nets, netTitles } from './claims.ts';
import { overFitted, type Sorted, type Swept } from './evidence.ts';
import { approachTitles } from './exponents.ts';
import type { Net } from './nets.ts';
import { fittedShare, onePassShare } from './prediction.ts';
import type { FeatureFound } from './random-features/found.ts';

const SPAN = [0.1, 1.45] as const;
const across = Array.from({ length: 41 }, (_, i) => SPAN[0] + ((SPAN[1] - SPAN[0]) * i) / 40);

/** Exponents against difficulty: theory, random features, nets. */
export function exponentsFigure({ swept }: Sorted, features: readonly FeatureFound[]): Figure {
  const ofNets = nets.flatMap((net) =>
    swept
      .filter((each) => each.net === net && isLanguage(each))
      .flatMap(({ difficulty, scaling }) =>
        (['isoflop', 'parametric'] as const).flatMap((approach, i) => {
          const found = scaling.exponents[approach];
          if (!found) return [];
          const [low, high] = found.interval;
          return [
            {
              facet: netTitles[net],
              series: approachTitles[approach],
              x: (difficulty as number) + 0.025 * (2 * i - 1),
              ...{ y: found.estimate, low, high },
            },
          ];
        }),
      ),
  );
  const ofFeatures = features.flatMap(({ difficulty, training, exponent }) =>
    exponent
      ? [
          {
            facet: 'random features',
            series: training === 'onePass' ? 'one pass' : 'fitted to the end',
            x: difficulty,
            ...{ y: exponent.estimate, low: exponent.interval[0], high: exponent.interval[1] },
          },
        ]
      : [],
  );
  return {
    id: 'exponents',
    title: 'How difficulty moves the compute-optimal division',
    caption:
      'Exponent $s$ of $N_{\\text{opt}} \\propto C^s$ (of features, $k_{\\text{opt}}$) against the difficulty exponent $a$: fact $i$ of the language, and mode $i$ of the features, has frequency or variance $\\propto i^{-(1+a)}$; to the right languages are easier. At the dashed ½ tokens are proportional to parameters. *Look for* which of the two lines nets follow: features fitted to the end lie on ½ at every difficulty, features trained in one pass come to $1/(2+a)$ at budgets far larger than these (the caveats say how far off theory has them here), and the nets never saw either. Approach 1, an envelope of few sizes, is coarser and stands in the claims. *Do not read* the points of one panel’s two approaches as independent: they are fits to the same runs.',
    chart: lawChart({
      x: { title: 'difficulty exponent a', domain: SPAN },
      y: { title: 'exponent s', domain: [0.1, 0.7] },
      series: { title: 'measured' },
      theory: [
        {
          label: 'one pass, 1/(2 + a)',
          points: across.map((a) => [a, onePassShare(a)] as const),
        },
        {
          label: 'fitted to the end, ½',
          stroke: 'dashed',
          points: across.map((a) => [a, fittedShare] as const),
        },
      ],
      measured: [...ofFeatures, ...ofNets],
    }),
  };
}

/** Loss against parameters at equal compute. */
export function isoComputeFigure({ swept }: Sorted, net: Net, texts: boolean): Figure | null {
  const own = swept.filter((each) => each.net === net && (each.difficulty === null) === texts);
  if (own.length === 0) return null;
  return {
    id: `iso-compute-${net}${texts ? '-texts' : ''}`,
    title: `Loss at equal compute: ${netTitles[net]} on ${texts ? 'texts' : 'languages of facts'}`,
    caption: `Judged loss of ${netTitles[net]} against their parameters $N$, one line a budget $ND$; every point is a run of its own with its rate tuned and falling to zero at its own horizon, mean over fresh seeds, 95 % intervals over seeds. *Look for* the valleys and how they wander to larger $N$ with the budget. Hollow points stand on an edge of their rate’s range and are left out of the fits. *Do not compare* the panels’ losses: ${texts ? 'texts have entropies of their own' : 'the best loss is 0 in all, and easy languages come nearer'}.`,
    chart: trendChart({
      x: { title: 'parameters N' },
      y: { title: 'held-out loss', unit: 'nats' },
      series: { title: 'N·D' },
      points: own.flatMap(({ title, tuned }) =>
        tuned.map(({ budget, parameters, losses, status }) => {
          const mean = losses.length > 1 ? meanInterval(losses) : null;
          return {
            facet: title,
            series: formatNumber(budget, 2),
            x: parameters,
            y: mean?.estimate ?? null,
            ...(mean && { low: mean.interval[0], high: mean.interval[1] }),
            edge: status === 'edge',
          };
        }),
      ),
    }),
  };
}

/** Optima of the parabolas against compute. */
export function optimaFigure({ swept }: Sorted): Figure {
  const languages = swept
    .filter(isLanguage)
    .map((each) => ({ ...each, title: `a = ${each.difficulty}` }));
  return {
    id: 'optima',
    title: 'Compute-optimal parameters against compute',
    caption:
      'Lowest points of the parabolas at every budget (approach 2) on languages, with the lines fitted to them. *Look for* slopes that part: easy languages (large $a$) want fewer parameters and more tokens as compute grows. *Do not extrapolate*: these budgets span two decades.',
    chart: trendChart({
      x: { title: 'compute 6ND', unit: 'operations', scale: 'log10' },
      y: { title: 'best parameters N' },
      series: { title: 'language' },
      columns: 2,
      points: languages.flatMap(({ net, title, scaling }) =>
        (scaling.line?.optima ?? []).map(({ compute, parameters }) => ({
          ...{ facet: netTitles[net], series: title, x: compute, y: parameters },
        })),
      ),
      fits: languages.flatMap(({ net, title, scaling }) => {
        const { line } = scaling;
        const ends = line?.optima.map(({ compute }) => compute) ?? [];
        if (!line || ends.length < 2) return [];
        return [
          {
            facet: netTitles[net],
            series: title,
            points: [Math.min(...ends), Math.max(...ends)].map(
              (c) => [c, Math.exp(line.intercept + line.exponent * Math.log(c))] as const,
            ),
          },
        ];
      }),
    }),
  };
}

/** Tokens a parameter against difficulty. */
export function ratioFigure({ swept }: Sorted, features: readonly FeatureFound[]): Figure {
  const languages = swept.filter(isLanguage);
  const facetOf = (net: Net) => `${netTitles[net]}, tokens per parameter`;
  return {
    id: 'ratio',
    title: 'Tokens a parameter at one budget, against difficulty',
    caption:
      'Ratio $D/N$ of the compute-optimal net at the budget in the middle of all, on approach 2’s line; of random features trained in one pass, $n/k$ by theory at the middle of theirs. *Look for* the direction: easier languages want more tokens a parameter. *Do not compare* heights between panels: a feature learns a mode, while a fact takes several parameters and several sightings.',
    chart: lawChart({
      x: { title: 'difficulty exponent a', domain: SPAN },
      y: { title: 'ratio at the optimum', scale: 'log10' },
      theory: [],
      measuredLabel: 'optimum, with interval where measured',
      measured: [
        ...features
          .filter(({ training }) => training === 'onePass')
          .flatMap(({ difficulty, logRatio }) =>
            logRatio === null
              ? []
              : [{ facet: 'random features, n/k by theory', x: difficulty, y: Math.exp(logRatio) }],
          ),
        ...languages.flatMap(({ net, difficulty, scaling }) => {
          const { logRatio } = scaling;
          if (!logRatio) return [];
          const [low, high] = logRatio.interval.map(Math.exp) as [number, number];
          return [
            {
              ...{ facet: facetOf(net), x: difficulty as number, y: Math.exp(logRatio.estimate) },
              ...{ low, high },
            },
          ];
        }),
      ],
    }),
  };
}

/** How exact the languages' law is: one net's losses over the fitted law. */
export function lawFigure({ swept }: Sorted): Figure | null {
  const own = swept.filter(({ net, scaling }) => net === 'transformer' && scaling.law);
  if (own.length === 0) return null;
  return {
    id: 'law',
    title: 'Losses of transformers over the fitted law',
    caption:
      'Judged loss over $E + A/N^\\alpha + B/D^\\beta$ as approach 3 fits it. *Look for* trends along $N$: where there are some, the law has not the form of the losses, and its exponents mean less. *Do not read* scatter as such a trend; intervals of the exponents are made from it.',
    chart: trendChart({
      x: { title: 'parameters N' },
      y: { title: 'measured over fitted', scale: 'linear' },
      series: { title: 'N·D' },
      points: own.flatMap((each) =>
        overFitted(each).map(({ parameters, budget, ratio }) => ({
          ...{ facet: each.title, series: formatNumber(budget, 2), x: parameters, y: ratio },
        })),
      ),
      rules: own.map(({ title }) => ({ y: 1, label: '', facet: title })),
    }),
  };
}

/** Whether a sweep is of a language, for figures that take those alone. */
const isLanguage = ({ difficulty }: Swept): boolean => difficulty !== null;
