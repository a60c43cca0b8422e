import type { Parameter } from '../parameter.ts';
import { isWeight } from '../parameter.ts';

/**
 * Operations of `rows` rows times every weight matrix, two an entry and term: forward, and backward the weight gradient
 * and the input gradient of every layer but the first; of experts, those that are computed.
 */
export function productFlops(
  parameters: readonly Parameter[],
  { rows = 1 }: { readonly rows?: number } = {},
): { readonly forward: number; readonly backward: number } {
  let [forward, backward] = [0, 0];
  for (const parameter of parameters.filter(isWeight)) {
    const { count, computed, stacked } = parameter.mixture ?? { count: 1, computed: 1 };
    const share = stacked === undefined ? 1 : computed / count;
    const product = 2 * rows * parameter.shape[0] * parameter.shape[1] * share;
    forward += product;
    backward += product * (parameter.role === 'input' ? 1 : 2);
  }
  return { forward, backward };
}
