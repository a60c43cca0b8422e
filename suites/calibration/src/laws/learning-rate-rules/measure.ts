import { measureLinearRuns } from './linear-runs.ts';
import { measureNets } from './nets.ts';

export const measureLearningRateRules = {
  ...measureLinearRuns,
  ...measureNets,
};
