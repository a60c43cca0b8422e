export type { ExperimentFunction, Experiments, Laboratory } from './laboratory.ts';
export { measuredFrom } from './measured-from.ts';
export type {
  Evidence,
  Judgement,
  Profile,
  SkippedTask,
  Suite,
  SuiteExperiments,
  SuitePlan,
} from './suite.ts';
export { verdictArm } from './verdict-arm.ts';
