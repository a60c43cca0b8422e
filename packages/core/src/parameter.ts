/** What a tensor does in the network: all that a parameterization over width looks at. */
export type Role =
  | 'input'
  | 'hidden'
  | 'output'
  | 'input-bias'
  | 'hidden-bias'
  | 'output-bias'
  | 'norm-gain'
  | 'norm-bias'
  | 'norm-slope'
  | 'branch-gain'
  | 'weight-gain'
  | 'router'
  | 'expert-up'
  | 'expert-down'
  | 'expert-up-bias'
  | 'expert-down-bias';

/**
 * Where a tensor stands in a stack of residual blocks `h ← h + multiplier · branch(h)`: inside a branch, in the last
 * linear map of one (which the branch multiplier is absorbed into), or between blocks on the stream itself (the norm
 * of a post-norm net). The only thing that a depth rule looks at; a tensor that does not repeat with depth has none.
 */
export type Place = 'branch' | 'branch-end' | 'stream';

/** Which of a tensor's two sides grow with width: the distinction that scaling rules are made of. */
export type ScalingClass = 'input' | 'hidden' | 'output' | 'fixed';

/** The mixture of experts that a tensor belongs to. */
export interface MixtureOf {
  /** Number of experts, and of those that an example is given to. */
  readonly count: number;
  readonly active: number;
  /** Experts that an example costs the products of: all, or of a capacity only what its slots come to. */
  readonly computed: number;
  /**
   * How the experts' tensors lie in one: side by side (`columns`, `[fanIn, count · fanOut]`) or one below the other
   * (`rows`, `[count · fanIn, fanOut]`). The router, which all share, has none.
   */
  readonly stacked?: 'columns' | 'rows';
}

/** One trained tensor of a model, as data. On a device it carries a leading lane axis. */
export interface Parameter {
  readonly name: string;
  readonly role: Role;
  /** Without the lane axis: weights `[fanIn, fanOut]`, biases and norm gains `[1, fanOut]`; those of experts stacked. */
  readonly shape: readonly [number, number];
  /** A bias is a weight on a constant input, and a gain on one coordinate, so their fan-in is 1. */
  readonly fanIn: number;
  readonly fanOut: number;
  /** Whether fan-in and fan-out grow with width. */
  readonly scales: { readonly fanIn: boolean; readonly fanOut: boolean };
  readonly place?: Place;
  /** The knob that what the tensor computes is multiplied by, where it has one of its own. */
  readonly multiplierKnob?: 'attentionScale';
  /**
   * A weight of which only the direction of every column counts, since it is used normalised: its scale is its gain's.
   * On a `sphere` every column is put back to its first length after each step.
   */
  readonly direction?: 'free' | 'sphere';
  /** The weight that a weight gain scales the columns of. */
  readonly gainOf?: { readonly name: string; readonly role: Role };
  /**
   * An embedding that is the readout too, `[outputs, width]`. Its multiplier is the readout's alone, so it cannot be
   * absorbed: the graph multiplies by a constant `<name>:multiplier` `[lane, 1, 1]`.
   */
  readonly tied?: true;
  /** Of the tensors of a mixture of experts. */
  readonly mixture?: MixtureOf;
}

/**
 * The scaling class of a tensor: biases of hidden layers and norm gains scale as input weights, and the output bias,
 * of which no side grows, does not scale (2203.03466, Tables 3, 8 and 9).
 */
export function scalingClass({ scales }: Pick<Parameter, 'scales'>): ScalingClass {
  if (scales.fanIn) return scales.fanOut ? 'hidden' : 'output';
  return scales.fanOut ? 'input' : 'fixed';
}

const weightRoles: readonly Role[] = [
  ...(['input', 'hidden', 'output', 'router', 'expert-up', 'expert-down'] as const),
];

/** Whether the tensor is a matrix of weights, not a bias or gain. */
export function isWeight({ role }: Pick<Parameter, 'role'>): boolean {
  return weightRoles.includes(role);
}
