/** How a router spreads one lane's examples over its experts. */
export interface ExpertLoad {
  /** Mean entropy of the router's distribution over all experts, as a share of ln(count): 1 uniform, 0 decided. */
  readonly entropy: number;
  /** Entropy of the mean distribution, as a share of ln(count): 1 where the load is even whatever each example's. */
  readonly balance: number;
  /** Every expert's share of the assignments that were computed. */
  readonly load: readonly number[];
  /** The largest of these times the number of experts: 1 where all have as many. */
  readonly imbalance: number;
  /** Experts that no example was given to. */
  readonly dead: number;
  /** Share of the examples' choices that found no slot. */
  readonly dropped: number;
}

/**
 * Reads a mixture's probes of one lane: `logits` and `assigned`, each `[rows, count]`, as `mixture` records them, whose
 * gates and number of active experts are those of its shape. Throws where sizes do not agree.
 */
export function expertLoad(
  { logits, assigned }: { readonly logits: Float32Array; readonly assigned: Float32Array },
  {
    count,
    active,
    gate,
  }: { readonly count: number; readonly active: number; readonly gate: 'softmax' | 'sigmoid' },
): ExpertLoad {
  const rows = logits.length / count;
  if (logits.length !== assigned.length || !Number.isInteger(rows)) {
    throw new Error(
      `unknown sizes of probes: ${logits.length} and ${assigned.length} (equal multiples of ${count})`,
    );
  }
  const mean = new Float64Array(count);
  const assignments = new Float64Array(count);
  let entropy = 0;
  for (let row = 0; row < rows; row++) {
    const own = logits.subarray(row * count, (row + 1) * count);
    const distribution = distributionOf(own, gate);
    entropy += entropyOf(distribution) / rows;
    for (let e = 0; e < count; e++) {
      mean[e] = (mean[e] ?? 0) + (distribution[e] ?? 0) / rows;
      assignments[e] = (assignments[e] ?? 0) + (assigned[row * count + e] ?? 0);
    }
  }
  const total = assignments.reduce((sum, one) => sum + one, 0);
  const load = [...assignments].map((one) => (total > 0 ? one / total : 0));
  const whole = count > 1 ? Math.log(count) : 1;
  return {
    entropy: entropy / whole,
    balance: entropyOf(mean) / whole,
    load,
    imbalance: Math.max(...load) * count,
    dead: load.filter((one) => one === 0).length,
    dropped: 1 - total / (rows * active),
  };
}

function distributionOf(logits: Float32Array, gate: 'softmax' | 'sigmoid'): Float64Array {
  const top = gate === 'softmax' ? Math.max(...logits) : 0;
  const weights = Float64Array.from(logits, (r) =>
    gate === 'softmax' ? Math.exp(r - top) : 1 / (1 + Math.exp(-r)),
  );
  const sum = weights.reduce((all, one) => all + one, 0);
  return weights.map((one) => one / sum);
}

const entropyOf = (distribution: Float64Array): number =>
  -distribution.reduce((sum, p) => sum + (p > 0 ? p * Math.log(p) : 0), 0);
