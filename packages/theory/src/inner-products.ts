/** Squared lengths of two inputs and their inner product, sums over coordinates. */
export interface InnerProducts {
  readonly first: number;
  readonly second: number;
  readonly cross: number;
}

/** The inner products of two inputs `[d]`. Throws on inputs of different lengths, and on inputs without coordinates. */
export function innerProducts(x: ArrayLike<number>, other: ArrayLike<number>): InnerProducts {
  if (x.length !== other.length || x.length === 0) {
    throw new Error(`unequal inputs: ${x.length} and ${other.length} coordinates (equally many)`);
  }
  return { first: product(x, x), second: product(other, other), cross: product(x, other) };
}

function product(x: ArrayLike<number>, other: ArrayLike<number>): number {
  let sum = 0;
  for (let i = 0; i < x.length; i++) sum += (x[i] as number) * (other[i] as number);
  return sum;
}
