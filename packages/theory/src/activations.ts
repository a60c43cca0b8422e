import { erf } from './special-functions.ts';

/** A pointwise nonlinearity as theory needs it. Kinks and jumps are allowed at 0 alone. */
export interface Activation {
  readonly value: (z: number) => number;
  /** The derivative φ′(z); at a kink any value between both sides. */
  readonly derivative: (z: number) => number;
  /** Whether φ(cz) = c φ(z) for all c > 0, as for ReLU: then lengths have no scale of their own. */
  readonly homogeneous: boolean;
}

/** `max(0, z)`. */
export const relu: Activation = {
  value: (z) => Math.max(0, z),
  derivative: (z) => (z > 0 ? 1 : 0),
  homogeneous: true,
};

/** `tanh z`. */
export const tanh: Activation = {
  value: Math.tanh,
  derivative: (z) => 1 - Math.tanh(z) ** 2,
  homogeneous: false,
};

/** `erf z = 2/√π ∫₀ᶻ e^{−t²} dt`. */
export const erfActivation: Activation = {
  value: erf,
  derivative: (z) => (2 / Math.sqrt(Math.PI)) * Math.exp(-z * z),
  homogeneous: false,
};

/** `z`: a deep linear network. */
export const linear: Activation = { value: (z) => z, derivative: () => 1, homogeneous: true };

/** Activations that theory knows by name; the duals of all but `tanh` are closed forms. */
export type ActivationName = 'relu' | 'tanh' | 'erf' | 'linear';

const activations: Readonly<Record<ActivationName, Activation>> = {
  relu,
  tanh,
  erf: erfActivation,
  linear,
};

/** An activation given by itself or by name. Throws on an unknown name. */
export function activationOf(activation: Activation | ActivationName): Activation {
  if (typeof activation !== 'string') return activation;
  const known = activations[activation];
  if (known === undefined) {
    throw new Error(`unknown activation: ${activation} (${Object.keys(activations).join(', ')})`);
  }
  return known;
}
