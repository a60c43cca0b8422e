import type { Evidence } from '@hyperlaw/cli';
import { type Found, findingOf } from './finding-of.ts';
import { laws } from './laws/index.ts';

const known = new WeakMap<Evidence, readonly Found[]>();

/** What was found of every law, in order: once for the verdict and the page, since bootstraps take seconds. */
export function findingsOf(evidence: Evidence): readonly Found[] {
  const findings = known.get(evidence) ?? laws.map((law) => findingOf(law, evidence));
  known.set(evidence, findings);
  return findings;
}
