import type { Experiment } from '@hyperlaw/sweep';
import { describe, expect, it } from 'vitest';
import { findingsOf } from './findings.ts';
import { laws } from './laws/index.ts';
import { pageOf } from './page.ts';
import { suite } from './suite.ts';
import { madeUpEvidence } from './testing/made-up-evidence.ts';

/** No experiment of any law was made. */
const nothing = () =>
  madeUpEvidence(
    { plan: (profile) => laws.flatMap((law): readonly Experiment[] => law.plan(profile, [])) },
    () => null,
    'standard',
  );

describe('what was found of all laws', () => {
  it('is found once, by verdict and page alike', () => {
    const evidence = nothing();
    expect(findingsOf(evidence)).toBe(findingsOf(evidence));
    const sections = pageOf(evidence).sections ?? [];
    expect(sections.flatMap(({ claims }) => claims)).toEqual(suite.judge(evidence).claims);
  });

  it('is undecided of every law, and no error, where nothing was measured', () => {
    const findings = findingsOf(nothing());
    expect(findings.map(({ verdict }) => verdict)).toEqual(laws.map(() => 'inconclusive'));
    for (const { claims } of findings) expect(claims.length).toBeGreaterThan(0);
  });
});
