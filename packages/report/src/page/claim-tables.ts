import type { Claim } from '../verdict.ts';
import { renderClaims } from './claims-table.ts';
import { renderLaws } from './laws-table.ts';
import type { Page } from './page.ts';
import type { PlacedSection } from './page-parts.ts';

/** The tables of claims at the page's top: by effect, or laws first and then what else was claimed. */
export function renderClaimTables(
  { claims = 'effects', verdict }: Page,
  placed: readonly PlacedSection[],
): string {
  switch (claims) {
    case 'effects':
      return renderClaims(verdict.claims);
    case 'laws': {
      const isLaw = ({ predicted }: Claim): boolean => predicted !== undefined;
      const sections = placed.map((each) => ({ ...each, claims: each.claims.filter(isLaw) }));
      const held = new Set(sections.flatMap((each) => each.claims));
      const loose = verdict.claims.filter((claim) => isLaw(claim) && !held.has(claim));
      const rest = verdict.claims.filter((claim) => !isLaw(claim));
      return `${renderLaws(sections, loose)}\n${renderClaims(rest, { title: 'Other claims' })}`;
    }
  }
}
