import type { Evidence } from '@hyperlaw/cli';
import { type Estimate, type SweepPoint, sweepOptimum } from '@hyperlaw/report';
import { resultOf } from '../../law.ts';
import { type Readings, readEach } from '../../not-measured.ts';
import { netBatches, type RuleOptimizer, races } from './inputs.ts';
import type { LinearRuns } from './linear-runs.ts';
import type { NetSweep } from './nets.ts';
import { netSweepName, raceName } from './plan.ts';
import { sizes } from './sizes.ts';

/** A batch size with the loss that each rate left: exact excess loss, or held-out loss. */
export interface BatchFound {
  readonly optimizer: RuleOptimizer;
  readonly batch: number;
  readonly points: readonly SweepPoint[];
}

export const optimizerTitles: Readonly<Record<RuleOptimizer, string>> = {
  sgd: 'SGD',
  adam: 'Adam',
};

export function readRaces(evidence: Evidence): Readings<BatchFound> {
  return readEach(
    races(sizes[evidence.profile]),
    ({ optimizer, batch }) => `Linear regression, ${optimizerTitles[optimizer]}, B = ${batch}`,
    (input) => {
      const { losses } = resultOf<LinearRuns>(evidence, raceName(input));
      const points = input.rates.map((x, r) => ({
        x,
        losses: (losses[r] ?? []).map(([loss]) => loss ?? null),
      }));
      return { optimizer: input.optimizer, batch: input.batch, points };
    },
  );
}

export function readNetBatches(evidence: Evidence): Readings<BatchFound> {
  return readEach(
    netBatches(sizes[evidence.profile]),
    ({ optimizer, batch }) => `Net on bytes, ${optimizerTitles[optimizer]}, B = ${batch}`,
    (input) => {
      const { losses } = resultOf<NetSweep>(evidence, netSweepName(input));
      const points = input.rates.map((x, r) => ({ x, losses: losses[r] ?? [] }));
      return { optimizer: input.optimizer, batch: input.batch, points };
    },
  );
}

export const RESAMPLING = { seed: 131, resamples: 500 };

export const bestRateOf = ({ points }: BatchFound) => sweepOptimum(points, RESAMPLING);

/** The power of the batch size that the rule gives the rate, far below the critical batch size. */
export const rulePower: Readonly<Record<RuleOptimizer, number>> = { sgd: 1, adam: 1 / 2 };

/** An interval of a logarithm as one of the number. */
export function exponential({ estimate, interval: [low, high], level }: Estimate): Estimate {
  return { estimate: Math.exp(estimate), interval: [Math.exp(low), Math.exp(high)], level };
}
