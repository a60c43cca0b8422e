import { createHash } from 'node:crypto';

/**
 * A pseudo-random permutation of 0 … size − 1 with random access: a balanced Feistel network over
 * the smallest even number of bits that holds `size` (at least 8), walked until it lands inside
 * (Black and Rogaway, "Ciphers with arbitrary finite domains", 2002). It needs no table, so an epoch
 * over millions of examples costs nothing to begin. Throws for a size outside 1 … 2³⁰.
 */
export function permutation(
  size: number,
  address: readonly (string | number)[],
): (index: number) => number {
  if (!Number.isInteger(size) || size < 1 || size > 2 ** 30) {
    throw new Error(`unknown size: ${size} (an integer from 1 to ${2 ** 30})`);
  }
  const half = Math.max(4, Math.ceil(Math.log2(size) / 2));
  const mask = 2 ** half - 1;
  const digest = createHash('sha256').update(JSON.stringify(address)).digest();
  const keys = Array.from({ length: 8 }, (_, round) => digest.readInt32LE(4 * round));

  return (index) => {
    let value = index;
    do {
      let left = value >>> half;
      let right = value & mask;
      for (const key of keys) {
        const next = left ^ (mix(right ^ key) & mask);
        left = right;
        right = next;
      }
      value = (left << half) | right;
    } while (value >= size);
    return value;
  };
}

/** The finaliser of MurmurHash3: every input bit reaches every output bit. */
function mix(value: number): number {
  let h = Math.imul(value ^ (value >>> 16), 0x85ebca6b);
  h = Math.imul(h ^ (h >>> 13), 0xc2b2ae35);
  return h ^ (h >>> 16);
}
