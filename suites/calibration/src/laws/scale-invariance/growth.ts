import type { Evidence, Profile } from '@hyperlaw/cli';
import { type Claim, type Figure, lawChart, meanInterval } from '@hyperlaw/report';
import type { Experiment } from '@hyperlaw/sweep';
import { mean } from '@hyperlaw/theory';
import { agreement } from '../../agreement.ts';
import { resultOf } from '../../law.ts';
import type { FollowedWeight } from './lengths.ts';
import { type NormKind, normKinds, normTitles, residualNet, teacher } from './nets.ts';
import type { NormCourse, NormCourseInput } from './norm-course.ts';

const RATE = 0.05;
/** Of the hidden weights: large, so that they grow well beyond round-off. */
const HIDDEN_RATE = 1;
const EVERY = 2;
const sizes: Readonly<Record<Profile, { readonly nets: number; readonly steps: number }>> = {
  smoke: { nets: 2, steps: 100 },
  standard: { nets: 8, steps: 400 },
  full: { nets: 64, steps: 400 },
};
const nameOf = (kind: NormKind): string => `scale-invariance growth, ${kind}`;

/** One experiment a kind of norm, without decay. */
export function planGrowth(profile: Profile): readonly Experiment[] {
  const { nets, steps } = sizes[profile];
  return normKinds.map((kind, k) => {
    const input: NormCourseInput = {
      task: teacher,
      model: residualNet(kind),
      ...{ optimizer: 'sgd', batch: 32, decay: false, steps, every: EVERY, from: 0 },
      settings: [{ learningRate: RATE, 'learningRate/hidden': HIDDEN_RATE / RATE }],
      seeds: Array.from({ length: nets }, (_, s) => 1_230_000 + 1000 * k + s),
    };
    const cost = 0.2 + steps * nets * 5e-5;
    return { name: nameOf(kind), kind: 'normCourse', input, data: [], version: 1, cost };
  });
}

/** Hidden weights of all nets of one norm, `[net][weight]`. */
export type Growths = ReturnType<typeof growthsOf>;

/** Followed weights of all nets, by kind of norm; throws `NotMeasured` where an experiment failed. */
export const growthsOf = (evidence: Evidence) =>
  normKinds.map((kind) => ({
    kind,
    weights: resultOf<NormCourse>(evidence, nameOf(kind)).weights[0] ?? [],
  }));

const first = (values: readonly number[]): number => values[0] as number;
const last = (values: readonly number[]): number => values[values.length - 1] as number;

/** That squared norms grow by the squared updates, exactly. */
export function growthClaim(growths: Growths): Claim {
  const ratioOf = ({ squares, growth }: FollowedWeight) =>
    (last(squares) - first(squares)) / last(growth);
  const ratios = growths.flatMap(({ weights }) => weights.map((net) => mean(net.map(ratioOf))));
  return agreement({
    name: 'Growth of the squared norm, over the sum of squared updates',
    predicted: 1,
    formula: '1, of $\\eta^2\\sum\\|\\nabla L\\|^2$',
    measured: meanInterval(ratios),
    // Exact by Pythagoras. Squared norms are read to 1e-6 of themselves, which is a few times what they grow by or less.
    tolerance: 1e-3,
    test: `mean over weight matrices, t interval over ${ratios.length} nets, of layer and RMS norm`,
  });
}

/** Squared norms of two nets a kind of norm over steps, beside what their squared updates add up to. */
export function growthFigure(growths: Growths): Figure {
  const end = (growths[0]?.weights[0]?.[0]?.squares.length ?? 1) - 1;
  // Evenly on the axis, which is nearly logarithmic.
  const points = [0, ...new Set(Array.from({ length: 20 }, (_, i) => Math.round(end ** (i / 19))))];
  const shown = growths.flatMap(({ kind, weights }) =>
    [0, 1].map((net) => ({
      kind,
      series: `net ${net + 1}`,
      weight: weights[net]?.[0] as FollowedWeight,
    })),
  );
  return {
    id: 'scale-invariance-growth',
    title: 'Norms only grow, by Pythagoras',
    caption:
      'Squared norm of the first hidden weight matrix in two nets that learn a teacher by SGD. Lines: the squared norm at the start and the sum of the squared updates since, $\\|w_0\\|^2 + \\eta^2\\sum\\|\\nabla L\\|^2$. *Look for* points on lines that know nothing of directions.',
    chart: lawChart({
      x: { title: 'steps', scale: 'symlog' },
      y: { title: 'squared norm' },
      series: { title: 'initialization' },
      theory: shown.map(({ kind, series, weight: { squares, growth } }) => ({
        facet: normTitles[kind],
        series,
        label: 'sum of squares',
        points: growth.map((sum, i) => [i * EVERY, first(squares) + sum] as const),
      })),
      measured: shown.flatMap(({ kind, series, weight: { squares } }) =>
        points.map((i) => ({
          ...{ facet: normTitles[kind], series },
          ...{ x: i * EVERY, y: squares[i] as number },
        })),
      ),
      columns: 2,
    }),
  };
}
