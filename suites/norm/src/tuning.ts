import type { Knob, Knobs, Space } from '@hyperlaw/sweep';
import type { Contestant, Net } from './contestants.ts';

/** What is tuned and what is not. */
export interface Tuning {
  readonly knobs: Knobs;
  readonly space: Space;
}

const initScale: Knob = {
  ...{ name: 'initScale', base: 1, min: -2, max: 0, limits: [-9, 5], stride: 2 },
};
/** LARS and LAMB measure steps in lengths of the weight, so that a rate means the same in both. */
const rates = {
  mlp: { name: 'learningRate', base: 1, min: -7, max: -1, limits: [-18, 7], stride: 2 },
  transformer: { name: 'learningRate', base: 1, min: -8, max: -4, limits: [-16, 3], stride: 2 },
  relative: { name: 'learningRate', base: 1, min: -8, max: -2, limits: [-18, 5], stride: 2 },
} as const satisfies Readonly<Record<string, Knob>>;

/** Where contestants that train by SGD are searched. */
export const searchSpace: Space = [rates.mlp, initScale];

/** Learning rate and init scale of every contestant, and what else it is fixed at. */
export function tuningOf(net: Net, { scaleAware = false, branchGainScale }: Contestant): Tuning {
  return {
    knobs: {
      richness: 1,
      // Over a few hundred steps the usual β₂ = 0.999 never forgets the first.
      ...(net === 'transformer' ? { beta1: 0.9, beta2: 0.99 } : {}),
      // SGD has no momentum here, so LARS has none.
      ...(net === 'mlp' && scaleAware ? { momentum: 0, trust: 1 } : {}),
      ...(branchGainScale === undefined ? {} : { branchGainScale }),
    },
    space: [rates[scaleAware ? 'relative' : net], initScale],
  };
}
