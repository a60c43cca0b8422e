import type { FloatArrays } from '../init-state.ts';

/**
 * The Frobenius norm of every tensor's gradient, per lane, from arrays `[lane, fanIn, fanOut]` by parameter name
 * (what `TrainingStep.gradients` computes, in normal form).
 */
export function gradientNorms(
  gradients: FloatArrays,
  lanes: number,
): Readonly<Record<string, readonly number[]>> {
  return Object.fromEntries(
    Object.entries(gradients).map(([name, values]) => {
      const size = values.length / lanes;
      const norms = Array.from({ length: lanes }, (_, lane) => {
        let total = 0;
        for (let i = lane * size; i < (lane + 1) * size; i++) total += (values[i] ?? 0) ** 2;
        return Math.sqrt(total);
      });
      return [name, norms];
    }),
  );
}
