export type { Evidence, Judgement, Profile, SkippedTask, Suite, SuitePlan } from './suite.ts';
