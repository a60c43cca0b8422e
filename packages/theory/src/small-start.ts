/**
 * Strengths a_k(0) with which the modes of a two-layer linear net set out from a small start of any direction, `[mode]`,
 * for use as `DeepLinearMode.initial`.
 *
 * Near zero ẇ₁ = s w₂ and ẇ₂ = s w₁ for w₁ = W₁v_k and w₂ = W₂ᵀu_k, so that only z_k = (w₁ + w₂)/2 grows, as e^{st}: the
 * mode follows a balanced one of strength ‖z_k‖². A stronger mode j, once learned, holds the direction ẑ_j of the hidden
 * layer and lets what z_k has along it decay at the rate s_j − s_k, so that part of z_k is left out. Corrections
 * vanish with the start as powers of it.
 *
 * `growing` is z `[mode][hidden]`, the strongest mode first.
 */
export function smallStartStrengths(growing: readonly ArrayLike<number>[]): number[] {
  const held: Float64Array[] = [];
  return growing.map((direction) => {
    const z = Float64Array.from(direction);
    for (const unit of held) {
      const along = dot(z, unit);
      for (let i = 0; i < z.length; i++) z[i] = (z[i] as number) - along * (unit[i] as number);
    }
    const strength = dot(z, z);
    held.push(z.map((value) => value / Math.sqrt(strength)));
    return strength;
  });
}

function dot(u: ArrayLike<number>, v: ArrayLike<number>): number {
  let sum = 0;
  for (let i = 0; i < u.length; i++) sum += (u[i] as number) * (v[i] as number);
  return sum;
}
