import type { Experiments } from '@hyperlaw/cli';
import { measureDepthOverWidth } from './laws/depth-over-width/measure.ts';

/** What every worker can measure, by kind. No law's figures are loaded with it. */
export const experiments = {
  ...measureDepthOverWidth,
} satisfies Experiments;
