import type { Evidence } from '@hyperlaw/cli';
import type { VerdictWord } from '@hyperlaw/report';
import type { Finding, Law } from './law.ts';
import { holds } from './law.ts';
import { isMeasured, measuredOr, notMeasured } from './not-measured.ts';

/** A law with what was found of it. */
export interface Found extends Finding {
  readonly law: Law;
  readonly verdict: VerdictWord;
}

/** Reasons that the text gives. */
const SAID = 4;

/** What was found of a law: undecided, with the reasons, where it or a part of it could not be measured. */
export function findingOf(law: Law, evidence: Evidence): Found {
  const { claims, figures, text } = measuredOr(
    () => law.find(evidence),
    (reason): Finding => ({ claims: [notMeasured(law.title, reason)], figures: [], text: [] }),
  );
  const missing = claims.filter((claim) => !isMeasured(claim));
  const whole = missing.length === claims.length;
  const all = missing.map(({ name, note }) => (whole ? note : `${name} (${note})`));
  const more = all.length > SAID ? [`and ${all.length - SAID} more, in the table`] : [];
  const reasons = [...all.slice(0, SAID), ...more];
  const said =
    missing.length === 0
      ? []
      : [
          `This law could not be measured${whole ? '' : ' in all its parts'}: ${reasons.join('; ')}.`,
        ];
  return { law, claims, figures, text: [...said, ...text], verdict: holds(claims) };
}
