export { counterexampleSuite } from './counterexample/counterexample-suite.ts';
export type {
  CounterexampleDeclaration,
  HarmlessEdge,
  HarmScale,
  TaskFamily,
} from './counterexample/declaration.ts';
export { regulariserEdges, regularisers } from './counterexample/regularisers.ts';
export { staircases } from './counterexample/staircases.ts';
export { judgedSeeds } from './judged-seeds.ts';
export type { ExperimentFunction, Experiments, Laboratory } from './laboratory.ts';
export { learntAnything } from './learnt-anything.ts';
export { measuredFrom } from './measured-from.ts';
export { lossWords, rangeWords, skippedWords } from './method-words.ts';
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
export { withOutcomes } from './with-outcomes.ts';
