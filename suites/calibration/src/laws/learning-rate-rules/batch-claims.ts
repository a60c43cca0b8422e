import { type Claim, type Estimate, meanInterval } from '@hyperlaw/report';
import { type Agreement, agreement } from '../../agreement.ts';
import { driftAgreement } from '../../drift-agreement.ts';
import { NotMeasured } from '../../law.ts';
import { measuredOr, notMeasured } from '../../not-measured.ts';
import {
  type BatchFound,
  bestRateOf,
  optimizerTitles,
  RESAMPLING,
  rulePower,
} from './batch-found.ts';
import { optimizers, type RuleOptimizer, theoreticalRace } from './inputs.ts';
import { bestInTheory, raceLoss, slopeInTheory } from './race-theory.ts';
import { isLarge, isSmall } from './sizes.ts';

const ruleNames: Readonly<Record<RuleOptimizer, string>> = {
  sgd: '1, the linear rule',
  adam: '½, the square-root rule',
};

type Size = 'small' | 'large';

const inSize = { small: isSmall, large: isLarge };
const sizeNames: Readonly<Record<Size, string>> = { small: 'B ≤ 16', large: 'B ≥ 2048' };

function drifting(found: readonly BatchFound[], units: string) {
  return {
    sizes: found.map(({ batch }) => batch),
    sweeps: found.map(({ points }) => points),
    ...{ resampling: RESAMPLING, of: 'batch sizes', units },
  };
}

// The parabola of a sweep is off the optimum by some per cent where the loss is no parabola, at all batch sizes nearly alike.
// Adam's v remembers 100 steps at B = 2 and 13 at B = 16, too few by 3/8 of their inverse for the mean of 1/√v: 0.03 over
// three doublings.
const LINEAR_TOLERANCE = 0.05;

// By η_max/(1 + B_crit/B) a slope is 1/(1 + B_crit/B) short of the rule's: at most 0.1 for batches whose critical size is ten
// times theirs, which for bytes is not known beforehand.
const NET_TOLERANCE = 0.1;

function linearClaim(found: readonly BatchFound[], optimizer: RuleOptimizer, size: Size): Claim {
  const own = found.filter((each) => each.optimizer === optimizer && inSize[size](each.batch));
  const batches = own.map(({ batch }) => batch);
  const limit = size === 'small' ? ruleNames[optimizer] : '0';
  const name = `Power of the batch size in the best rate of ${optimizerTitles[optimizer]}, ${sizeNames[size]}: linear regression`;
  if (batches.length < 2) {
    return notMeasured(name, 'fewer than two batch sizes', { predicted: limit });
  }
  const predicted = slopeInTheory(optimizer, batches);
  return driftAgreement(drifting(own, 'groups of runs'), {
    name,
    predicted,
    formula: `${predicted.toFixed(2)}, towards ${limit}`,
    tolerance: LINEAR_TOLERANCE,
  });
}

function netClaim(found: readonly BatchFound[], optimizer: RuleOptimizer): Claim {
  const own = found.filter((each) => each.optimizer === optimizer && isSmall(each.batch));
  return driftAgreement(drifting(own, 'seeds'), {
    name: `Power of the batch size in the best rate of ${optimizerTitles[optimizer]}, ${sizeNames.small}: net on bytes`,
    predicted: rulePower[optimizer],
    formula: ruleNames[optimizer],
    tolerance: NET_TOLERANCE,
  });
}

export function batchClaims(
  linear: readonly BatchFound[],
  nets: readonly BatchFound[],
): readonly Claim[] {
  return [
    ...(['small', 'large'] as const).flatMap((size) =>
      optimizers.map((optimizer) => linearClaim(linear, optimizer, size)),
    ),
    ...optimizers.map((optimizer) => netClaim(nets, optimizer)),
    ...optimizers.map((optimizer) => rateClaim(linear, optimizer)),
    ...optimizers.map((optimizer) => lossClaim(linear, optimizer)),
  ];
}

