import { describe, expect, it } from 'vitest';
import { fillPhilox, multiplyHigh } from './philox.ts';

/** Known answers published with the authors' Random123 library (`kat_vectors`, philox4x32 10). */
const known = [
  {
    counter: [0x00000000, 0x00000000, 0x00000000, 0x00000000],
    key: [0x00000000, 0x00000000],
    words: [0x6627e8d5, 0xe169c58d, 0xbc57ac4c, 0x9b00dbd8],
  },
  {
    counter: [0xffffffff, 0xffffffff, 0xffffffff, 0xffffffff],
    key: [0xffffffff, 0xffffffff],
    words: [0x408f276d, 0x41c83b0e, 0xa20bc7c6, 0x6d5451fd],
  },
  {
    counter: [0x243f6a88, 0x85a308d3, 0x13198a2e, 0x03707344],
    key: [0xa4093822, 0x299f31d0],
    words: [0xd16cfe09, 0x94fdcceb, 0x5001e420, 0x24126ea1],
  },
] as const;

describe('philox4x32-10', () => {
  it.each(known)('gives the published answer for counter $counter', ({ counter, key, words }) => {
    const out = new Int32Array(4);
    const lane = { c2: counter[2], c3: counter[3], k0: key[0], k1: key[1] };
    fillPhilox(lane, counter[0], counter[1], 1, out);
    expect(Array.from(out, (word) => word >>> 0)).toEqual(words);
  });

  it('reaches any block directly, across the carry into the second word', () => {
    const lane = { c2: 3, c3: -7, k0: 123456789, k1: -987654321 };
    const all = new Int32Array(4 * 8);
    fillPhilox(lane, 2 ** 32 - 4, 5, 8, all);
    for (let block = 0; block < 8; block++) {
      const one = new Int32Array(4);
      fillPhilox(lane, (2 ** 32 - 4 + block) | 0, block < 4 ? 5 : 6, 1, one);
      expect([...one]).toEqual([...all.subarray(4 * block, 4 * block + 4)]);
    }
  });

  it('multiplies high words exactly', () => {
    const values = [0, 1, 0xffff, 0x10000, 0x7fffffff, 0x80000000, 0xdeadbeef, 0xffffffff];
    for (const a of values) {
      for (const b of values) {
        expect(multiplyHigh(a, b)).toBe(Number((BigInt(a) * BigInt(b)) >> 32n));
      }
    }
  });
});
