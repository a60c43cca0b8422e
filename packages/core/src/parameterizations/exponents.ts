/**
 * How one class of tensor scales with the width ratio `m = width/baseWidth`, as exponents of `m`.
 *
 * The layer is `z = m^{−a} W h` with `W ~ N(0, σ² m^{−2b})`, its learning rate `η m^{−c}` and its ε `ε m^{−e}`.
 */
export interface Exponents {
  /** a: the multiplier is `m^{−a}`. */
  readonly a: number;
  /** b: the standard deviation at initialization is `m^{−b}` times that at the base width. */
  readonly b: number;
  /** c for optimizers whose step is proportional to the gradient. */
  readonly sgd: number;
  /** c for optimizers whose step does not depend on the gradient's scale. */
  readonly adam: number;
  /**
   * c for optimizers whose step is a share of the weight's own length: that of Adam less b, so that the steps of both
   * are of one length at every width; but 0 where Adam's does not scale, as practised.
   */
  readonly relative: number;
  /** e: how the tensor's gradient shrinks with width, and so ε with it (per-layer ε of 2407.05872). */
  readonly gradient: number;
}

/** A parameterization: exponents for tensors by which of their sides grow. Tensors of fixed size never scale. */
export interface ExponentTable {
  readonly input: Exponents;
  readonly hidden: Exponents;
  readonly output: Exponents;
  /** Of an embedding that is the readout too, where the output's cannot be an input's: its multiplier is the readout's. */
  readonly tied?: Exponents;
}
