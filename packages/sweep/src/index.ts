export type { Arm, ArmOutcome, Edge } from './arm.ts';
export { trialOf, tunedStatus } from './arm.ts';
export { canonicalJson, hashOf } from './canonical-json.ts';
export { estimateSweeps, packSeconds, timePrograms } from './estimate/estimate.ts';
export type { ProgramTime, TimingOptions } from './estimate/program-time.ts';
export { remainingOf } from './estimate/remaining.ts';
export type { Compute, Experiment, ExperimentRunner, Measured } from './experiment.ts';
export type { ExperimentJournal } from './experiment-journal.ts';
export { openExperiments, readExperiments } from './experiment-journal.ts';
export { experimentKey } from './experiment-key.ts';
export { formatExperiments } from './experiment-tracker.ts';
export type { Contest } from './grants/choose-grants.ts';
export { chooseGrants } from './grants/choose-grants.ts';
export type { Grants } from './grants/grant-journal.ts';
export { openGrants } from './grants/grant-journal.ts';
export { Interrupted } from './interrupted.ts';
export type { Journal } from './journal.ts';
export { openJournal, readJournal } from './journal.ts';
export type { JournalFormat, JournalOptions } from './keyed-journal.ts';
export { isKey, openJournalOf, readJournalOf } from './keyed-journal.ts';
export { createProgress } from './live-line.ts';
export { madeUpOutcome } from './made-up-outcome.ts';
export type { Neighbours } from './neighbours.ts';
export { neighboursOn } from './neighbours.ts';
export type { CostModel } from './pack.ts';
export type { Pool, Runner } from './pool.ts';
export { inlinePool } from './pool.ts';
export { formatDuration, formatProgress } from './progress.ts';
export type { Protocol } from './protocol.ts';
export { defineProtocol } from './protocol.ts';
export type { RememberingPool, Replays } from './replay.ts';
export { rememberingPool } from './replay.ts';
export type { ExperimentsResult } from './run-experiments.ts';
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
export type { Finding } from './search/search-family.ts';
export { seedsOf } from './seeds.ts';
export type { Knob, Setting, Space } from './space.ts';
export { settingKnobs } from './space.ts';
export type { SweepCompute, SweepOptions, SweepResult } from './sweep.ts';
export { planSize, runSweep } from './sweep.ts';
export type * from './trial.ts';
export { MOST_WORKERS, workerPool } from './worker-pool.ts';
