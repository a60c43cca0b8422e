import { type Figure, lawChart, meanInterval, type TheoryLine } from '@hyperlaw/report';
import { attentionUpdate, logitExponent, logitMoments, mean } from '@hyperlaw/theory';
import { type Grown, growTitle, log2Rows, type Measure, scaleTitles } from './found.ts';
import { scaleOf } from './plan.ts';

const scalingOf = (grown: Grown) => ({ scale: scaleOf(grown), grow: grown.grow });

/** Geometric means over seeds with their intervals, by width. */
function points(grown: Grown, measure: Measure) {
  const rows = log2Rows(grown, measure);
  return grown.widths.map((x, i) => {
    const { estimate, interval } = meanInterval(rows.map((row) => row[i] as number));
    const [low, high] = interval.map((end) => 2 ** end) as [number, number];
    return { series: scaleTitles[grown.logitScale], x, y: 2 ** estimate, low, high };
  });
}

/** A power of the width through the measured middle. */
function power(grown: Grown, measure: Measure, exponent: number): TheoryLine['points'] {
  const { widths } = grown;
  const logs = log2Rows(grown, measure).flat();
  const middle = mean(logs);
  const centre = mean(widths.map(Math.log2));
  return widths.map(
    (width) => [width, 2 ** (middle + exponent * (Math.log2(width) - centre))] as const,
  );
}

export function initialFigure(first: readonly Grown[]): Figure {
  const own = first.filter(({ optimizer }) => optimizer === 'sgd');
  return {
    id: 'attention-initial',
    title: 'Attention logits at initialization',
    caption:
      'Root mean square of $q \\cdot k/d^s$ over heads and pairs of tokens. *Look for* one thing that shrinks: logits scaled by $1/d$ where heads grow.',
    chart: lawChart({
      x: { title: 'width', scale: 'log2' },
      y: { title: 'logits at init, root mean square', scale: 'log2' },
      series: { title: 'logits scaled by' },
      theory: own.map((grown) => ({
        ...{ label: 'd^(½−s)', facet: growTitle(grown), series: scaleTitles[grown.logitScale] },
        points: grown.widths.map((width, i) => {
          const headSize = grown.headSizes[i] as number;
          return [
            width,
            Math.sqrt(logitMoments({ headSize, scale: scaleOf(grown) }).variance),
          ] as const;
        }),
      })),
      measured: own.flatMap((grown) =>
        points(grown, 'initial').map((point) => ({ ...point, facet: growTitle(grown) })),
      ),
    }),
  };
}

export function firstStepFigure(first: readonly Grown[]): Figure {
  const facetOf = (grown: Grown) =>
    `${growTitle(grown)}, ${{ sgd: 'SGD', adam: 'Adam' }[grown.optimizer]}`;
  return {
    id: 'attention-first-step',
    title: 'What one step of queries and keys changes',
    caption:
      'Root mean square change of logits in μP; lines have the predicted powers of the width. *Look for* level lines where there are more heads, and where they are larger for Adam at $1/d$ alone. SGD at $1/d$ begins as $n^{-1/2}$: at first, values stand at random to the gradient.',
    chart: lawChart({
      x: { title: 'width', scale: 'log2' },
      y: { title: 'change of logits', scale: 'log2' },
      series: { title: 'logits scaled by' },
      theory: first.map((grown) => ({
        ...{ label: 'power of the width', facet: facetOf(grown) },
        series: scaleTitles[grown.logitScale],
        points: power(
          grown,
          'change',
          attentionUpdate(scalingOf(grown), grown.optimizer, 'random').logits,
        ),
      })),
      measured: first.flatMap((grown) =>
        points(grown, 'change').map((point) => ({ ...point, facet: facetOf(grown) })),
      ),
      columns: 2,
    }),
  };
}

export function trainedFigure(trained: readonly Grown[]): Figure {
  const facetOf = (grown: Grown, what: string) => `${growTitle(grown)}: ${what}`;
  const changes = (grown: Grown): readonly TheoryLine[] => {
    const line = (values: 'random' | 'aligned') =>
      power(grown, 'change', attentionUpdate(scalingOf(grown), 'sgd', values).logits);
    const place = {
      facet: facetOf(grown, 'change'),
      series: scaleTitles[grown.logitScale],
    };
    const both = grown.grow === 'head-size' && grown.logitScale === 'sqrt';
    return [
      { ...place, label: 'power of the width', points: line(both ? 'random' : 'aligned') },
      ...(both
        ? [
            {
              ...{ ...place, label: 'once values are aligned', stroke: 'dashed' as const },
              points: line('aligned'),
            },
          ]
        : []),
    ];
  };
  return {
    id: 'attention-trained',
    title: 'Two limits of wide attention',
    caption:
      'After training by SGD in μP: what it changed in logits, and how much they differ between heads. *Look for* larger heads with logits scaled by $1/d$: they learn at a pace without width and become alike. Many small heads learn too, and stay as different as they began. Larger heads with $1/\\sqrt d$ learn the faster the wider they are.',
    chart: lawChart({
      x: { title: 'width', scale: 'log2' },
      y: { title: 'logits, root mean square', scale: 'log2' },
      series: { title: 'logits scaled by' },
      theory: trained.flatMap((grown) => [
        ...changes(grown),
        ...(grown.grow === 'head-size' && grown.logitScale === 'sqrt'
          ? []
          : [
              {
                ...{ label: 'power of the width', series: scaleTitles[grown.logitScale] },
                facet: facetOf(grown, 'between heads'),
                points: power(grown, 'spread', logitExponent(scalingOf(grown))),
              },
            ]),
      ]),
      measured: trained.flatMap((grown) => [
        ...points(grown, 'change').map((point) => ({ ...point, facet: facetOf(grown, 'change') })),
        ...points(grown, 'spread').map((point) => ({
          ...point,
          facet: facetOf(grown, 'between heads'),
        })),
      ]),
      columns: 2,
    }),
  };
}
