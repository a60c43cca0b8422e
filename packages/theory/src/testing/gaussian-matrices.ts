import { normalSource } from './random.ts';

/** For tests: `count` square matrices of independent normal entries of variance 1/n, `[count][n][n]`. */
export function gaussianMatrices(count: number, n: number, seed: number): number[][][] {
  const normal = normalSource(seed);
  const row = (): number[] => Array.from({ length: n }, () => normal() / Math.sqrt(n));
  return Array.from({ length: count }, () => Array.from({ length: n }, row));
}
