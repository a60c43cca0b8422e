import { type Claim, DRIFT_MARGIN, formatInterval, type VerdictWord } from '@hyperlaw/report';
import { type Axis, axes } from './axes.ts';
import type { WatchedNet } from './course-plan.ts';
import type { Decision } from './decision-rule.ts';
import { titleOf } from './proposal-words.ts';
import { type Proposal, proposals } from './proposals.ts';
import { lookAt, roleSlopes, type Slope, slopesOf } from './slopes.ts';

/** Steps after which coordinates are checked: one, and enough for the router's gradient to have a direction. */
export const CHECK_STEPS = { early: 1, late: 16 } as const;

/** Exponents smaller than this count as none. */
export const SLOPE_MARGIN = DRIFT_MARGIN;

/** One claim a proposal: what it comes to on the axes that it is for; its effect is the largest drift among these. */
export function answerClaims({ answers, claims }: Decision): readonly Claim[] {
  return answers.map(({ proposal, verdict, found }): Claim => {
    const { title, source, scope } = proposals[proposal];
    const own = claims.filter(
      (each) => each.proposals.includes(proposal) && scope.includes(each.axis),
    );
    const largest = own
      .map(({ claim }) => claim)
      .sort((a, b) => Math.abs(b.effect ?? 0) - Math.abs(a.effect ?? 0))[0];
    const list = (names: readonly Axis[]) =>
      names.map((axis) => `${axes[axis].title} ${found[axis] ?? 'inconclusive'}`).join(', ');
    const beyond = (Object.keys(found) as Axis[]).filter((axis) => !scope.includes(axis));
    return {
      name: `The best learning rate stays put by the rule of ${title} (${source}), on its axes`,
      ...{ task: null, verdict, pValue: null },
      ...{ effect: largest?.effect ?? null, interval: largest?.interval ?? null },
      test: 'from the claims along its axes, below; the effect is the largest of their drifts',
      unit: 'doublings of the best rate per doubling of the size',
      note: `Its axes: ${list(scope)}. Beyond them: ${list(beyond)}.`,
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

/** The coordinate check: that every role moves its layer alike at every size, on the axes of a proposal's scope. */
export function slopeClaims(nets: readonly WatchedNet[]): readonly Claim[] {
  const all = roleSlopes(nets, CHECK_STEPS.late).filter(inScope);
  const places = new Map(all.map((own) => [JSON.stringify([own.axis, meant(own)]), own]));
  return [...places.entries()].map(([place, { axis, ...first }]): Claim => {
    const own = all.filter((each) => JSON.stringify([each.axis, meant(each)]) === place);
    const words = own.map(wordOf);
    const worst = own
      .flatMap(({ role, slope }) => (slope ? [{ role, slope }] : []))
      .sort((a, b) => Math.abs(b.slope.estimate) - Math.abs(a.slope.estimate))[0];
    const every = words.every((word) => word === 'supported');
    return {
      name: `Every role moves its layer alike along ${axes[axis].title}: ${titleOf(meant({ axis, ...first }))}`,
      ...{ task: null, pValue: null },
      verdict: every ? 'supported' : words.includes('refuted') ? 'refuted' : 'inconclusive',
      ...{ effect: worst?.slope.estimate ?? null, interval: worst?.slope.interval ?? null },
      test: `coordinate check after ${CHECK_STEPS.late} steps, mean over seeds, t interval; within ±${SLOPE_MARGIN} for every role, refuted where one is beyond`,
      unit: `exponent of the change over the size, of the role where it is largest${worst ? `: ${worst.role}` : ''}`,
      note: `${own.map(({ role, slope }) => `${role} ${slope ? formatInterval(slope.estimate, slope.interval) : 'not measured'}`).join(', ')}. It does not enter the verdict.`,
    };
  });
}

/** That training stays as rich at every size: the kernel of what the mixture gives moves as far. */
export function richClaims(nets: readonly WatchedNet[]): readonly Claim[] {
  return slopesOf(nets, (net) => lookAt(net)?.features.kernel ?? null)
    .filter(inScope)
    .map(
      (own): Claim => ({
        name: `Training stays as rich along ${axes[own.axis].title}: ${titleOf(meant(own))}`,
        ...{ task: null, verdict: wordOf(own), pValue: null },
        ...{ effect: own.slope?.estimate ?? null, interval: own.slope?.interval ?? null },
        test: `mean over seeds of the exponent over sizes, t interval; supported within ±${SLOPE_MARGIN}`,
        unit: 'exponent of the kernel’s change over the size',
        note: 'At one learning rate for all. Kernels of small nets start with more noise, whose loss counts as change too. It does not enter the verdict.',
      }),
    );
}

/** Of proposals that train alike along an axis, those that it is in the scope of. */
function meant({ axis, proposals: own }: Slope): readonly Proposal[] {
  return own.filter((proposal) => proposals[proposal].scope.includes(axis));
}

const inScope = (own: Slope): boolean => meant(own).length > 0;
