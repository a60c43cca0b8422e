import type { Evidence } from '@hyperlaw/cli';
import type { VerdictWord } from '@hyperlaw/report';
import type { Finding, Law } from './law.ts';
import { holds, NotMeasured } from './law.ts';

/** A law with what was found of it. */
export interface Found extends Finding {
  readonly law: Law;
  readonly verdict: VerdictWord;
}

/** What was found of a law: undecided, with the reason, where it could not be measured. */
export function findingOf(law: Law, evidence: Evidence): Found {
  try {
    const finding = law.find(evidence);
    return { ...finding, law, verdict: holds(finding.claims) };
  } catch (error) {
    if (!(error instanceof NotMeasured)) throw error;
    const claim = {
      name: law.title,
      task: null,
      verdict: 'inconclusive',
      effect: null,
      interval: null,
      test: 'not measured',
      pValue: null,
      predicted: '–',
      note: error.message,
    } as const;
    return {
      law,
      claims: [claim],
      figures: [],
      text: [`This law could not be measured: ${error.message}.`],
      verdict: 'inconclusive',
    };
  }
}
