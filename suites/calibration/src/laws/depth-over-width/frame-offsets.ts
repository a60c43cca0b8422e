import { digamma } from '@hyperlaw/theory';

/**
 * What ln σ_i of a deep product lies above Σ ln r_ii on average, `[n]`: its limit for L ≫ n.
 *
 * r_11 … r_ii is the growth of the volume of the first i basis vectors, and σ_1 … σ_i that of the fastest i directions v;
 * where growth rates are well apart the first is the second times |det ⟨e_j, v_k⟩|, and v is uniformly distributed. The
 * square of such a minor is a product of independent Beta(j/2, (n − i)/2), j = 1 … i.
 */
export function frameOffsets(n: number): number[] {
  const logMinor = (i: number): number => {
    let sum = 0;
    for (let j = 1; j <= i; j++) sum += (digamma(j / 2) - digamma((n - i + j) / 2)) / 2;
    return sum;
  };
  return Array.from({ length: n }, (_, i) => logMinor(i) - logMinor(i + 1));
}
