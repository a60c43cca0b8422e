import { formatInterval } from '@hyperlaw/report';
import { type Axis, axes } from './axes.ts';
import type { AxisClaim, Decision } from './decision-rule.ts';
import { type Proposal, proposals } from './proposals.ts';

/** The verdict in one sentence: what every proposal comes to on the axes that it is for, SP for comparison. */
export function statementOf({ claims, answers }: Decision): string {
  const parts = answers.map(({ proposal, verdict }) => {
    const { title, scope } = proposals[proposal];
    const drifts = scope.map((axis) => `${axes[axis].title} ${driftOf(claims, proposal, axis)}`);
    return `${title}: ${verdict} (${drifts.join(', ')})`;
  });
  return `That the best rate of Adam stays put as a mixture of experts grows is, for each rule on the axes that it is for, in doublings of the rate per doubling of the size: ${parts.join('; ')}.`;
}

function driftOf(claims: readonly AxisClaim[], proposal: Proposal, axis: Axis): string {
  const claim = claims.find(
    (each) => each.axis === axis && each.proposals.includes(proposal),
  )?.claim;
  if (!claim || claim.effect === null || claim.interval === null) return 'not measured';
  return formatInterval(claim.effect, claim.interval);
}
