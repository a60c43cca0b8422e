import type { Verdict } from '@hyperlaw/report';
import type { Evidence, Suite } from '../suite.ts';

/** For tests: what a suite decides on evidence, with the question, compute and provenance that a run would add. */
export function madeUpVerdict(suite: Suite, evidence: Evidence): Verdict {
  return {
    suite: suite.name,
    question: suite.question,
    profile: evidence.profile,
    ...suite.judge(evidence),
    compute: { trials: 1, modelSteps: 1, flops: 1, seconds: 1 },
    provenance: {
      commit: 'unknown',
      dirty: true,
      device: { kind: 'cpu', name: 'made up' },
      versions: {},
      startedAt: '2026-01-01T00:00:00.000Z',
      data: [],
    },
  };
}
