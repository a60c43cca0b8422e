const MULTIPLIER = 0xd256d193;
const WEYL = 0x9e3779b9;

/** High 32 bits of the product of two unsigned 32-bit integers. */
function multiplyHigh(a: number, b: number): number {
  const aHigh = a >>> 16;
  const aLow = a & 0xffff;
  const bHigh = b >>> 16;
  const bLow = b & 0xffff;
  const middle = aHigh * bLow + ((aLow * bLow) >>> 16);
  const carry = aLow * bHigh + (middle & 0xffff);
  return (aHigh * bHigh + Math.floor(middle / 0x10000) + Math.floor(carry / 0x10000)) >>> 0;
}

/** Philox2x32-10 of Salmon et al. (2011), "Parallel random numbers: as easy as 1, 2, 3". */
export function philox2x32(key: number, high: number, low: number): readonly [number, number] {
  let first = high >>> 0;
  let second = low >>> 0;
  let round = key >>> 0;
  for (let i = 0; i < 10; i++) {
    const product = multiplyHigh(first, MULTIPLIER);
    const next = (product ^ round ^ second) >>> 0;
    second = Math.imul(first, MULTIPLIER) >>> 0;
    first = next;
    round = (round + WEYL) >>> 0;
  }
  return [first, second];
}

/** A source of uniform numbers in [0, 1) of 53 bits; the n-th is a pure function of (seed, n). */
export function uniformSource(seed: number): () => number {
  let counter = 0;
  return () => {
    const [high, low] = philox2x32(seed, counter, Math.floor(counter / 0x100000000));
    counter += 1;
    return ((high >>> 5) * 0x4000000 + (low >>> 6)) / 0x20000000000000;
  };
}

/** Standard normal numbers by Box and Muller, from a source of uniform ones. */
export function normalSource(uniform: () => number): () => number {
  return () => Math.sqrt(-2 * Math.log(1 - uniform())) * Math.cos(2 * Math.PI * uniform());
}
