export { type Activation, type ActivationName, activationOf } from './activations.ts';
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
export { type DepthScales, depthScales } from './depth-scales.ts';
export {
  expectedSquaredNorm,
  type GradientMoments,
  type LinearResidual,
  linearGradientMoments,
  type MeanSquaredNorm,
  simpleNoiseScale,
  twoBatchMoments,
} from './gradient-noise.ts';
export { type Minimum, minimumOn } from './minimum.ts';
export {
  expectation,
  hermiteRule,
  type PairRule,
  pairExpectation,
  pairRule,
  panelRule,
  type Rule,
} from './quadrature.ts';
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
  type Kappas,
  type KernelTask,
  type RandomFeatureErrors,
  type RandomFeatureFit,
  randomFeatureErrors,
  solveKappas,
} from './random-features.ts';
export { findRoot, type RootOptions } from './roots.ts';
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
export {
  chi,
  fixedLength,
  lengthMap,
  lengthSlope,
  type MeanFieldNet,
  type Phase,
  phase,
} from './signal-propagation.ts';
export { digamma, erf, trigamma } from './special-functions.ts';
export {
  bestConstantRate,
  greedyRate,
  greedySteps,
  type TargetRace,
  type TargetReached,
} from './steps-to-target.ts';
