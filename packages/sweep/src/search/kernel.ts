/** What a Gaussian process over the unit cube believes before it has seen anything, in units of its values. */
export interface Prior {
  /** Standard deviation of what all places have in common. */
  readonly common: number;
  /** Standard deviation of what differs from place to place. */
  readonly signal: number;
  /** Distance along each axis over which values stay alike. */
  readonly lengths: readonly number[];
  /** Standard deviation of what differs from one measurement of a place to the next, beside its known error. */
  readonly nugget: number;
}

/**
 * The covariance of the values at two places: a constant, and a Matérn kernel of smoothness 5/2 with a length for
 * each axis (Rasmussen and Williams 2006, equation 4.17).
 */
export function covariance(
  { common, signal, lengths }: Prior,
  a: readonly number[],
  b: readonly number[],
): number {
  let square = 0;
  for (let k = 0; k < lengths.length; k++) square += ((a[k]! - b[k]!) / lengths[k]!) ** 2;
  const r = Math.sqrt(5 * square);
  return common ** 2 + signal ** 2 * (1 + r + (r * r) / 3) * Math.exp(-r);
}
