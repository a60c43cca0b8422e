import { formatInterval, type VerdictWord } from '@hyperlaw/report';
import { type Axis, axes, axisNames } from './axes.ts';
import { type Decision, titleOf } from './decision-rule.ts';
import { type Proposal, proposals } from './proposals.ts';

const opening: Readonly<Record<VerdictWord, string>> = {
  supported:
    'Under one rule at least the best rate of Adam stays put however a mixture of experts grows',
  refuted:
    'Under none of the rules does the best rate of Adam stay put however a mixture of experts grows',
  mixed: 'Whether the best rate of Adam stays put depends on how a mixture of experts grows',
  inconclusive:
    'Whether under some rule the best rate of Adam stays put however a mixture of experts grows is undecided',
};

/** The verdict in one sentence, and beside it how far the rate moves under every rule on the axes that it is for. */
export function statementOf(decision: Decision): string {
  const parts = axisNames.flatMap((axis) => {
    const drifts = driftsAlong(decision, axis);
    return drifts.length === 0 ? [] : [`along ${axes[axis].title} ${drifts.join(', ')}`];
  });
  const tail =
    parts.length === 0
      ? ''
      : `: in doublings of the rate per doubling of the size it moves, for the rules that are meant for it, ${parts.join('; ')}`;
  return `${opening[decision.verdict]}${tail}.`;
}

function driftsAlong({ claims }: Decision, axis: Axis): readonly string[] {
  return claims
    .filter((each) => each.axis === axis)
    .flatMap(({ proposals: own, claim: { effect, interval } }) => {
      const meant = own.filter((proposal: Proposal) => proposals[proposal].scope.includes(axis));
      if (meant.length === 0 || effect === null || interval === null) return [];
      return [`${formatInterval(effect, interval)} (${titleOf(meant)})`];
    });
}
