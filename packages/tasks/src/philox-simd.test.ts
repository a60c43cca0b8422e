import { describe, expect, it } from 'vitest';
import { BUFFER_BLOCKS, plainBuffer, simdBuffer } from './philox-simd.ts';

const lane = { c2: 0x13198a2e, c3: 0x03707344, k0: 0xa4093822 | 0, k1: 0x299f31d0 };

describe('philox by SIMD', () => {
  it('is word for word the scalar one, of any number of blocks, across the carry too', () => {
    const plain = plainBuffer();
    const wide = simdBuffer();
    if (wide === null) return console.warn('skipped: no SIMD in this WebAssembly');
    for (const [c0, c1] of [
      [0, 0],
      [0x243f6a88, 0x85a308d3],
      [-1, -1],
      [-300, 7],
      [0x7fffff00, 1],
    ] as const) {
      for (const blocks of [1, 3, 4, 5, BUFFER_BLOCKS]) {
        plain.fill(lane, c0, c1, blocks);
        wide.fill(lane, c0, c1, blocks);
        expect(wide.words.slice(0, 4 * blocks)).toEqual(plain.words.slice(0, 4 * blocks));
      }
    }
  });
});
