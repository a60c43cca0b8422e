import type { Evidence } from '@hyperlaw/cli';
import type { Experiment } from '@hyperlaw/sweep';
import { type DepthScales, depthScales, type MeanFieldNet } from '@hyperlaw/theory';
import { resultOf } from '../../law.ts';
import { MEMBERS, type Pairs, type PairsInput } from './propagate.ts';

/** σ_b² wherever it is not varied: that of 1611.01232, Figure 2. */
export const BIAS_VARIANCE = 0.05;

/** The infinitely wide tanh net of a weight variance. */
export const netOf = (
  weightVariance: number,
  biasVariance: number = BIAS_VARIANCE,
): MeanFieldNet => ({ activation: 'tanh', weightVariance, biasVariance });

/** Depth scales that were asked for: each takes a hundredth of a second, and lines of theory want many, more than once. */
const known = new Map<number, DepthScales>();

/** The depth scales of the infinitely wide tanh net of a weight variance. */
export function scalesAt(weightVariance: number): DepthScales {
  const scales = known.get(weightVariance) ?? depthScales(netOf(weightVariance));
  known.set(weightVariance, scales);
  return scales;
}

/** A depth scale along an axis of weight variances, null near its pole. */
export function scaleLine(
  of: 'correlation' | 'gradient',
  { from, to, most }: { readonly from: number; readonly to: number; readonly most: number },
): readonly (readonly [weightVariance: number, layers: number | null])[] {
  return Array.from({ length: Math.round((to - from) * 20) + 1 }, (_, i) => {
    const weightVariance = Number((from + i / 20).toFixed(3));
    const scale = Math.abs(scalesAt(weightVariance)[of]);
    return [weightVariance, scale < most ? scale : null] as const;
  });
}

/** Pairs carried through nets, as experiments of at most so many nets each. */
export function planPairs(name: string, input: PairsInput, atATime: number): readonly Experiment[] {
  const { width, depth, triples, groups, nets, seed } = input;
  const rows = triples * MEMBERS * groups.length;
  // Drawing weights, products, and passes over activations.
  const layer = 8e-9 * width ** 2 + width * rows * (2.5e-11 * width + 8e-9);
  return partsOf(nets, atATime).map((part, i) => ({
    name: `${name} ${i + 1}`,
    kind: 'propagatedPairs',
    input: { ...input, nets: part, seed: seed + i } satisfies PairsInput,
    data: [],
    version: 2,
    cost: part * depth * layer,
  }));
}

/** What they measured, all nets together. */
export function pairsOf(
  evidence: Evidence,
  name: string,
  { nets }: PairsInput,
  atATime: number,
): Pairs {
  const parts = partsOf(nets, atATime).map((_, i) => resultOf<Pairs>(evidence, `${name} ${i + 1}`));
  return {
    separations: parts.flatMap(({ separations }) => separations),
    lengths: parts.flatMap(({ lengths }) => lengths),
  };
}

function partsOf(nets: number, atATime: number): readonly number[] {
  const count = Math.ceil(nets / atATime);
  return Array.from({ length: count }, (_, i) => Math.min(atATime, nets - i * atATime));
}
