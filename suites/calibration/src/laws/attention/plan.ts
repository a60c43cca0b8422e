import type { Profile } from '@hyperlaw/cli';
import type { Experiment } from '@hyperlaw/sweep';
import type { Task, TaskLaw } from '@hyperlaw/tasks';
import type { AttentionScaling, StepLaw } from '@hyperlaw/theory';
import type { LogitsInput } from './logits.ts';

export const bytes: TaskLaw = {
  kind: 'typescript-bytes',
  ...{ context: 8, codeDim: 1, vocabulary: 32, instance: 4 },
};

/** A way to grow, and a scale of logits. */
export interface Growth {
  readonly grow: AttentionScaling['grow'];
  readonly logitScale: LogitsInput['logitScale'];
}

export const growths: readonly Growth[] = (['head-count', 'head-size'] as const).flatMap((grow) =>
  (['sqrt', 'inverse'] as const).map((logitScale) => ({ grow, logitScale })),
);

/** s of logits q·k/d^s. */
export const scaleOf = ({ logitScale }: Growth): number =>
  ({ sqrt: 1 / 2, inverse: 1 })[logitScale];

/** The size of heads where their number grows. */
export const HEAD_SIZE = 8;

export const stepLaws: readonly StepLaw[] = ['sgd', 'adam'];

interface Grid {
  readonly first: { readonly widths: readonly number[]; readonly seeds: number };
  readonly trained: {
    readonly widths: readonly number[];
    readonly seeds: number;
    readonly steps: number;
  };
}

export const grids: Readonly<Record<Profile, Grid>> = {
  smoke: {
    first: { widths: [16, 32], seeds: 3 },
    trained: { widths: [16, 32], seeds: 2, steps: 10 },
  },
  standard: {
    first: { widths: [32, 64, 128, 256, 512], seeds: 24 },
    trained: { widths: [64, 128, 256, 512], seeds: 6, steps: 100 },
  },
  full: {
    first: { widths: [32, 64, 128, 256, 512, 1024], seeds: 48 },
    trained: { widths: [64, 128, 256, 512, 1024, 2048], seeds: 12, steps: 1000 },
  },
};

/** By larger heads their number stays. */
function headsOf({ grow }: Growth, width: number, count: number) {
  return grow === 'head-count'
    ? { heads: width / HEAD_SIZE, headSize: HEAD_SIZE }
    : { heads: count, headSize: width / count };
}

const seedsFrom = (first: number, count: number): readonly number[] =>
  Array.from({ length: count }, (_, i) => first + i);

/**
 * One small step of queries and keys, on one example of few tokens: of a batch the step moves each logit mostly along the
 * gradients of others, which are at random to it.
 */
export function firstStep(
  profile: Profile,
  growth: Growth,
  optimizer: StepLaw,
  width: number,
): LogitsInput {
  const { seeds, widths } = grids[profile].first;
  return {
    ...{ task: bytes, optimizer, ...headsOf(growth, width, 2), logitScale: growth.logitScale },
    ...{ baseWidth: widths[0] as number, trained: 'queries-and-keys', steps: 1 },
    // Small enough for the first order in the rate, large enough for float32 to see the change.
    learningRate: { sgd: 1e-3, adam: 1e-5 }[optimizer],
    ...{ context: 4, batch: 1, seeds: seedsFrom(601, seeds) },
  };
}

/** All weights trained by SGD. */
export function training(profile: Profile, growth: Growth, width: number): LogitsInput {
  const { seeds, widths, steps } = grids[profile].trained;
  return {
    ...{ task: bytes, optimizer: 'sgd', ...headsOf(growth, width, 4), steps },
    ...{ logitScale: growth.logitScale, baseWidth: widths[0] as number, trained: 'all' },
    ...{ learningRate: 1, context: 8, batch: 16, seeds: seedsFrom(651, seeds) },
  };
}

/** The name of an experiment: by optimizer, shape and scale, without seeds. */
export const nameOf = ({ optimizer, heads, headSize, logitScale, trained }: LogitsInput): string =>
  `attention ${trained} ${optimizer} ${heads} heads of ${headSize} ${logitScale}`;

export function plan(profile: Profile, loaded: readonly Task[]): readonly Experiment[] {
  const own = loaded.find(({ law }) => JSON.stringify(law) === JSON.stringify(bytes));
  const { first, trained } = grids[profile];
  const inputs = growths.flatMap((growth) => [
    ...stepLaws.flatMap((optimizer) =>
      first.widths.map((width) => firstStep(profile, growth, optimizer, width)),
    ),
    ...trained.widths.map((width) => training(profile, growth, width)),
  ]);
  // At the least width both ways to grow may be one shape.
  return inputs
    .filter((input, i) => inputs.findIndex((other) => nameOf(other) === nameOf(input)) === i)
    .map((input) => {
      const { heads, headSize, seeds, steps, context, batch } = input;
      const weights = 6 * (heads * headSize) ** 2;
      return {
        name: nameOf(input),
        kind: 'attentionLogits',
        input,
        data: own?.data ?? [],
        version: 2,
        cost: 0.1 + seeds.length * weights * (3e-8 + steps * (3e-9 + context * batch * 1e-10)),
      };
    });
}
