import { type Claim, type Estimate, meanInterval, sweepOptimum } from '@hyperlaw/report';
import { agreement } from '../../agreement.ts';
import { NotMeasured } from '../../law.ts';
import { exponential, RESAMPLING } from './batch-found.ts';
import { bestForSteps } from './inputs.ts';
import {
  type LinearRampFound,
  type LinearSweepFound,
  type NetRangeFound,
  rules,
  ruleTitles,
} from './range-found.ts';

export function linearRangeClaims(
  ramps: readonly LinearRampFound[],
  sweeps: readonly LinearSweepFound[],
): readonly Claim[] {
  return [
    ...rules.map((rule) => {
      const logs = ramps.flatMap(({ exact, measured }) =>
        measured.map((each) => Math.log(each[rule] / exact[rule])),
      );
      return agreement({
        name: `Range test’s suggestion over the exact recursion’s, ${ruleTitles[rule]}: linear regression`,
        predicted: 1,
        measured: () => exponential(meanIntervalOf(logs)),
        // Steps of a ramp of 100 are 20 % apart, and a minimum is flat.
        tolerance: 0.1,
        test: `geometric mean over ${ramps.length} lengths of the ramp, t interval over ${logs.length} groups of runs`,
      });
    }),
    agreement({
      name: 'Best constant rate over the exact recursion’s: linear regression',
      predicted: 1,
      measured: () => exponential(meanIntervalOf(sweeps.flatMap(sweptErrors))),
      // Sweeps have two rates an octave, and the loss is no parabola between them.
      tolerance: 0.1,
      test: `geometric mean over ${sweeps.length} numbers of steps, t interval over groups of runs`,
    }),
  ];
}

function meanIntervalOf(logs: readonly number[]): Estimate {
  if (logs.length < 2) throw new NotMeasured('fewer than two groups of runs');
  return meanInterval(logs);
}

/** ln of the best rate of each group over that of theory. */
function sweptErrors({ steps, points }: LinearSweepFound): readonly number[] {
  const exact = bestForSteps(steps);
  return (points[0]?.losses ?? []).map((_, group) => {
    const own = points.map(({ x, losses }) => ({ x, losses: [losses[group] ?? null] }));
    const { x, status } = sweepOptimum(own, RESAMPLING);
    if (x === null || status !== 'interior') throw new NotMeasured('an optimum on the edge');
    return Math.log(x / exact);
  });
}

/** log10 of a rule's suggestions over the swept optimum; its interval covers the noise of both. */
function suggestionError(
  { suggestions, points }: NetRangeFound,
  rule: (typeof rules)[number],
): Estimate {
  const { x, interval, status } = sweepOptimum(points, RESAMPLING);
  if (x === null || interval === null || status !== 'interior') {
    throw new NotMeasured('the swept optimum stands on the edge');
  }
  if (suggestions.length < 2) throw new NotMeasured('ramps suggest nothing');
  const {
    estimate,
    interval: own,
    level,
  } = meanInterval(suggestions.map((each) => Math.log10(each[rule] / x)));
  const [low, high] = [
    Math.hypot(estimate - own[0], Math.log10(interval[1] / x)),
    Math.hypot(own[1] - estimate, Math.log10(x / interval[0])),
  ];
  return { estimate, interval: [estimate - low, estimate + high], level };
}

/** Share of ramps whose suggestion is off by less than a factor of ten, for the text. */
function shareWithin(
  { suggestions, ramps, points }: NetRangeFound,
  rule: (typeof rules)[number],
): string {
  const { x } = sweepOptimum(points, RESAMPLING);
  const good = suggestions.filter((each) => x !== null && Math.abs(Math.log10(each[rule] / x)) < 1);
  return `${good.length} of ${ramps.length} ramps are within a factor of ten.`;
}

export function netRangeClaims(found: readonly NetRangeFound[]): readonly Claim[] {
  return found.flatMap((range) =>
    rules.map((rule) =>
      agreement({
        name: `Range test’s suggestion over the swept optimum, ${ruleTitles[rule]}: ${range.title}`,
        predicted: 0,
        measured: () => suggestionError(range, rule),
        // The rules are of thumb: their promise is the order of magnitude.
        tolerance: 1,
        unit: 'decades',
        test: `mean over ${range.suggestions.length} single ramps, t interval with that of the optimum`,
        note: shareWithin(range, rule),
      }),
    ),
  );
}
