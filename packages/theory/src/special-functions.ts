import { compiled, erf as erfOf, psi, zeta } from 'cephes';

// The WebAssembly of cephes compiles itself asynchronously: whoever imports this file finds it ready.
await compiled;

/** The digamma function ψ(x) = (ln Γ)′(x), x > 0. */
export const digamma = (x: number): number => psi(x);

/** The trigamma function ψ₁(x) = ψ′(x) = Σ_{k≥0} (x + k)^{−2}, x > 0. */
export const trigamma = (x: number): number => zeta(2, x);

/** The error function 2/√π ∫₀ˣ e^{−t²} dt. Beyond ±6 it is ±1 in float64, and cephes throws where e^{−x²} is too small. */
export const erf = (x: number): number => (Math.abs(x) > 6 ? Math.sign(x) : erfOf(x));
