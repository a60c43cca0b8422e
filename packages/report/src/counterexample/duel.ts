import { mean, sampleVariance } from 'simple-statistics';
import { log2Losses, type SizedArm } from '../sizes/sized-losses.ts';

/** A smaller and a larger net, each tuned and then judged, on one draw of one task. */
export interface HarmDuel {
  readonly small: SizedArm;
  readonly large: SizedArm;
  /** As in `SizedLosses`. */
  readonly ceiling: number;
  /** Judging seeds, which both nets share. */
  readonly seeds: number;
}

/** What the larger net costs on one draw of a task. */
export interface Harm {
  /** log2 of the larger net's tuned loss over the smaller one's, mean over judging seeds: above 0, larger is worse. */
  readonly value: number;
  /** Of that mean over seeds; what tuning and the draw add to it is not in it. */
  readonly variance: number;
  /** The larger net is not known to be tuned (edge, or nothing trained), so that its harm may be less. */
  readonly flattered: boolean;
  /** The smaller net is not, so that the harm may be more. */
  readonly hidden: boolean;
}

/** How far below a constant prediction, in log2 loss, the smaller net has to come before a search takes a task in full. */
export const HEADROOM = 0.3;

/**
 * What a search maximises: harm, less what the smaller net falls short of the headroom. Where it learns nothing there is
 * nothing that the larger one could lose, and harm is 0 whatever they do; a search for harm alone would end up there.
 */
export function meritOfDuel(duel: HarmDuel): Pick<Harm, 'value' | 'variance'> {
  const { small, ceiling, seeds } = duel;
  const { value, variance } = harmOfDuel(duel);
  const losses = log2Losses([small], { ceiling, seeds }).map(([loss = 0]) => loss);
  const below = Math.log2(ceiling) - mean(losses);
  return { value: value - Math.max(0, HEADROOM - below), variance };
}

/** The harm of a duel. A run that diverged, or is worse than a constant, counts as having learnt nothing. */
export function harmOfDuel({ small, large, ceiling, seeds }: HarmDuel): Harm {
  const pairs = log2Losses([small, large], { ceiling, seeds });
  const differences = pairs.map(([a = 0, b = 0]) => b - a);
  return {
    value: mean(differences),
    variance: seeds > 1 ? sampleVariance(differences) / seeds : 0,
    flattered: large.status !== 'interior',
    hidden: small.status !== 'interior',
  };
}
