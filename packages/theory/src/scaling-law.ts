/** Loss of a model of N parameters trained on D tokens: L(N, D) = E + A/N^α + B/D^β (2203.15556, equation 2). */
export interface ScalingLaw {
  /** E, the loss that no model and no data go below. */
  readonly irreducible: number;
  /** A. */
  readonly parameterScale: number;
  /** α. */
  readonly parameterExponent: number;
  /** B. */
  readonly tokenScale: number;
  /** β. */
  readonly tokenExponent: number;
}

/** The fit printed in 2203.15556, approach 3, which is not the optimum of its own objective. */
export const chinchillaAsPrinted: ScalingLaw = {
  irreducible: 1.69,
  parameterScale: 406.4,
  parameterExponent: 0.34,
  tokenScale: 410.7,
  tokenExponent: 0.28,
};

/** The fit of 2404.10102 to the data read off the figures of 2203.15556. */
export const chinchillaRefitted: ScalingLaw = {
  irreducible: 1.8172,
  parameterScale: 482.01,
  parameterExponent: 0.3478,
  tokenScale: 2085.43,
  tokenExponent: 0.3658,
};

/** The law's loss. */
export const scalingLoss = (law: ScalingLaw, parameters: number, tokens: number): number =>
  law.irreducible +
  law.parameterScale * parameters ** -law.parameterExponent +
  law.tokenScale * tokens ** -law.tokenExponent;

/** Floating-point operations of training, C = 6ND: two for a multiplication forward, four backward. */
export const trainingCompute = (parameters: number, tokens: number): number =>
  6 * parameters * tokens;

/** a of N_opt ∝ C^a, β/(α + β); that of D_opt is 1 − a (2203.15556, equation 4). */
export const parameterShare = ({ parameterExponent, tokenExponent }: ScalingLaw): number =>
  tokenExponent / (parameterExponent + tokenExponent);

/** The best division of a budget. */
export interface ComputeOptimum {
  /** N_opt = G (C/6)^a, G = (αA/βB)^{1/(α + β)}. */
  readonly parameters: number;
  /** D_opt = (C/6)^{1 − a}/G. */
  readonly tokens: number;
  readonly loss: number;
}

/** Parameters and tokens of least loss at C = 6ND operations (2203.15556, equation 4). */
export function computeOptimum(law: ScalingLaw, compute: number): ComputeOptimum {
  const { parameterScale: A, parameterExponent: alpha, tokenScale: B, tokenExponent: beta } = law;
  const balance = ((alpha * A) / (beta * B)) ** (1 / (alpha + beta));
  const parameters = balance * (compute / 6) ** parameterShare(law);
  const tokens = compute / (6 * parameters);
  return { parameters, tokens, loss: scalingLoss(law, parameters, tokens) };
}