interface AtBatch {
  readonly batch: number;
  readonly measured: Estimate;
}

/** Of ratios that should be 1 the one whose interval reaches furthest from it: a mean might hide it. */
function worstMet(all: readonly AtBatch[]): AtBatch {
  const distance = ({ measured }: AtBatch) =>
    Math.max(...measured.interval.map((end) => Math.abs(Math.log(Math.max(end, 1e-9)))));
  const [first, ...others] = all;
  if (first === undefined) throw new NotMeasured('no batch size');
  return others.reduce((worst, next) => (distance(next) > distance(worst) ? next : worst), first);
}

/** A claim of the batch size that is worst met, which the test names. */
function worstClaim(
  claim: Omit<Agreement, 'measured' | 'test' | 'predicted'>,
  { measure, test }: { readonly measure: () => readonly AtBatch[]; readonly test: string },
): Claim {
  return measuredOr(
    () => {
      const all = measure();
      const { batch, measured } = worstMet(all);
      const worst = `B = ${batch}, the worst met of ${all.length} batch sizes`;
      return agreement({ ...claim, predicted: 1, measured, test: `${worst}: ${test}` });
    },
    (reason) => notMeasured(claim.name, reason, { predicted: 1 }),
  );
}

function rateClaim(linear: readonly BatchFound[], optimizer: RuleOptimizer): Claim {
  const own = linear.filter(
    (each) => each.optimizer === optimizer && (optimizer === 'sgd' || isSmall(each.batch)),
  );
  return worstClaim(
    {
      name: `Best rate of ${optimizerTitles[optimizer]} over theory’s, ${optimizer === 'sgd' ? 'all batch sizes' : sizeNames.small}: linear regression`,
      ...(optimizer === 'adam' && { formula: '1, of SGD over the gradient’s root mean square' }),
      // Read alike off theory and measurement, so that for SGD nothing is left but noise. Adam's theory is a limit of long memory,
      // of which batches of 16 leave 13 steps: a rate 3 % higher; its momentum and its first steps add as much.
      tolerance: optimizer === 'sgd' ? 0.05 : 0.1,
    },
    {
      measure: () =>
        own.map((each) => {
          const { x, interval, status } = bestRateOf(each);
          if (x === null || interval === null || status !== 'interior') {
            throw new NotMeasured(`an optimum on the edge at B = ${each.batch}`);
          }
          const theory = bestInTheory(each);
          const ends = [interval[0] / theory, interval[1] / theory] as const;
          return {
            batch: each.batch,
            measured: { estimate: x / theory, interval: ends, level: 0.95 },
          };
        }),
      test: 'parabolas through the same rates, resampling groups of runs',
    },
  );
}

function lossClaim(linear: readonly BatchFound[], optimizer: RuleOptimizer): Claim {
  const own = linear.filter((each) => each.optimizer === optimizer && isSmall(each.batch));
  return worstClaim(
    {
      name: `Loss of ${optimizerTitles[optimizer]} at theory’s best rate over theory’s, ${sizeNames.small}: linear regression`,
      ...(optimizer === 'adam' && { formula: '1, of SGD over the gradient’s root mean square' }),
      // Exact for SGD. Adam's memory of 13 steps at B = 16 is a rate 3 % higher, and the loss is a stationary one by half, in
      // proportion to the rate; its momentum and its first steps add as much.
      tolerance: optimizer === 'sgd' ? 0.05 : 0.1,
    },
    {
      measure: () =>
        own.map(({ batch, points }) => {
          // Theory's best rate stands in the middle of the sweep.
          const middle = points[(points.length - 1) / 2];
          const theory = raceLoss(optimizer, batch, theoreticalRace(optimizer, batch).learningRate);
          const ratios = (middle?.losses ?? []).map((loss) => {
            if (loss === null) throw new NotMeasured(`diverged at B = ${batch}`);
            return loss / theory;
          });
          return { batch, measured: meanInterval(ratios) };
        }),
      test: 't interval over groups of runs',
    },
  );
}
