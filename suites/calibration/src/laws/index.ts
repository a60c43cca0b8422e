import type { Law } from '../law.ts';
import { attention } from './attention/law.ts';
import { computeOptimal } from './compute-optimal/law.ts';
import { deepLinear } from './deep-linear/law.ts';
import { depthOverWidth } from './depth-over-width/law.ts';
import { gradientFlow } from './gradient-flow/law.ts';
import { gradientNoise } from './gradient-noise/law.ts';
import { learningRateRules } from './learning-rate-rules/law.ts';
import { orderAndChaos } from './order-and-chaos/law.ts';
import { parameterizations } from './parameterizations/law.ts';
import { randomFeatures } from './random-features/law.ts';
import { residualDepth } from './residual-depth/law.ts';
import { richness } from './richness/law.ts';
import { scaleInvariance } from './scale-invariance/law.ts';

/** In the order of the page. */
export const laws: readonly Law[] = [
  parameterizations,
  orderAndChaos,
  depthOverWidth,
  gradientFlow,
  deepLinear,
  richness,
  gradientNoise,
  randomFeatures,
  residualDepth,
  attention,
  computeOptimal,
  scaleInvariance,
  learningRateRules,
];
