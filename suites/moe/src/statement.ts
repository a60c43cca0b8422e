import { DRIFT_MARGIN, formatInterval, formatNumber, type VerdictWord } from '@hyperlaw/report';
import { type Axis, axes, axisNames } from './axes.ts';
import type { Decision, RuleEverywhere } from './decision-rule.ts';
import { titleOf } from './proposal-words.ts';
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
  return `${opening[decision.verdict]}${foundWords(decision)}${tail}.`;
}

/** Which rules stay put, or comes closest to it, and where each does so least surely, within its scope or not. */
function foundWords({ everywhere }: Decision): string {
  const surely = ({ proposals: own, worst, pValue }: RuleEverywhere): readonly string[] => {
    const { effect = null, interval = null } = worst?.claim ?? {};
    if (worst === null || effect === null || interval === null) return [];
    const where = axes[worst.axis].title;
    return [
      `${titleOf(own)}, least surely along ${where}: ${formatInterval(effect, interval)}, p = ${formatNumber(pValue, 2)} after correction for ${everywhere.length} rules`,
    ];
  };
  const found = everywhere.filter(({ verdict }) => verdict === 'supported').flatMap(surely);
  if (found.length > 0) return `, within ±${DRIFT_MARGIN} (${found.join('; ')})`;
  const [closest] = [...everywhere].sort((a, b) => a.pValue - b.pValue);
  const nearly = closest && closest.pValue < 1 ? surely(closest) : [];
  return nearly.length === 0 ? '' : ` (closest to it comes ${nearly.join('')})`;
}

/** Axes along which the best rate of SP, which knows nothing of experts, stays put too. */
export function idleAxes({ claims }: Decision): readonly Axis[] {
  return claims
    .filter(({ proposals: own, claim }) => own.includes('sp') && claim.verdict === 'supported')
    .map(({ axis }) => axis);
}

/** What was found that theory should explain, in one sentence: whether the rate follows the number of active experts. */
export function riddleOf({ claims }: Decision): string {
  const along = claims.find(({ axis, proposals: own }) => axis === 'active' && own.includes('sp'));
  const { effect = null, interval = null, verdict = 'inconclusive' } = along?.claim ?? {};
  const drift =
    effect === null || interval === null ? '' : ` (${formatInterval(effect, interval)})`;
  switch (verdict) {
    case 'supported':
      return `What theory should explain: without $k_0/k$ in the gates what a mixture gives changes the more the more experts are active, and yet the best rate of Adam does not follow their number${drift}.`;
    case 'refuted':
      return `What theory should explain: which part of the sum over active experts, the coherent or the random one, makes the best rate of Adam follow their number${drift} where gates are not multiplied by $k_0/k$.`;
    default:
      return `What theory should explain: whether the best rate of Adam follows the number of active experts where gates are not multiplied by $k_0/k$, which these nets leave undecided${drift}.`;
  }
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
