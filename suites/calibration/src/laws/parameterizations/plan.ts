import type { Profile } from '@hyperlaw/cli';
import type { Experiment } from '@hyperlaw/sweep';
import type { Task, TaskLaw, TeacherLaw } from '@hyperlaw/tasks';
import { stableRateExponent } from '@hyperlaw/theory';
import type { CoordinatesInput } from './coordinates.ts';
import {
  type ComparedName,
  comparedNames,
  exponentsOf,
  type WidthOptimizer,
  widthOptimizers,
} from './names.ts';
import { BATCH, type RateSweepInput } from './rate-sweep.ts';
import type { SameTrainingInput } from './same-training.ts';

/** A ReLU teacher on few inputs, so that the input layer's share of the kernel is small at every width. */
const teacher: TeacherLaw = {
  kind: 'teacher',
  ...{ inputDim: 8, outputDim: 1, width: 16, depth: 2, activation: 'relu', noise: 0, instance: 0 },
};

/** As many of its examples as a batch has: every step sees all. */
const fixedTeacher: TaskLaw = { kind: 'finite', of: teacher, samples: BATCH };

const bytes: TaskLaw = {
  kind: 'typescript-bytes',
  ...{ context: 8, codeDim: 4, vocabulary: 32, instance: 0 },
};

export const tasks = (): readonly TaskLaw[] => [teacher, fixedTeacher, bytes];

/** The width at which every parameterization is SP. */
export const BASE_WIDTH = 64;

interface Sizes {
  readonly same: { readonly seeds: number; readonly steps: number };
  readonly coordinates: { readonly widths: readonly number[]; readonly seeds: number };
  readonly transfer: {
    readonly widths: readonly number[];
    readonly seeds: number;
    readonly steps: number;
  };
  readonly edges: {
    readonly widths: readonly number[];
    readonly seeds: number;
    readonly steps: number;
  };
}

export const sizes: Readonly<Record<Profile, Sizes>> = {
  smoke: {
    same: { seeds: 2, steps: 30 },
    coordinates: { widths: [64, 128, 256], seeds: 2 },
    transfer: { widths: [64, 128], seeds: 2, steps: 20 },
    edges: { widths: [64, 128], seeds: 2, steps: 40 },
  },
  standard: {
    same: { seeds: 6, steps: 200 },
    coordinates: { widths: [64, 128, 256, 512, 1024, 2048], seeds: 10 },
    transfer: { widths: [64, 128, 256, 384], seeds: 6, steps: 200 },
    edges: { widths: [64, 128, 256, 512], seeds: 6, steps: 60 },
  },
  full: {
    same: { seeds: 12, steps: 1000 },
    coordinates: { widths: [64, 128, 256, 512, 1024, 2048, 4096], seeds: 12 },
    transfer: { widths: [64, 128, 256, 512, 1024, 2048], seeds: 6, steps: 400 },
    edges: { widths: [64, 128, 256, 512, 1024, 2048], seeds: 16, steps: 200 },
  },
};

const seedsFrom = (first: number, count: number): readonly number[] =>
  Array.from({ length: count }, (_, i) => first + i);

export function sameTrainings(profile: Profile): readonly SameTrainingInput[] {
  const { seeds, steps } = sizes[profile].same;
  // Width over base width is 3, whose root is not exact in binary: otherwise the forms differ by no rounding at all.
  const common = { task: teacher, width: 192, baseWidth: BASE_WIDTH, steps };
  return widthOptimizers.flatMap((optimizer) =>
    (['tanh', 'relu'] as const).flatMap((activation) =>
      seedsFrom(101, seeds).map((seed) => {
        const learningRate = optimizer === 'sgd' ? 0.03 : 0.003;
        return { ...common, optimizer, activation, learningRate, seed };
      }),
    ),
  );
}

export function coordinateChecks(profile: Profile): readonly CoordinatesInput[] {
  const { widths, seeds } = sizes[profile].coordinates;
  return widthOptimizers.flatMap((optimizer) =>
    comparedNames.flatMap((parameterization) =>
      widths.map((width) => ({
        ...{ task: teacher, optimizer, parameterization, width, baseWidth: BASE_WIDTH },
        // Small enough for the widest net in SP to move in proportion, large enough for float32 to see it.
        learningRate: optimizer === 'sgd' ? 1e-4 : 1e-5,
        seeds: seedsFrom(121, seeds),
      })),
    ),
  );
}

