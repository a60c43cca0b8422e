import { type KernelTask, powerLawTask } from '@hyperlaw/theory';

/**
 * The language's counterpart among Gaussian features: mode i has the variance λ_i ∝ i^−(1 + a) where fact i has that
 * frequency, and the target is v_i² = λ_i where every fact is worth knowing as much as any other. A learner of the first
 * k modes is left with Σ_{i>k} v_i² ∝ k^−a, as one of the first k facts is.
 */
export function counterpart(difficulty: number, modes: number): KernelTask {
  const exponent = 1 + difficulty;
  const raw = powerLawTask({ modes, eigenvalueExponent: exponent, targetExponent: exponent });
  const norm = Array.from(raw.eigenvalues).reduce((sum, each) => sum + each, 0);
  return {
    eigenvalues: Float64Array.from(raw.eigenvalues, (each) => each / norm),
    coefficients: Float64Array.from(raw.coefficients, (each) => each / Math.sqrt(norm)),
  };
}

/** Samples and features of a budget n·k = 2^`log2`, both powers of two: k from the least to the most allowed. */
export function divisionsOf(
  log2: number,
  {
    features: [fewest, most],
    samples: [shortest, longest],
  }: {
    readonly features: readonly [number, number];
    readonly samples: readonly [number, number];
  },
): readonly (readonly [samples: number, features: number])[] {
  return Array.from({ length: log2 + 1 }, (_, j) => [2 ** (log2 - j), 2 ** j] as const).filter(
    ([n, k]) => k >= fewest && k <= most && n >= shortest && n <= longest,
  );
}
