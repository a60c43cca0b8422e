import { type Claim, meanInterval, shareInterval } from '@hyperlaw/report';
import { chinchillaRefitted, computeOptimum, type ScalingLaw } from '@hyperlaw/theory';
import { agreement } from '../../agreement.ts';
import { NotMeasured } from '../../law.ts';
import { approachTitles, covers, type Fits } from './fits.ts';
import { approaches, CHINCHILLA } from './plan.ts';

/**
 * Sizes step by factors of 1.5 to 2 and an envelope is a staircase of them, which leaves about so much of an exponent over
 * its two decades of parameters.
 */
const BIAS = 0.01;

/** A compute that the approach that fits the law sees at the middle of its runs. */
const SEEN = 6 * 1e9 * 1.7e10;

/** Tokens a parameter at the budget of 2203.15556 by a law. */
export function tokensPerParameter(law: ScalingLaw): number {
  const { parameters, tokens } = computeOptimum(law, CHINCHILLA);
  return tokens / parameters;
}

export function claimsOf(all: readonly Fits[]): readonly Claim[] {
  return [
    ...all.map(biasClaim),
    ...approaches.map((approach) =>
      coverageClaim(all.filter(({ cell }) => cell.approach === approach)),
    ),
    ...all
      .filter(({ cell }) => cell.approach === 'parametric' && cell.law === chinchillaRefitted)
      .map(extrapolationClaim),
    calculationClaim(),
  ];
}

function biasClaim({ cell, truth, exponents }: Fits): Claim {
  const found = exponents.filter((exponent) => exponent !== null);
  const lost = exponents.length - found.length;
  return agreement({
    name: `Exponent of $N_{\\text{opt}}$, ${approachTitles[cell.approach]}: ${cell.title}`,
    predicted: truth,
    formula: `$\\beta/(\\alpha+\\beta) = ${truth.toFixed(3)}$`,
    measured: () => {
      if (found.length < 2) throw new NotMeasured('fewer than two experiments could be fitted');
      return meanInterval(found);
    },
    tolerance: BIAS,
    test: `mean of ${found.length} made-up experiments, t interval`,
    ...(lost > 0 && { note: `${lost} more could not be fitted.` }),
  });
}

function coverageClaim(fits: readonly Fits[]): Claim {
  const all = fits.flatMap((each) => each.intervals.map((interval) => covers(each, interval)));
  const approach = fits[0]?.cell.approach ?? 'envelope';
  return agreement({
    name: `Share of 95 % intervals that hold the planted exponent, ${approachTitles[approach]}`,
    predicted: 0.95,
    measured: shareInterval(all.filter((covered) => covered).length, all.length),
    // An interval that says 95 % and holds less than 90 % of the time would mislead.
    tolerance: 0.05,
    test: `Clopper–Pearson interval of ${all.length} made-up experiments on ${fits.length} laws`,
  });
}

function extrapolationClaim({ cell, tokensPerParameter: ratios }: Fits): Claim {
  const predicted = tokensPerParameter(cell.law);
  const { estimate, interval, level } = meanInterval(ratios.map(Math.log));
  return agreement({
    name: 'Tokens per parameter at 5.76·10²³ operations, extrapolated by approach 3',
    predicted,
    measured: {
      estimate: Math.exp(estimate),
      interval: [Math.exp(interval[0]), Math.exp(interval[1])],
      level,
    },
    // What an exponent off by its own tolerance makes of D/N = C/6N² on the way from the middle of the runs.
    tolerance: predicted * 2 * BIAS * Math.log(CHINCHILLA / SEEN),
    unit: 'tokens per parameter',
    test: `geometric mean of ${ratios.length} made-up experiments, t interval of logarithms`,
  });
}

function calculationClaim(): Claim {
  const found = tokensPerParameter(chinchillaRefitted);
  return agreement({
    name: 'Tokens per parameter at 5.76·10²³ operations, by the corrected constants',
    predicted: 20,
    formula: '$1.4\\cdot10^{12}/70\\cdot10^9 = 20$',
    measured: { estimate: found, interval: [found, found], level: 1 },
    // The model of 2203.15556 was sized by three approaches that differ by more.
    tolerance: 4,
    unit: 'tokens per parameter',
    test: 'a calculation from printed constants: no interval',
  });
}
