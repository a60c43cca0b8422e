export { type Activation, type ActivationName, activationOf } from './activations.ts';
export { correlationMap, correlationSlope, fixedCorrelation } from './correlation-map.ts';
export { criticalPoint, criticalWeightVariance, type Variances } from './critical-line.ts';
export { type DepthScales, depthScales } from './depth-scales.ts';
export {
  expectation,
  hermiteRule,
  type PairRule,
  pairExpectation,
  pairRule,
  panelRule,
  type Rule,
} from './quadrature.ts';
export { findRoot, type RootOptions } from './roots.ts';
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
