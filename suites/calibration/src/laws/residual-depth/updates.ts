import type { Evidence, Profile } from '@hyperlaw/cli';
import type { DepthRule } from '@hyperlaw/core';
import { type Claim, type Figure, lawChart, meanInterval, slopeTrend } from '@hyperlaw/report';
import type { Experiment } from '@hyperlaw/sweep';
import type { TaskLaw } from '@hyperlaw/tasks';
import { depthExponents, type StepLaw } from '@hyperlaw/theory';
import { agreement } from '../../agreement.ts';
import { resultOf } from '../../law.ts';
import type { FirstStep, FirstStepInput } from './first-step.ts';
import { exponents, titles } from './nets.ts';

export const teacher: TaskLaw = {
  kind: 'teacher',
  ...{ inputDim: 16, outputDim: 1, width: 16, depth: 2, activation: 'relu', noise: 0, instance: 9 },
};

/** Rules by optimizer, and the power r of L in the rates that each gives to blocks. */
const compared: readonly {
  readonly optimizer: StepLaw;
  readonly rule: DepthRule;
  readonly rateExponent: number;
}[] = [
  { optimizer: 'sgd', rule: 'sqrt', rateExponent: 0 },
  { optimizer: 'sgd', rule: 'completep', rateExponent: 1 },
  { optimizer: 'sgd', rule: 'inverse', rateExponent: 0 },
  { optimizer: 'adam', rule: 'sqrt', rateExponent: -1 / 2 },
  { optimizer: 'adam', rule: 'completep', rateExponent: 0 },
];

const optimizers: readonly StepLaw[] = ['sgd', 'adam'];
const optimizerTitles: Readonly<Record<StepLaw, string>> = { sgd: 'SGD', adam: 'Adam' };

interface Grid {
  readonly width: number;
  readonly depths: readonly number[];
  readonly seeds: number;
}

const grids: Readonly<Record<Profile, Grid>> = {
  smoke: { width: 16, depths: [8, 16], seeds: 2 },
  standard: { width: 64, depths: [8, 16, 32, 64, 128], seeds: 12 },
  full: { width: 256, depths: [8, 16, 32, 64, 128], seeds: 24 },
};

/** Seeds of one program. */
const AT_A_TIME = 4;

function inputsOf(profile: Profile, optimizer: StepLaw, depth: number): readonly FirstStepInput[] {
  const { width, seeds } = grids[profile];
  const all = Array.from({ length: seeds }, (_, i) => 801 + i);
  const rules = compared.filter((each) => each.optimizer === optimizer).map(({ rule }) => rule);
  return Array.from({ length: Math.ceil(seeds / AT_A_TIME) }, (_, i) => ({
    ...{ task: teacher, optimizer, rules, width, depth, batch: 32 },
    // Small enough for the first order in the rate, large enough for float32 to see the change.
    learningRate: { sgd: 1e-4, adam: 1e-5 }[optimizer],
    seeds: all.slice(i * AT_A_TIME, (i + 1) * AT_A_TIME),
  }));
}

const nameOf = ({ optimizer, depth, seeds }: FirstStepInput): string =>
  `residual-depth step ${optimizer} ${depth} from ${seeds[0]}`;

export const planUpdates = (profile: Profile): readonly Experiment[] =>
  optimizers.flatMap((optimizer) =>
    grids[profile].depths.flatMap((depth) =>
      inputsOf(profile, optimizer, depth).map((input) => ({
        name: nameOf(input),
        kind: 'firstStep',
        input,
        data: [],
        version: 2,
        cost: 0.1 + 2.5e-7 * input.rules.length * input.seeds.length * depth * input.width ** 2,
      })),
    ),
  );

const measures = ['stream', 'block'] as const;
type Measure = (typeof measures)[number];

const measureTitles: Readonly<Record<Measure, string>> = {
  stream: 'stream',
  block: 'hidden features',
};

/** What a step changes over depths, by one optimizer and rule. */
export interface Updates {
  readonly optimizer: StepLaw;
  readonly rule: DepthRule;
  readonly measure: Measure;
  readonly predicted: number;
  readonly depths: readonly number[];
  /** `[seed][depth]`. */
  readonly changes: readonly (readonly number[])[];
}

export function updatesOf(evidence: Evidence): readonly Updates[] {
  const { profile } = evidence;
  const { depths } = grids[profile];
  return measures.flatMap((measure) =>
    compared.map(({ optimizer, rule, rateExponent }): Updates => {
      const byDepth = depths.map((depth) =>
        inputsOf(profile, optimizer, depth).flatMap((input) => {
          const result = resultOf<FirstStep>(evidence, nameOf(input));
          return result[measure][input.rules.indexOf(rule)] ?? [];
        }),
      );
      const options = { exponent: exponents[rule], rateExponent, steps: optimizer };
      return {
        ...{ optimizer, rule, measure, depths },
        predicted: depthExponents(options)[measure],
        changes: (byDepth[0] ?? []).map((_, s) => byDepth.map((row) => row[s] as number)),
      };
    }),
  );
}

const titleOf = ({ optimizer, rule }: Updates): string =>
  `multiplier ${titles[rule]}, ${optimizerTitles[optimizer]}`;

/**
 * Tolerance: powers differ by halves, of which a quarter tells them apart; corrections of order 1/L, in the growth of the
 * stream and of gradients, are 1/8 at the least depth, which is 0.1 or less over four doublings. 0.15 is between.
 */
export const updateClaims = (all: readonly Updates[]): readonly Claim[] =>
  all.map((updates) =>
    agreement({
      name: `Power of L in the first step’s change of ${measureTitles[updates.measure]}: ${titleOf(updates)}`,
      predicted: updates.predicted,
      measured: slopeTrend(
        updates.depths.map(Math.log2),
        updates.changes.map((row) => row.map(Math.log2)),
      ),
      tolerance: 0.15,
      test: `slope over ${updates.depths.length} depths, t interval over ${updates.changes.length} seeds`,
    }),
  );

export function updateFigure(all: readonly Updates[]): Figure {
  const facetOf = ({ optimizer, measure }: Updates): string =>
    `${measureTitles[measure]}, ${optimizerTitles[optimizer]}`;
  const meanAt = ({ changes }: Updates, i: number) =>
    meanInterval(changes.map((row) => Math.log(row[i] as number) - Math.log(row[0] as number)));
  return {
    id: 'residual-depth-updates',
    title: 'What one step changes',
    caption:
      'Change of the stream after the last block, and of a block’s hidden features by its own first weights, relative to that at the least depth; only blocks are trained. *Look for* level lines for the stream by both rules that scale rates, and for hidden features by $L^{-1}$ alone: under $L^{-1/2}$ blocks stop learning features of their own.',
    chart: lawChart({
      x: { title: 'blocks L', scale: 'log2' },
      y: { title: 'change, relative to the least depth', scale: 'log2' },
      series: { title: 'branch multiplier' },
      theory: all.map((updates) => ({
        ...{ facet: facetOf(updates), series: titles[updates.rule], label: 'power of L' },
        points: updates.depths.map(
          (depth) => [depth, (depth / (updates.depths[0] as number)) ** updates.predicted] as const,
        ),
      })),
      measured: all.flatMap((updates) =>
        updates.depths.map((x, i) => {
          const place = { facet: facetOf(updates), series: titles[updates.rule], x };
          if (i === 0) return { ...place, y: 1 };
          const { estimate, interval } = meanAt(updates, i);
          const [low, high] = interval.map(Math.exp) as [number, number];
          return { ...place, y: Math.exp(estimate), low, high };
        }),
      ),
      columns: 2,
    }),
  };
}
