import { type Claim, DRIFT_MARGIN, type VerdictWord } from '@hyperlaw/report';
import { axes } from './axes.ts';
import type { WatchedNet } from './course-plan.ts';
import { type Decision, titleOf } from './decision-rule.ts';
import { proposals } from './proposals.ts';
import { lookAt, roleSlopes, type Slope, slopesOf } from './slopes.ts';

/** Steps after which coordinates are checked: one, and enough for the router's gradient to have a direction. */
export const CHECK_STEPS: readonly number[] = [1, 16];

/** Exponents smaller than this count as none. */
export const SLOPE_MARGIN = DRIFT_MARGIN;

/** One claim a proposal: what it comes to on the axes that it is for. */
export function answerClaims({ answers }: Decision): readonly Claim[] {
  return answers.map(({ proposal, verdict, found }): Claim => {
    const { title, source, scope } = proposals[proposal];
    const beyond = Object.entries(found).filter(([axis]) => !scope.includes(axis as 'all'));
    const list = (pairs: readonly (readonly [string, VerdictWord])[]) =>
      pairs.map(([axis, word]) => `${axes[axis as 'all'].title} ${word}`).join(', ');
    const inside = scope.map((axis) => [axis, found[axis] ?? 'inconclusive'] as const);
    return {
      name: `The best learning rate stays put as a mixture grows, by the rule of ${title} (${source})`,
      ...{ task: null, verdict, effect: null, interval: null, pValue: null },
      test: 'from the claims along its axes, below',
      note: `Its axes: ${list(inside)}. Beyond them: ${list(beyond)}.`,
    };
  });
}

const isWithin = ([low, high]: readonly [number, number]) =>
  low > -SLOPE_MARGIN && high < SLOPE_MARGIN;
const isBeyond = ([low, high]: readonly [number, number]) =>
  low > SLOPE_MARGIN || high < -SLOPE_MARGIN;

/** What a slope's interval says of the claim that it is 0. */
export function wordOf({ slope }: Slope): VerdictWord {
  if (slope === null) return 'inconclusive';
  if (isWithin(slope.interval)) return 'supported';
  return isBeyond(slope.interval) ? 'refuted' : 'inconclusive';
}

/** The coordinate check: that each role moves its layer alike at every size, on the axes of a proposal's scope. */
export function slopeClaims(nets: readonly WatchedNet[]): readonly Claim[] {
  return CHECK_STEPS.flatMap((step) =>
    roleSlopes(nets, step)
      .filter(inScope)
      .map((own): Claim => {
        const after = step === 1 ? 'one step' : `${step} steps`;
        return {
          name: `Coordinate check after ${after} along ${axes[own.axis].title}, ${own.role}: ${titleOf(own.proposals)}`,
          ...{ task: null, verdict: wordOf(own), pValue: null, predicted: 0 },
          ...{ effect: own.slope?.estimate ?? null, interval: own.slope?.interval ?? null },
          test: 'mean over seeds of the exponent over sizes, t interval',
          tolerance: `± ${SLOPE_MARGIN}`,
          unit: 'exponent of the change over the size',
        };
      }),
  );
}

/** That training stays as rich at every size: the kernel of what the mixture gives moves as far. */
export function richClaims(nets: readonly WatchedNet[]): readonly Claim[] {
  return slopesOf(nets, (net) => lookAt(net)?.features.kernel ?? null).map(
    (own): Claim => ({
      name: `Training stays as rich along ${axes[own.axis].title}: ${titleOf(own.proposals)}`,
      ...{ task: null, verdict: wordOf(own), pValue: null },
      ...{ effect: own.slope?.estimate ?? null, interval: own.slope?.interval ?? null },
      test: `mean over seeds of the exponent over sizes, t interval; supported within ±${SLOPE_MARGIN}`,
      unit: 'exponent of the kernel’s change over the size',
      note: 'At one learning rate for all. It does not enter the verdict.',
    }),
  );
}

function inScope({ axis, proposals: own }: Slope): boolean {
  return own.some((proposal) => proposals[proposal].scope.includes(axis));
}
