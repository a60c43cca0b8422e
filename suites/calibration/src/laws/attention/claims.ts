import { type Claim, meanInterval, slopeTrend } from '@hyperlaw/report';
import { attentionUpdate, logitExponent, logitMoments } from '@hyperlaw/theory';
import { agreement } from '../../agreement.ts';
import { type Grown, log2Rows, type Measure, titleOf } from './found.ts';
import { HEAD_SIZE, scaleOf } from './plan.ts';

/** Powers of the width differ by halves: half of that tells them apart. */
const TOLERANCE = 0.25;

const scalingOf = (grown: Grown) => ({ scale: scaleOf(grown), grow: grown.grow });

function slopeClaim(
  grown: Grown,
  measure: Measure,
  claim: { readonly name: string; readonly predicted: number; readonly tolerance?: number },
): Claim {
  const rows = log2Rows(grown, measure);
  return agreement({
    tolerance: TOLERANCE,
    ...claim,
    measured: slopeTrend(grown.widths.map(Math.log2), rows),
    test: `slope over ${grown.widths.length} widths, t interval over ${rows.length} seeds`,
  });
}

const optimizerTitles = { sgd: 'SGD', adam: 'Adam' } as const;

/**
 * How alike heads are after training. What differs between heads whose number is fixed is random at initialization, and
 * in what random values make of it: d^{½−s} at s = 1, while what they share is of order one.
 */
export function trainedClaims(trained: readonly Grown[]): readonly Claim[] {
  const spread = trained.filter(
    ({ grow, logitScale }) => grow === 'head-count' || logitScale === 'inverse',
  );
  return [
    ...[...spread].reverse().map((grown) =>
      slopeClaim(grown, 'spread', {
        name: `Power of the width in how logits differ between heads after training: ${titleOf(grown)}`,
        predicted: logitExponent(scalingOf(grown)),
      }),
    ),
    ...[...spread].reverse().map((grown) =>
      slopeClaim(grown, 'change', {
        name: `Power of the width in what training changes in logits: ${titleOf(grown)}`,
        predicted: attentionUpdate(scalingOf(grown), 'sgd', 'aligned').logits,
      }),
    ),
  ];
}

/** The mean over shapes, weighted by their heads, of one seed: nets of a seed are drawn from the same numbers. */
function bySeed(
  shapes: readonly { readonly heads: number; readonly values: readonly number[] }[],
): readonly number[] {
  const all = shapes.reduce((sum, { heads }) => sum + heads, 0);
  return (shapes[0]?.values ?? []).map((_, seed) =>
    shapes.reduce((sum, { heads, values }) => sum + (heads * (values[seed] as number)) / all, 0),
  );
}

/** Exact at every width, whatever the inputs, so that tolerances are for noise alone. */
export function initialClaims(first: readonly Grown[]): readonly Claim[] {
  const own = first.filter(({ optimizer }) => optimizer === 'sgd');
  const larger = own.filter(({ grow }) => grow === 'head-size');
  const shapes = own.flatMap((grown) =>
    grown.results.map(({ initial, initialFourth }, i) => {
      const headSize = grown.headSizes[i] as number;
      const heads = (grown.widths[i] as number) / headSize;
      const { variance } = logitMoments({ headSize, scale: scaleOf(grown) });
      const fourth = initialFourth.map((x) => x / variance ** 2);
      return { heads, headSize, values: initial.map((root) => root ** 2 / variance), fourth };
    }),
  );
  const variances = bySeed(shapes);
  const small = shapes.filter(({ headSize }) => headSize === HEAD_SIZE);
  const fourths = bySeed(small.map(({ heads, fourth }) => ({ heads, values: fourth })));
  const predicted = 3 + logitMoments({ headSize: HEAD_SIZE, scale: 1 / 2 }).excessKurtosis;
  return [
    agreement({
      name: 'Variance of logits at initialization over d^(1−2s), all shapes',
      predicted: 1,
      measured: meanInterval(variances),
      tolerance: 0.05,
      test: `t interval over ${variances.length} seeds, mean over ${shapes.length} shapes`,
    }),
    ...larger.map((grown) =>
      slopeClaim(grown, 'initial', {
        name: `Power of the width in logits at initialization: ${titleOf(grown)}`,
        predicted: logitExponent(scalingOf(grown)),
        tolerance: 0.1,
      }),
    ),
    agreement({
      name: `Fourth moment of logits of unit variance at initialization, heads of ${HEAD_SIZE}`,
      predicted,
      formula: `$3 + 6/d = ${predicted}$`,
      measured: meanInterval(fourths),
      // Half of what it exceeds that of a Gaussian by.
      tolerance: 3 / HEAD_SIZE,
      test: `t interval over ${fourths.length} seeds`,
    }),
  ];
}

export const firstStepClaims = (first: readonly Grown[]): readonly Claim[] =>
  first.map((grown) =>
    slopeClaim(grown, 'change', {
      name: `Power of the width in the first step’s change of logits, ${optimizerTitles[grown.optimizer]}: ${titleOf(grown)}`,
      predicted: attentionUpdate(scalingOf(grown), grown.optimizer, 'random').logits,
    }),
  );
