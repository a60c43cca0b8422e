import type { Evidence } from '@hyperlaw/cli';
import type { Prediction } from './account-rule.ts';
import { contestPredictions } from './contest-predictions.ts';
import { coursePredictions } from './course-predictions.ts';
import { planePredictions } from './plane-predictions.ts';

/** All that theory predicts, with what was measured. */
export function predictionsOf(evidence: Evidence): readonly Prediction[] {
  return [
    ...planePredictions(evidence),
    ...coursePredictions(evidence),
    ...contestPredictions(evidence),
  ];
}
