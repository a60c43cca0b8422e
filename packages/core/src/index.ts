export { type ActivationName, activationNames } from './activations.ts';
export { batchThreads } from './batch-threads.ts';
export { poolMemory } from './block-pool.ts';
export { costModel } from './cost-model.ts';
export { type Description, describeModel, descriptionLines } from './describe.ts';
export {
  activeFlopsPerStep,
  activeParameterCount,
  flopsPerStep,
  largestTensorBytes,
  parameterCount,
  workingSetBytes,
} from './flops.ts';
export { HELD_OUT_PREDICTIONS } from './held-out-size.ts';
export {
  type FillNormal,
  type FloatArrays,
  initConstants,
  initNormals,
  initState,
} from './init-state.ts';
export { completeKnobs, type Knobs, knobNames } from './knobs.ts';
export { type Lane, type LanePlan, lanePlan, type TaskLane } from './lane-plan.ts';
export { crossEntropy, lossOf, meanSquaredError } from './losses.ts';
export type { Model, Reading } from './model.ts';
export { mlp } from './models/mlp.ts';
export { modelOf } from './models/model-of.ts';
export { optimizerKinds, optimizerOf } from './optimizers/optimizer-of.ts';
export {
  type LaneResult,
  type PackRunnerOptions,
  packRunner,
  TRAINING_SEMANTICS,
  type TrainingHooks,
  type TrainingPack,
} from './pack-runner.ts';
export type { Parameter, Place, Role } from './parameter.ts';
export { type DepthRule, depthTables } from './parameterizations/depth-exponents.ts';
export type { DepthParameterization } from './parameterizations/depth-form.ts';
export { type ExpertsRule, expertTables } from './parameterizations/expert-exponents.ts';
export type { ExpertsParameterization } from './parameterizations/expert-form.ts';
export { explicitForm, type Parameterization } from './parameterizations/explicit-form.ts';
export { type ParameterizationName, parameterizationTables } from './parameterizations/tables.ts';
export { type Batches, batchesOf } from './probes/batches.ts';
export {
  type CoordinateRecord,
  coordinateCheck,
  rootMeanSquareChange,
} from './probes/coordinate-check.ts';
export { divergedAt } from './probes/divergence.ts';
export { type ExpertLoad, expertLoad } from './probes/expert-load.ts';
export { featureChange } from './probes/feature-change.ts';
export { type ForwardProbe, forwardProbe } from './probes/forward-probe.ts';
export { gradientNorms } from './probes/gradient-norm.ts';
export { logSlope } from './probes/log-slope.ts';
export { type LaneTraining, type TrainedLanes, trainLanes } from './probes/train-lanes.ts';
export { type ScheduleKind, type ScheduleLaw, scheduleFactor, scheduleKinds } from './schedules.ts';
export type {
  BranchGain,
  ConvNetShape,
  ExpertsShape,
  LayerNormShape,
  MlpShape,
  ModelShape,
  NormMap,
  NormShape,
  OptimizerKind,
  OptimizerShape,
  Output,
  ResidualMlpShape,
  Shape,
  TransformerShape,
  WeightKind,
} from './shape.ts';
export { stepScalars } from './step-scalars.ts';
export { taskSignature } from './task-signature.ts';
export { type Batch, type StepInputs, type TrainingStep, trainingStep } from './training-step.ts';
