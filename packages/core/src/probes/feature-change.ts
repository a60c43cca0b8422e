/** How far a layer's features moved in training. */
export interface FeatureChange {
  /** `‖h_t − h_0‖/‖h_0‖` over batch and features: 0 for a network that trains lazily. */
  readonly relative: number;
  /** `1 − ⟨K_t, K_0⟩/(‖K_t‖‖K_0‖)` of the feature kernels `K = h hᵀ`: 0 where only their scale changed (2010.15110). */
  readonly kernel: number;
}

/**
 * Compares one lane's features on one probe batch, `[batch, features]`, before and after training.
 * Throws where the sizes do not agree.
 */
export function featureChange(
  before: Float32Array,
  after: Float32Array,
  batch: number,
): FeatureChange {
  if (before.length !== after.length || before.length % batch !== 0) {
    throw new Error(
      `unknown feature sizes: ${before.length} and ${after.length} (equal multiples of ${batch})`,
    );
  }
  let [moved, start] = [0, 0];
  for (let i = 0; i < before.length; i++) {
    const old = before[i] ?? 0;
    moved += ((after[i] ?? 0) - old) ** 2;
    start += old * old;
  }
  const [k0, kt] = [gram(before, batch), gram(after, batch)];
  const cosine = dot(k0, kt) / Math.sqrt(dot(k0, k0) * dot(kt, kt));
  return { relative: Math.sqrt(moved / start), kernel: 1 - cosine };
}

function gram(features: Float32Array, batch: number): Float64Array {
  const size = features.length / batch;
  const rows = Array.from({ length: batch }, (_, i) => features.subarray(i * size, (i + 1) * size));
  return Float64Array.from(rows.flatMap((row) => rows.map((other) => dot(row, other))));
}

function dot(one: ArrayLike<number>, other: ArrayLike<number>): number {
  let total = 0;
  for (let i = 0; i < one.length; i++) total += (one[i] ?? 0) * (other[i] ?? 0);
  return total;
}
