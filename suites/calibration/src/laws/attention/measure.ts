import { attentionLogits } from './logits.ts';

export const measureAttention = { attentionLogits };
