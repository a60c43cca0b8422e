import { type Proposal, proposalNames, proposals } from './proposals.ts';

/** The proposals that figures name: of pairs that are one rule, the first. */
export const drawn: readonly Proposal[] = proposalNames.filter(
  (proposal) => proposal !== 'fixed-experts' && proposal !== 'bottleneck',
);

/** Proposals that train alike, in the few words that a row of a figure has room for. */
export function labelOf(own: readonly Proposal[]): string {
  const [first = '', second, ...more] = own
    .filter((proposal) => drawn.includes(proposal))
    .map((proposal) => proposals[proposal].title);
  if (second === undefined) return first;
  return more.length === 0 ? `${first} = ${second}` : `${first} and ${more.length + 1} more`;
}

/** Proposals that train alike, in words. */
export function titleOf(own: readonly Proposal[]): string {
  return own.map((proposal) => proposals[proposal].title).join(' = ');
}
