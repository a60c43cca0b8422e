import type { Experiments } from '@hyperlaw/cli';
import { measureAttention } from './laws/attention/measure.ts';
import { measureComputeOptimal } from './laws/compute-optimal/measure.ts';
import { measureDeepLinear } from './laws/deep-linear/measure.ts';
import { measureDepthOverWidth } from './laws/depth-over-width/measure.ts';
import { measureGradientFlow } from './laws/gradient-flow/measure.ts';
import { measureGradientNoise } from './laws/gradient-noise/measure.ts';
import { measureLearningRateRules } from './laws/learning-rate-rules/measure.ts';
import { measureOrderAndChaos } from './laws/order-and-chaos/measure.ts';
import { measureParameterizations } from './laws/parameterizations/measure.ts';
import { measureRandomFeatures } from './laws/random-features/measure.ts';
import { measureResidualDepth } from './laws/residual-depth/measure.ts';
import { measureRichness } from './laws/richness/measure.ts';
import { measureScaleInvariance } from './laws/scale-invariance/measure.ts';

/** What every worker can measure, by kind. No law's figures are loaded with it. */
export const experiments = {
  ...measureParameterizations,
  ...measureOrderAndChaos,
  ...measureRichness,
  ...measureDepthOverWidth,
  ...measureGradientFlow,
  ...measureDeepLinear,
  ...measureGradientNoise,
  ...measureRandomFeatures,
  ...measureResidualDepth,
  ...measureAttention,
  ...measureComputeOptimal,
  ...measureScaleInvariance,
  ...measureLearningRateRules,
} satisfies Experiments;
