import type { Space } from '@hyperlaw/sweep';
import type { HarmlessEdge } from './declaration.ts';

/**
 * What a net may be held back by, tuned like everything else: training time as a share of the steps (early stopping,
 * with the schedule `stopped`) and decoupled weight decay. "All hyperparameters optimally tuned" means these above
 * all: whatever harm capacity does by overfitting, they are there to undo.
 */
export const regularisers: Space = [
  { name: 'duration', base: 1, min: -2, max: 0, limits: [-5, 0], stride: 2 },
  { name: 'weightDecay', base: 1, factor: 4, min: -4, max: -4, limits: [-7, 1] },
];

/** Training to the end is no edge but the horizon; the weakest decay does nothing over it, so that less is no better. */
export const regulariserEdges: readonly HarmlessEdge[] = [
  { knob: 'duration', side: 'high' },
  { knob: 'weightDecay', side: 'low' },
];
