export type {
  Arm,
  ArmOutcome,
  Edge,
  ExploredPoint,
  SeedLoss,
  SlicePoint,
  Stage,
} from './arm.ts';
export { stages, trialOf, tunedStatus } from './arm.ts';
export { canonicalJson } from './canonical-json.ts';
export type { SweepEstimate } from './estimate/estimate.ts';
export { estimateSweep, timePrograms, trialsSeconds } from './estimate/estimate.ts';
export type { ProgramTime, TimingOptions } from './estimate/program-time.ts';
export type { Remaining } from './estimate/remaining.ts';
export { remainingOf } from './estimate/remaining.ts';
export type { Compute, Experiment, ExperimentRunner, Measured, Measurement } from './experiment.ts';
export type { ExperimentEntry, ExperimentJournal } from './experiment-journal.ts';
export { memoryExperiments, openExperiments, readExperiments } from './experiment-journal.ts';
export { experimentKey } from './experiment-key.ts';
export { formatExperiments } from './experiment-tracker.ts';
export type { Contest } from './grants/choose-grants.ts';
export { chooseGrants, SETTLED } from './grants/choose-grants.ts';
export type { Grants } from './grants/grant-journal.ts';
export { openGrants } from './grants/grant-journal.ts';
export type { Journal } from './journal.ts';
export { memoryJournal, openJournal, readJournal } from './journal.ts';
export type { JournalEntry } from './journal-entry.ts';
export type { JournalFormat, JournalOptions, KeyedJournal } from './keyed-journal.ts';
export { isKey, openJournalOf, readJournalOf } from './keyed-journal.ts';
export { createProgress } from './live-line.ts';
export { madeUpOutcome } from './made-up-outcome.ts';
export type { Neighbours } from './neighbours.ts';
export { neighboursOn } from './neighbours.ts';
export type { CostModel } from './pack.ts';
export type { Pool, Runner } from './pool.ts';
export { inlinePool } from './pool.ts';
export { formatDuration, formatProgress } from './progress.ts';
export type { Protocol, StagePlan } from './protocol.ts';
export { defineProtocol, formatBudget, planArm } from './protocol.ts';
export type { ExperimentsCompute, ExperimentsResult } from './run-experiments.ts';
export { runExperiments } from './run-experiments.ts';
export type { Round } from './search/harm-rounds.ts';
export { harmRounds } from './search/harm-rounds.ts';
export type {
  Duel,
  HarmDesign,
  HarmFindings,
  HarmPlan,
  Ladder,
  Replicated,
  Tune,
} from './search/harm-study.ts';
export { studyHarm } from './search/harm-study.ts';
export type { LatticeAxis, Point } from './search/lattice.ts';
export { countOf, indexOf, levelsAt, pointAt } from './search/lattice.ts';
export type { Finding, SearchPlan } from './search/search-family.ts';
export { seedOf, seedsOf } from './seeds.ts';
export type { Knob, Setting, Space } from './space.ts';
export { checkSpace, knobValue, settingKnobs } from './space.ts';
export type { SweepCompute, SweepOptions, SweepResult, SweepSize } from './sweep.ts';
export { planSize, runSweep } from './sweep.ts';
export type * from './trial.ts';
export { trialKey } from './trial-key.ts';
export { tuneArm } from './tune-arm.ts';
export { workerPool } from './worker-pool.ts';
export type { RunnerModule } from './worker-serve.ts';
