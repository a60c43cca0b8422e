import type { Evidence } from '@hyperlaw/cli';
import type { Figure } from '@hyperlaw/report';
import type { Finding, Law } from '../../law.ts';
import { findingOfParts, type Part } from '../../not-measured.ts';
import { batchClaims } from './batch-claims.ts';
import { collapseFigure, netBatchFigure, raceFigure } from './batch-figures.ts';
import { readNetBatches, readRaces } from './batch-found.ts';
import { tasks } from './inputs.ts';
import { plan } from './plan.ts';
import { linearRangeClaims, netRangeClaims } from './range-claims.ts';
import { linearRangeFigure, netRangeFigures } from './range-figures.ts';
import { readLinearRamps, readLinearSweeps, readNetRanges } from './range-found.ts';

function find(evidence: Evidence): Finding {
  const [races, nets] = [readRaces(evidence), readNetBatches(evidence)];
  const [ramps, sweeps] = [readLinearRamps(evidence), readLinearSweeps(evidence)];
  const ranges = readNetRanges(evidence);
  const parts: readonly Part[] = [
    {
      claims: [...batchClaims(races.found, nets.found), ...races.missing, ...nets.missing],
      figures: [
        ...figureOf(races.found, raceFigure),
        ...figureOf(nets.found, netBatchFigure),
        ...figureOf(nets.found, collapseFigure),
      ],
    },
    {
      claims: [
        ...linearRangeClaims(ramps.found, sweeps.found),
        ...ramps.missing,
        ...sweeps.missing,
      ],
      figures: figureOf(ramps.found, (found) => linearRangeFigure(found, sweeps.found)),
    },
    {
      claims: [...netRangeClaims(ranges.found), ...ranges.missing],
      figures: netRangeFigures(ranges.found),
    },
  ];
  return findingOfParts(parts, [
    'On linear regression with label noise the best rate is the one that reaches 3 % of the first excess loss in the fewest steps, which is the one with the lowest loss after as many steps; losses are exact, from the weights. There theory has no free number: for SGD the expected loss obeys a closed recursion, and for Adam so does that of SGD divided, coordinate by coordinate, by the gradient’s root mean square, which is Adam’s limit where $v$ remembers many steps. Adam’s β keep their half-lives in examples ([2507.07101](https://arxiv.org/abs/2507.07101)). The net on bytes is trained on a fixed number of examples at every batch size. A parabola through a sweep misses the best rate where the loss is none: above $B_\\text{crit}$, where it rises like a cliff, by 15 %, as a first reading against theory’s own best rate showed. So the best rates of theory and of measurement are read off the same rates in the same way.',
    'A range test ramps the rate geometrically in one run ([1506.01186](https://arxiv.org/abs/1506.01186)). From its loss two rules of practice read off a rate: where it falls fastest, and a tenth of where it is lowest; both are taken, with ramp and smoothing, from the [finder of fastai](https://docs.fast.ai/callback.schedule.html). On linear regression they are laid over the same rules applied to the exact expected loss. On nets there is no theory: the claim is only that they give the order of magnitude of the best constant rate for 400 steps. *Why they may not:* the finder’s ramp climbs eight decades in 100 steps, so that its smoothed loss, a mean over about 50 steps, lags the rate by decades, and the slope at small rates is the noise of single batches.',
  ]);
}

/** A figure of what was found, where something was. */
const figureOf = <T>(found: readonly T[], draw: (found: readonly T[]) => Figure) =>
  found.length === 0 ? [] : [draw(found)];

export const learningRateRules: Law = {
  id: 'learning-rate-rules',
  title: 'Learning-rate range test, and batch–rate rules',
  headlines: 6,
  law: 'While gradients are mostly noise, the best rate grows in proportion to the batch size for SGD and to its square root for Adam; above the critical batch size it stays ([1812.06162](https://arxiv.org/abs/1812.06162), [2205.10287](https://arxiv.org/abs/2205.10287)). A range test gives its order of magnitude.',
  tasks,
  plan,
  find,
};
