/** What a tensor does in the network: the only thing about it that a parameterization looks at. */
export type Role = 'input' | 'hidden' | 'output' | 'input-bias' | 'hidden-bias' | 'output-bias';

/** Which of a tensor's two sides grow with width: the distinction that scaling rules are made of. */
export type ScalingClass = 'input' | 'hidden' | 'output' | 'fixed';

/** One trained tensor of a model, as data. On a device it carries a leading lane axis. */
export interface Parameter {
  readonly name: string;
  readonly role: Role;
  /** Without the lane axis: weights `[fanIn, fanOut]`, biases `[1, fanOut]`. */
  readonly shape: readonly [number, number];
  /** A bias is a weight on a constant input, so its fan-in is 1. */
  readonly fanIn: number;
  readonly fanOut: number;
  /** Whether fan-in and fan-out grow with width. */
  readonly scales: { readonly fanIn: boolean; readonly fanOut: boolean };
}

/**
 * The scaling class of a tensor: biases of hidden layers scale as input weights, and the output bias, of which
 * no side grows, does not scale (2203.03466, Tables 3, 8 and 9).
 */
export function scalingClass({ scales }: Pick<Parameter, 'scales'>): ScalingClass {
  if (scales.fanIn) return scales.fanOut ? 'hidden' : 'output';
  return scales.fanOut ? 'input' : 'fixed';
}

/** Whether the tensor is a bias, not a matrix of weights. */
export function isBias({ role }: Pick<Parameter, 'role'>): boolean {
  return role === 'input-bias' || role === 'hidden-bias' || role === 'output-bias';
}
