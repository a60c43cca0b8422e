import { type Activation, type ActivationName, activationOf } from './activations.ts';
import { pairExpectation, pairRule } from './quadrature.ts';

/** Variances of two jointly Gaussian preactivations u and v, and their covariance. */
export interface Covariance {
  readonly first: number;
  readonly second: number;
  readonly cross: number;
}

/** E φ(u) φ(v) and E φ′(u) φ′(v). */
export interface DualActivation {
  readonly value: number;
  readonly derivative: number;
}

/** How an activation acts on kernels. */
export type Dual = (covariance: Covariance) => DualActivation;

const correlationOf = ({ first, second, cross }: Covariance): number =>
  first > 0 && second > 0 ? Math.min(1, Math.max(-1, cross / Math.sqrt(first * second))) : 0;

/**
 * ReLU, by the arc-cosine kernels of order 1 and 0 (Cho and Saul 2009, "Kernel methods for deep learning", halved): with θ the angle,
 * √(first · second) (sin θ + (π − θ) cos θ)/2π and (π − θ)/2π.
 */
export const reluDual: Dual = (covariance) => {
  const angle = Math.acos(correlationOf(covariance));
  const scale = Math.sqrt(covariance.first * covariance.second) / (2 * Math.PI);
  return {
    value: scale * (Math.sin(angle) + (Math.PI - angle) * Math.cos(angle)),
    derivative: (Math.PI - angle) / (2 * Math.PI),
  };
};

/**
 * erf (Williams 1997, "Computing with infinite networks"): (2/π) arcsin(2 cross/√D), D = (1 + 2 first)
 * (1 + 2 second), and for its derivative (4/π)/√(D − 4 cross²).
 */
export const erfDual: Dual = ({ first, second, cross }) => {
  const d = (1 + 2 * first) * (1 + 2 * second);
  return {
    value: (2 / Math.PI) * Math.asin((2 * cross) / Math.sqrt(d)),
    derivative: 4 / Math.PI / Math.sqrt(d - 4 * cross * cross),
  };
};

/** The identity. */
export const linearDual: Dual = ({ cross }) => ({ value: cross, derivative: 1 });

/** Any activation, by quadrature. */
export function quadratureDual({ value, derivative }: Activation): Dual {
  return (covariance) => {
    const [a, b] = [Math.sqrt(covariance.first), Math.sqrt(covariance.second)];
    const rule = pairRule(correlationOf(covariance));
    return {
      value: pairExpectation((u, v) => value(a * u) * value(b * v), rule),
      derivative: pairExpectation((u, v) => derivative(a * u) * derivative(b * v), rule),
    };
  };
}

const closed: Readonly<Partial<Record<string, Dual>>> = {
  relu: reluDual,
  erf: erfDual,
  linear: linearDual,
};

/** The closed form where there is one, quadrature otherwise. Throws on an unknown name. */
export function dualOf(activation: Activation | ActivationName): Dual {
  const known = typeof activation === 'string' ? closed[activation] : undefined;
  return known ?? quadratureDual(activationOf(activation));
}
