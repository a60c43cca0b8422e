/** A quadratic loss ½ Σ λ_k e_k² of errors e_k along the Hessian's eigenvectors. */
export interface QuadraticStart {
  /** Eigenvalues λ of the Hessian, `[mode]`. */
  readonly eigenvalues: readonly number[];
  /** e_k at time 0, `[mode]`. */
  readonly initialErrors: readonly number[];
}

/** ½ Σ λ e² shrink, the shrinking factor a function of λ. */
const lossOf = (
  { eigenvalues, initialErrors }: QuadraticStart,
  shrink: (eigenvalue: number) => number,
): number =>
  eigenvalues.reduce(
    (sum, eigenvalue, k) =>
      sum + (eigenvalue * ((initialErrors[k] as number) * shrink(eigenvalue)) ** 2) / 2,
    0,
  );

/** Loss of gradient flow at time τ: e_k e^{−λτ}. */
export const flowLoss = (start: QuadraticStart, time: number): number =>
  lossOf(start, (eigenvalue) => Math.exp(-eigenvalue * time));

/** Loss of gradient descent after so many steps: e_k (1 − ηλ)^steps. Its time is τ = η × steps. */
export const descentLoss = (
  start: QuadraticStart,
  { learningRate, steps }: { readonly learningRate: number; readonly steps: number },
): number => lossOf(start, (eigenvalue) => (1 - learningRate * eigenvalue) ** steps);

/**
 * The limit of (descent − flow)/η at time τ as η → 0: −(τ/2) Σ λ³ e² e^{−2λτ}.
 *
 * Descent is flow with each λ raised to −ln(1 − ηλ)/η = λ + ηλ²/2 + …, so it runs ahead, by a relative ηλ/2 in time.
 */
export const descentLead = (start: QuadraticStart, time: number): number =>
  -time * lossOf(start, (eigenvalue) => eigenvalue * Math.exp(-eigenvalue * time));
