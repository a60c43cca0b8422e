export type { Activation, ActivationName } from './activations.ts';
export { attentionEntropy, initialAttentionEntropy } from './attention-entropy.ts';
export type { AttentionScaling, AttentionUpdate, LogitMoments } from './attention-scale.ts';
export { attentionUpdate, logitExponent, logitMoments } from './attention-scale.ts';
export {
  type AdamSettings,
  constantHalfLife,
  halfLife,
  linearRule,
  saturatingRate,
  squareRootAdam,
  squareRootRule,
} from './batch-rules.ts';
export {
  type BatchTradeOff,
  type BatchTradeOffFit,
  criticalBatchSize,
  fitBatchTradeOff,
  type TradeOffPoint,
  tradeOffAt,
} from './batch-trade-off.ts';
export { correlationMap, correlationSlope, fixedCorrelation } from './correlation-map.ts';
export { criticalPoint, criticalWeightVariance, type Variances } from './critical-line.ts';
export { type DeepLinearMode, type ModeState, modeCourse, timeToStrength } from './deep-linear.ts';
export { type DepthScales, depthScales } from './depth-scales.ts';
export { type Dual, dualOf } from './dual-activations.ts';
export { type EnvelopeOptions, envelopeFit } from './envelope-fit.ts';
export {
  type ExponentInterval,
  type ExponentIntervalOptions,
  exponentInterval,
} from './exponent-interval.ts';
export type { LogMoments, RandomLayer } from './finite-width.ts';
export {
  aliveProbability,
  equalLayers,
  exactLogNorm,
  gaussianLogNorm,
  normSecondMoment,
} from './finite-width.ts';
export { fussCatalanSpectrum } from './fuss-catalan.ts';
export { descentLead, descentLoss, flowLoss, type QuadraticStart } from './gradient-flow.ts';
export {
  expectedSquaredNorm,
  type GradientMoments,
  type LinearResidual,
  linearGradientMoments,
  type MeanSquaredNorm,
  simpleNoiseScale,
  twoBatchMoments,
} from './gradient-noise.ts';
export type { KernelNet, Kernels } from './infinite-width-kernels.ts';
export { infiniteWidthKernels, kernelMatrices } from './infinite-width-kernels.ts';
export { isoFlopFit } from './iso-flop-fit.ts';
export { oneLayerKernelVariances } from './kernel-fluctuations.ts';
export { kernelStableRate } from './kernel-stability.ts';
export { layerBalance } from './layer-balance.ts';
export { type LeastSquares, leastSquares } from './least-squares.ts';
export { type LimitCheck, type LimitCheckOptions, limitCheck } from './limit-check.ts';
export { lossStaircase, type Plateau, plateaus, type Staircase } from './loss-staircase.ts';
export type { SquareMatrix } from './lyapunov.ts';
export { accumulateQr, logDiagonalVariance, lyapunovExponents } from './lyapunov.ts';
export { mean } from './mean.ts';
export { type Minimum, minimumOn } from './minimum.ts';
export { bestNormalizedRate, normalizedSteps, stepNormalizedErrors } from './normalized-sgd.ts';
export { type ParametricFit, type ParametricFitOptions, parametricFit } from './parametric-fit.ts';
export { logSingularValues } from './product-spectrum.ts';
export {
  type Allocation,
  type OptimalRidge,
  optimalAllocation,
  optimalRidge,
  type PowerLawTask,
  powerLawTask,
  type RandomFeatureSizes,
} from './random-feature-optima.ts';
export {
  type KernelTask,
  type RandomFeatureErrors,
  type RandomFeatureFit,
  randomFeatureErrors,
} from './random-features.ts';
export type { DepthExponents, ResidualBranch, ResidualStream, StepLaw } from './residual-depth.ts';
export {
  branchGain,
  depthExponents,
  depthRateExponent,
  streamGrowth,
  streamGrowthLimit,
} from './residual-depth.ts';
export type { ScalarNet } from './richness.ts';
export {
  linearisedStableRate,
  plateauExponent,
  richnessSlopes,
  stableRate,
  timeToFraction,
} from './richness.ts';
export {
  effectiveRate,
  equilibriumAngle,
  equilibriumSquaredNorm,
  freeSquaredNorm,
  nextSquaredNorm,
  normalizedEquilibriumSquaredNorm,
  type ScaleInvariantStep,
  squaredNormCurve,
} from './scale-invariance.ts';
export { meanLogLosses, type OptimumLine, type ScalingCurve } from './scaling-curves.ts';
export {
  type ComputeOptimum,
  chinchillaAsPrinted,
  chinchillaRefitted,
  computeOptimum,
  parameterShare,
  type ScalingLaw,
  scalingLoss,
  trainingCompute,
} from './scaling-law.ts';
export {
  excessLoss,
  expectedLossCurve,
  type LinearRegression,
  largestStableRate,
  type SgdRun,
  type SgdStep,
  stationaryLoss,
  stepSquaredErrors,
} from './sgd-linear.ts';
export type { MeanFieldNet, Phase } from './signal-propagation.ts';
export { chi, fixedLength, lengthMap, lengthSlope, phaseOf } from './signal-propagation.ts';
export { smallStartStrengths } from './small-start.ts';
export { digamma } from './special-functions.ts';
export {
  bestConstantRate,
  greedyRate,
  greedySteps,
  type TargetRace,
  type TargetReached,
} from './steps-to-target.ts';
export { studentCritical } from './student-critical.ts';
export {
  type ByLayer,
  type LayerExponents,
  type StepKind,
  stableRateExponent,
  type UpdateExponents,
  updateExponents,
} from './width-exponents.ts';
