import type { TensorSpec } from '@hyperlaw/engine';
import { sizeOf } from '@hyperlaw/engine';

/** Bytes of per-step inputs fed in one call, and the most steps of one. */
const CALL_BYTES = 16 * 2 ** 20;
const CALL_STEPS = 100;

/** Steps of one call of a program with these per-step inputs, of numbers of four bytes. */
export function stepsPerCall(inputs: readonly TensorSpec[]): number {
  const bytes = 4 * inputs.reduce((sum, { shape }) => sum + sizeOf(shape), 0);
  return Math.max(1, Math.min(CALL_STEPS, Math.floor(CALL_BYTES / bytes)));
}
