import type { Evidence, Profile } from '@hyperlaw/cli';
import { type Claim, type Figure, lawChart, meanInterval } from '@hyperlaw/report';
import type { Experiment } from '@hyperlaw/sweep';
import { mean } from '@hyperlaw/theory';
import { agreement } from '../../agreement.ts';
import { resultOf } from '../../law.ts';
import { type NormKind, normKinds, normTitles, pointOf, residualNet, teacher } from './nets.ts';
import type { Orthogonality, OrthogonalityInput } from './orthogonality.ts';

const placements = ['both', 'pre'] as const;
type Placement = (typeof placements)[number];

/** Groups of weights whose gradient is looked at, by the norms of their net. */
const groupsOf: Readonly<Record<Placement, OrthogonalityInput['groups']>> = {
  both: { normed: ['block1.end.weight'], readout: ['output.weight'] },
  pre: {
    stream: ['input.weight', 'block1.end.weight', 'block2.end.weight'],
    branch: ['block1.end.weight'],
  },
};

/** What is followed, and whether a factor on it leaves the loss as it is. */
const followed = [
  { placement: 'both', group: 'normed', title: 'weight that a norm follows', invariant: true },
  { placement: 'pre', group: 'stream', title: 'pre-norm: all of the stream', invariant: true },
  { placement: 'pre', group: 'branch', title: 'pre-norm: one branch', invariant: false },
  { placement: 'both', group: 'readout', title: 'readout', invariant: false },
] as const;

const stops = [1, 3, 10, 30, 100, 300];
const netsOf: Readonly<Record<Profile, number>> = { smoke: 2, standard: 32, full: 256 };
const nameOf = (kind: NormKind, placement: Placement): string =>
  `scale-invariance orthogonality, ${kind}, ${placement}`;

/** One experiment for every kind of norm and where it stands. */
export function planInvariance(profile: Profile): readonly Experiment[] {
  return normKinds.flatMap((kind, k) =>
    placements.map((placement, p) => {
      const input: OrthogonalityInput = {
        task: teacher,
        model: residualNet(kind, { placement }),
        ...{ batch: 32, learningRate: 0.05, stops, groups: groupsOf[placement] },
        seeds: Array.from(
          { length: netsOf[profile] },
          (_, s) => 1_220_000 + 1000 * (2 * k + p) + s,
        ),
      };
      const cost = 0.2 + 300 * input.seeds.length * 2e-5;
      return {
        ...{
          name: nameOf(kind, placement),
          kind: 'orthogonality',
          input,
          data: [],
          version: 1,
          cost,
        },
      };
    }),
  );
}

/** Cosines of what is followed in nets of one norm, `[stop][net]`, the first before training. */
export type Cosines = ReturnType<typeof cosinesOf>;

/**
 * Cosines between weights and gradients, of what norms follow and of what they do not; throws `NotMeasured` where an
 * experiment failed.
 */
export function cosinesOf(evidence: Evidence) {
  return normKinds.flatMap((kind) =>
    followed.map((each) => ({
      ...{ ...each, kind },
      cosines:
        resultOf<Orthogonality>(evidence, nameOf(kind, each.placement)).cosines[each.group] ?? [],
    })),
  );
}

/** That gradients are orthogonal to weights that norms follow, to round-off. */
export function invarianceClaims(cosines: Cosines): Claim[] {
  return followed
    .filter(({ invariant }) => invariant)
    .map(({ title }) => {
      const values = cosines
        .filter((each) => each.title === title)
        .flatMap(({ cosines: rows }) =>
          (rows[0] ?? []).map((_, net) => mean(rows.map((row) => row[net] as number))),
        );
      return agreement({
        name: `Cosine between weights and gradient: ${title}`,
        predicted: 0,
        formula: '0, of $\\langle w, \\nabla_w L\\rangle$',
        measured: meanInterval(values),
        // Round-off of float32, 6e-8 a term, and the 1e-6 that core’s norms add to the mean square.
        tolerance: 1e-5,
        test: `mean size before and in training, t interval over ${values.length} nets, of layer and RMS norm`,
      });
    });
}

/** Sizes of cosines over training, beside the round-off of float32. */
export function invarianceFigure(cosines: Cosines): Figure {
  const steps = [0, ...stops];
  return {
    id: 'scale-invariance-orthogonality',
    title: 'Gradients across what a norm follows',
    caption:
      'Size of the cosine between weights and the gradient of a batch, in residual nets that learn a teacher, mean over nets with 95 % intervals. Dotted: the round-off of one float32. *Look for* seven decades between what is scale-invariant and what is not. With norms before the branches alone no branch is, but all that writes to the stream is as one vector.',
    chart: lawChart({
      x: { title: 'steps', scale: 'symlog' },
      y: { title: '|cosine|', scale: 'log10', domain: [3e-9, 1] },
      series: { title: 'weights' },
      theory: [],
      measured: cosines.flatMap(({ kind, title, cosines: own }) =>
        own.map((values, i) => ({
          facet: normTitles[kind],
          series: title,
          x: steps[i] as number,
          ...pointOf(values),
        })),
      ),
      rules: [{ axis: 'y', at: 2 ** -24, label: '2⁻²⁴' }],
      columns: 2,
    }),
  };
}
