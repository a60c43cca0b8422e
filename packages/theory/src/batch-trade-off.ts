import { mean } from './mean.ts';
import { minimumOn } from './minimum.ts';

/**
 * The trade of steps S against examples E = B·S to one loss: (S/S_min − 1)(E/E_min − 1) = 1
 * (1812.06162, equation 2.11).
 */
export interface BatchTradeOff {
  /** S_min, with ever larger batches. */
  readonly minimumSteps: number;
  /** E_min, with ever smaller batches. */
  readonly minimumExamples: number;
}

/** One measured run to the target loss with its best learning rate. */
export interface TradeOffPoint {
  readonly steps: number;
  readonly examples: number;
}

/** B_crit = E_min/S_min, where either costs twice its minimum (1812.06162, equation 2.12). */
export const criticalBatchSize = ({ minimumSteps, minimumExamples }: BatchTradeOff): number =>
  minimumExamples / minimumSteps;

/** The hyperbola's point at a batch size: S = S_min (1 + B_crit/B), E = E_min (1 + B/B_crit). */
export function tradeOffAt(law: BatchTradeOff, batchSize: number): TradeOffPoint {
  const critical = criticalBatchSize(law);
  return {
    steps: law.minimumSteps * (1 + critical / batchSize),
    examples: law.minimumExamples * (1 + batchSize / critical),
  };
}

/** A fitted hyperbola. */
export interface BatchTradeOffFit extends BatchTradeOff {
  readonly criticalBatchSize: number;
  /** Root mean square of ln(S measured/S fitted). */
  readonly relativeError: number;
}

/** Batches this far beyond the measured ones are not looked at. */
const BEYOND = 1e4;

/**
 * The hyperbola through measured points, by least squares of ln S at the measured batch sizes E/S.
 *
 * The errors of ln S and ln E are one and the same at a given batch size, so this is also the fit of ln E. Where
 * all batches lie on one side of B_crit, the fit says little of the far branch, and B_crit may come out at the end of its
 * search range, 10⁴ times beyond the measured batches. Throws on fewer than three points, or points not positive.
 */
export function fitBatchTradeOff(points: readonly TradeOffPoint[]): BatchTradeOffFit {
  if (points.length < 3) throw new Error(`too few points: ${points.length} (3 or more)`);
  const wrong = points.find(({ steps, examples }) => !(steps > 0 && examples > 0));
  if (wrong !== undefined) {
    throw new Error(`unusable point: ${wrong.steps} steps, ${wrong.examples} examples (positive)`);
  }
  const batches = points.map(({ steps, examples }) => examples / steps);
  /** At a given B_crit the best ln S_min is a mean, and what is left is a variance. */
  const given = (critical: number) => {
    const logs = points.map(({ steps }, i) =>
      Math.log(steps / (1 + critical / (batches[i] as number))),
    );
    const centre = mean(logs);
    const variance = mean(logs.map((value) => (value - centre) ** 2));
    return { centre, variance };
  };
  const { at } = minimumOn(
    (log) => given(Math.exp(log)).variance,
    [Math.log(Math.min(...batches) / BEYOND), Math.log(Math.max(...batches) * BEYOND)],
  );
  const critical = Math.exp(at);
  const { centre, variance } = given(critical);
  return {
    minimumSteps: Math.exp(centre),
    minimumExamples: critical * Math.exp(centre),
    criticalBatchSize: critical,
    relativeError: Math.sqrt(variance),
  };
}
