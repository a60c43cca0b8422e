import {
  type Claim,
  DRIFT_MARGIN,
  holm,
  LEVEL,
  meanError,
  meanTest,
  regionTest,
  type Tested,
  type VerdictWord,
} from '@hyperlaw/report';
import { type Axis, axes } from './axes.ts';
import { titleOf } from './proposal-words.ts';
import { type Proposal, proposalNames, proposals } from './proposals.ts';

/** How the best rate of one training moves along one axis: one drift a task. */
export interface Drifts {
  readonly axis: Axis;
  /** Proposals that train every net of the axis alike. */
  readonly proposals: readonly Proposal[];
  /** Doublings of the best rate per doubling of the size, of tasks with interior optima at enough sizes. */
  readonly drifts: readonly number[];
}

/** The claim that the best rate stays put along an axis, under all of the proposals that train alike along it. */
export interface AxisClaim {
  readonly axis: Axis;
  readonly proposals: readonly Proposal[];
  readonly claim: Claim;
  /** p of the hypothesis that the mean drift lies beyond the margin (two one-sided t tests); 1 with too few tasks. */
  readonly within: number;
}

/** What a proposal comes to on the axes that it is for. */
export interface ProposalAnswer {
  readonly proposal: Proposal;
  readonly verdict: VerdictWord;
  /** Axes by what was found, those outside its scope too. */
  readonly found: Readonly<Partial<Record<Axis, VerdictWord>>>;
}

/** What one rule, under whichever of its names, comes to along all axes together. */
export interface RuleEverywhere {
  /** Proposals, SP aside, that are this rule along every axis that was measured. */
  readonly proposals: readonly Proposal[];
  /** Its claim that lies least surely within the margin; null where none was measured. */
  readonly worst: AxisClaim | null;
  /** p that along some axis its rate moves beyond the margin, Holm over distinct rules; 1 where an axis is missing. */
  readonly pValue: number;
  readonly verdict: 'supported' | 'inconclusive';
}

export interface Decision {
  readonly verdict: VerdictWord;
  readonly claims: readonly AxisClaim[];
  readonly answers: readonly ProposalAnswer[];
  /** Every distinct rule but SP, along all axes. */
  readonly everywhere: readonly RuleEverywhere[];
}

/** The fewest tasks that a claim can stand on. */
const FEWEST_TASKS = 3;

/**
 * The decision rule, written down before the data, its verdict made stricter once after a pilot (below). It sees drifts by
 * proposal, axis and task, nothing else.
 *
 * Along an axis the best rate of a proposal
 * - stays put (`supported`) where the 95 % interval of the mean drift over tasks lies within ±1/4 of a doubling per
 *   doubling of the size;
 * - moves (`refuted`) where the mean drift is significantly beyond that margin: one-sided t test over tasks, Holm over
 *   all distinct trainings and axes, level 5 %;
 * - is `inconclusive` otherwise, and with fewer than three tasks.
 *
 * A proposal, on the axes of its scope, is
 * - `supported` where all of them are;
 * - `refuted` where one is refuted and none supported;
 * - `mixed` where one is refuted and another supported;
 * - `inconclusive` otherwise.
 *
 * The verdict, on whether there is a rule under which the best rate of a mixture of experts stays put however it grows, is
 * - `supported` where some rule stays put along every axis: the largest p, over axes, of two one-sided t tests against the
 *   margin, Holm over distinct rules, level 5 %;
 * - `refuted` where every proposal is refuted on some axis;
 * - `inconclusive` otherwise.
 *
 * Before a pilot it sufficed that some proposal's intervals lay within the margin on every axis: the best of five rules,
 * each of which is allowed to err in 2.5 % of cases, which is not the level that the house keeps.
 *
 * SP is judged by the same rule, and is none of the proposals that the verdict is about.
 */
export function decide(measured: readonly Drifts[]): Decision {
  const tests = measured.map(({ drifts }) =>
    drifts.length < FEWEST_TASKS ? null : beyond(drifts),
  );
  const corrected = holm(tests.map((test) => test?.p ?? 1));
  const claims = measured.map((own, i): AxisClaim => {
    const test = tests[i] ?? null;
    const claim = test === null ? unmeasured(own) : claimOf(own, test, corrected[i] ?? 1);
    return { axis: own.axis, proposals: own.proposals, claim, within: test?.within ?? 1 };
  });
  const answers = proposalNames.map((proposal): ProposalAnswer => {
    const found = Object.fromEntries(
      claims
        .filter((each) => each.proposals.includes(proposal))
        .map(({ axis, claim }) => [axis, claim.verdict]),
    ) as ProposalAnswer['found'];
    const words = proposals[proposal].scope.map((axis) => found[axis] ?? 'inconclusive');
    return { proposal, found, verdict: together(words) };
  });
  const everywhere = rulesEverywhere(claims);
  return { verdict: overall(answers, everywhere), claims, answers, everywhere };
}

