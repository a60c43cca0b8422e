import { adam } from './adam.ts';
import { withDecay } from './decoupled-decay.ts';
import type { UpdateRule } from './update-rule.ts';

/** AdamW: Adam with decoupled weight decay (1711.05101, Algorithm 2). */
export const adamw: UpdateRule = withDecay(adam);
