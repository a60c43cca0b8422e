import type { Evidence } from '@hyperlaw/cli';
import type { StepLaw } from '@hyperlaw/theory';
import { resultOf } from '../../law.ts';
import type { Logits, LogitsInput } from './logits.ts';
import { firstStep, type Growth, grids, growths, nameOf, stepLaws, training } from './plan.ts';

/** What was measured over widths, grown in one way. */
export interface Grown extends Growth {
  readonly optimizer: StepLaw;
  readonly widths: readonly number[];
  readonly headSizes: readonly number[];
  /** By width. */
  readonly results: readonly Logits[];
}

function readGrown(
  evidence: Evidence,
  growth: Growth,
  optimizer: StepLaw,
  inputs: readonly LogitsInput[],
): Grown {
  return {
    ...{ ...growth, optimizer },
    widths: inputs.map(({ heads, headSize }) => heads * headSize),
    headSizes: inputs.map(({ headSize }) => headSize),
    results: inputs.map((input) => resultOf<Logits>(evidence, nameOf(input))),
  };
}

/** First steps, of queries and keys alone. */
export const firstStepsOf = (evidence: Evidence): readonly Grown[] =>
  stepLaws.flatMap((optimizer) =>
    growths.map((growth) => {
      const { profile } = evidence;
      const inputs = grids[profile].first.widths.map((width) =>
        firstStep(profile, growth, optimizer, width),
      );
      return readGrown(evidence, growth, optimizer, inputs);
    }),
  );

/** Trained by SGD. */
export const trainedOf = (evidence: Evidence): readonly Grown[] =>
  growths.map((growth) => {
    const { profile } = evidence;
    const inputs = grids[profile].trained.widths.map((width) => training(profile, growth, width));
    return readGrown(evidence, growth, 'sgd', inputs);
  });

/** What of logits is looked at. */
export type Measure = 'initial' | 'change' | 'spread';

/** log2 of a measure, `[seed][width]`. */
export function log2Rows({ results }: Grown, measure: Measure): readonly (readonly number[])[] {
  return (results[0]?.[measure] ?? []).map((_, seed) =>
    results.map((result) => Math.log2(result[measure][seed] as number)),
  );
}

const growTitles = { 'head-count': 'more heads', 'head-size': 'larger heads' } as const;
/** What logits are scaled by, d the size of a head. */
export const scaleTitles = { sqrt: '1/√d', inverse: '1/d' } as const;

/** In which way nets become wider, in words. */
export const growTitle = ({ grow }: Growth): string => growTitles[grow];

/** How nets become wider and what their logits are scaled by, in words. */
export const titleOf = (growth: Growth): string =>
  `${growTitle(growth)}, logits by ${scaleTitles[growth.logitScale]}`;