function together(words: readonly VerdictWord[]): VerdictWord {
  if (words.every((word) => word === 'supported')) return 'supported';
  if (!words.includes('refuted')) return 'inconclusive';
  return words.includes('supported') ? 'mixed' : 'refuted';
}

/** An intersection over axes for every distinct rule, and a union over rules, which is what is corrected for. */
function rulesEverywhere(claims: readonly AxisClaim[]): readonly RuleEverywhere[] {
  const count = Object.keys(axes).length;
  const rules = new Map<string, { proposals: Proposal[]; own: readonly AxisClaim[] }>();
  for (const proposal of proposalNames.filter((name) => name !== 'sp')) {
    const own = claims.filter((each) => each.proposals.includes(proposal));
    const key = JSON.stringify(own.map((each) => claims.indexOf(each)));
    rules.set(key, { proposals: [...(rules.get(key)?.proposals ?? []), proposal], own });
  }
  const found = [...rules.values()].map(({ proposals: names, own }) => {
    const worst = own.reduce<AxisClaim | null>(
      (most, each) => (most === null || each.within > most.within ? each : most),
      null,
    );
    return { proposals: names, worst, p: own.length < count ? 1 : (worst?.within ?? 1) };
  });
  const corrected = holm(found.map(({ p }) => p));
  return found.map(({ p: _, ...rest }, i): RuleEverywhere => {
    const pValue = corrected[i] ?? 1;
    return { ...rest, pValue, verdict: pValue <= LEVEL ? 'supported' : 'inconclusive' };
  });
}

function overall(
  answers: readonly ProposalAnswer[],
  everywhere: readonly RuleEverywhere[],
): VerdictWord {
  if (everywhere.some(({ verdict }) => verdict === 'supported')) return 'supported';
  const own = answers.filter(({ proposal }) => proposal !== 'sp');
  const moves = ({ found }: ProposalAnswer) => Object.values(found).includes('refuted');
  return own.length > 0 && own.every(moves) ? 'refuted' : 'inconclusive';
}

interface Beyond {
  readonly mean: Tested;
  /** Of the hypothesis that the mean drift lies within the margin, one-sided; and that it lies beyond. */
  readonly p: number;
  readonly within: number;
}

function beyond(drifts: readonly number[]): Beyond {
  const mean = meanTest(drifts);
  const margin = { low: -DRIFT_MARGIN, high: DRIFT_MARGIN };
  const { inside, outside } = regionTest(mean.estimate, [meanError(drifts)], margin);
  return { mean, p: outside, within: inside };
}

const common = ({ axis, proposals: own }: Drifts) => ({
  name: `The best learning rate stays put along ${axes[axis].title}: ${titleOf(own)}`,
  task: null,
  unit: 'doublings of the best rate per doubling of the size',
});

function claimOf(own: Drifts, { mean, within }: Beyond, p: number): Claim {
  const [low, high] = mean.interval;
  const stays = low > -DRIFT_MARGIN && high < DRIFT_MARGIN;
  return {
    ...common(own),
    verdict: stays ? 'supported' : p < LEVEL ? 'refuted' : 'inconclusive',
    effect: mean.estimate,
    interval: mean.interval,
    // Of the test that decided, or could have refuted.
    test: `mean over ${own.drifts.length} tasks; p: ${stays ? `two one-sided t tests of a drift beyond ±${DRIFT_MARGIN}` : `one-sided t test of a drift within ±${DRIFT_MARGIN}, Holm over all`}`,
    pValue: stays ? within : p,
    note: `${scopeNote(own)} Grows: ${axes[own.axis].grows}.`,
  };
}

function unmeasured(own: Drifts): Claim {
  return {
    ...common(own),
    ...{ verdict: 'inconclusive', effect: null, interval: null, pValue: null },
    test: `too few tasks with interior optima: ${own.drifts.length} (${FEWEST_TASKS} or more)`,
  };
}

function scopeNote({ axis, proposals: own }: Drifts): string {
  const inside = own.filter((proposal) => proposals[proposal].scope.includes(axis));
  if (inside.length === 0) return 'Outside the scope of all of these.';
  return `In the scope of ${titleOf(inside)}.`;
}