/** One curve of best rates over widths: what is trained, and where theory sees them go. */
export interface Transfer {
  readonly optimizer: WidthOptimizer;
  readonly parameterization: ComparedName;
  /** Power of the width of the largest stable rate. */
  readonly drift: number;
  readonly sweeps: readonly RateSweepInput[];
}

/** Rates around a centre, so many an octave. */
function ratesAround(centre: number, count: number, density: number): readonly number[] {
  return Array.from({ length: count }, (_, i) => centre * 2 ** ((i - (count - 1) / 2) / density));
}

/** Tuned on bytes, where the loss is cross-entropy. */
export function transfers(profile: Profile): readonly Transfer[] {
  const { widths, seeds, steps } = sizes[profile].transfer;
  const compared = [
    ...(['sp', 'ntp', 'mup'] as const).map((name) => ['sgd', name] as const),
    ...(['sp', 'mup'] as const).map((name) => ['adam', name] as const),
  ];
  return compared.map(([optimizer, parameterization]) => {
    const exponents = exponentsOf(parameterization, optimizer);
    const drift = stableRateExponent(exponents, optimizer, 'cross-entropy');
    const centre = optimizer === 'sgd' ? 2 ** -1.5 : 2 ** -7;
    const sweeps = widths.map((width) => ({
      ...{ task: bytes, optimizer, parameterization, width, baseWidth: BASE_WIDTH, steps },
      // Moved along with theory, so that optima stay inside.
      rates: ratesAround(centre * (width / BASE_WIDTH) ** drift, 9, 2),
      seeds: seedsFrom(141, seeds),
    }));
    return { optimizer, parameterization, drift, sweeps };
  });
}

/** How far a rate may go on squared errors: descent on all examples, whose edge of stability within the steps is sharp. */
export function edges(profile: Profile): readonly Transfer[] {
  const { widths, seeds, steps } = sizes[profile].edges;
  return (['sp', 'ntp', 'mup'] as const).map((parameterization) => {
    const optimizer = 'sgd';
    const drift = stableRateExponent(exponentsOf(parameterization, optimizer), optimizer);
    const common = { task: fixedTeacher, optimizer, parameterization, steps } as const;
    const sweeps = widths.map((width) => ({
      ...{ ...common, width, baseWidth: BASE_WIDTH },
      rates: ratesAround(2 ** -5.5 * (width / BASE_WIDTH) ** drift, 13, 4),
      seeds: seedsFrom(161, seeds),
    }));
    return { optimizer, parameterization, drift, sweeps };
  });
}

export const sameName = ({ optimizer, activation, seed }: SameTrainingInput): string =>
  `parameterizations same ${activation} ${optimizer} ${seed}`;

export const coordinatesName = ({ optimizer, parameterization, width }: CoordinatesInput): string =>
  `parameterizations coordinates ${optimizer} ${parameterization} ${width}`;

export const sweepName = ({ task, optimizer, parameterization, width }: RateSweepInput): string =>
  `parameterizations sweep ${task.kind} ${optimizer} ${parameterization} ${width}`;

export function plan(profile: Profile, loaded: readonly Task[]): readonly Experiment[] {
  const dataOf = (law: TaskLaw) =>
    loaded.find((task) => JSON.stringify(task.law) === JSON.stringify(law))?.data ?? [];
  const experiment = (
    kind: string,
    name: string,
    input: { readonly task: TaskLaw },
    cost: number,
    version = 1,
  ) => ({
    ...{ kind, name, input, cost, data: dataOf(input.task), version },
  });
  const weights = ({ width }: { readonly width: number }) => width * (width + 32);
  return [
    ...sameTrainings(profile).map((input) =>
      experiment('sameTraining', sameName(input), input, 0.05 + input.steps * 1e-3),
    ),
    ...coordinateChecks(profile).map((input) =>
      experiment(
        'coordinates',
        coordinatesName(input),
        input,
        input.seeds.length * (0.02 + weights(input) * 5e-8),
      ),
    ),
    ...[...transfers(profile), ...edges(profile)].flatMap(({ sweeps }) =>
      sweeps.map((input) => {
        const runs = input.rates.length * input.seeds.length;
        const perStep = 5e-6 + weights(input) * (input.optimizer === 'adam' ? 4.5e-9 : 1.4e-9);
        return experiment(
          'rateSweep',
          sweepName(input),
          input,
          0.1 + runs * input.steps * perStep,
          2,
        );
      }),
    ),
  ];
}
