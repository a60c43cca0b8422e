/**
 * Philox4x32-10, the counter-based generator of Salmon, Moraes, Dror and Shaw,
 * "Parallel random numbers: as easy as 1, 2, 3" (SC 2011). A block of four 32-bit words is a pure
 * function of a 128-bit counter and a 64-bit key, so any part of a stream is reached at once.
 */

const M0 = 0xd2511f53 | 0;
const M0_LOW = 0x1f53;
const M0_HIGH = 0xd251;
const M1 = 0xcd9e8d57 | 0;
const M1_LOW = 0x8d57;
const M1_HIGH = 0xcd9e;
const W0 = 0x9e3779b9 | 0;
const W1 = 0xbb67ae85 | 0;

/** The part of a counter and the key that stay the same along a stream: two words each. */
export interface PhiloxLane {
  readonly c2: number;
  readonly c3: number;
  readonly k0: number;
  readonly k1: number;
}

/**
 * Writes `blocks` blocks of four words to `out`; words 0 and 1 of the counter, a 64-bit integer with
 * the low word first, start at `firstC0`, `firstC1` and count the blocks.
 *
 * The high half of a 32×32-bit product is put together from 16-bit halves, since `Math.imul` gives
 * only the low half; the rounds are written in line because a call a round costs as much again.
 */
export function fillPhilox(
  lane: PhiloxLane,
  firstC0: number,
  firstC1: number,
  blocks: number,
  out: Int32Array,
): void {
  const { c2: startC2, c3: startC3, k0: startK0, k1: startK1 } = lane;
  let low = firstC0 | 0;
  let high = firstC1 | 0;
  for (let block = 0, at = 0; block < blocks; block++, at += 4) {
    let c0 = low;
    let c1 = high;
    let c2 = startC2 | 0;
    let c3 = startC3 | 0;
    let k0 = startK0 | 0;
    let k1 = startK1 | 0;
    for (let round = 0; round < 10; round++) {
      const a = c0 & 0xffff;
      const b = c0 >>> 16;
      const u = (Math.imul(b, M0_LOW) + (Math.imul(a, M0_LOW) >>> 16)) | 0;
      const v = (Math.imul(a, M0_HIGH) + (u & 0xffff)) | 0;
      const high0 = (((Math.imul(b, M0_HIGH) + (u >>> 16)) | 0) + (v >>> 16)) | 0;
      const d = c2 & 0xffff;
      const e = c2 >>> 16;
      const s = (Math.imul(e, M1_LOW) + (Math.imul(d, M1_LOW) >>> 16)) | 0;
      const t = (Math.imul(d, M1_HIGH) + (s & 0xffff)) | 0;
      const high1 = (((Math.imul(e, M1_HIGH) + (s >>> 16)) | 0) + (t >>> 16)) | 0;
      const low0 = Math.imul(c0, M0);
      const low1 = Math.imul(c2, M1);
      c0 = high1 ^ c1 ^ k0;
      c2 = high0 ^ c3 ^ k1;
      c1 = low1;
      c3 = low0;
      k0 = (k0 + W0) | 0;
      k1 = (k1 + W1) | 0;
    }
    out[at] = c0;
    out[at + 1] = c1;
    out[at + 2] = c2;
    out[at + 3] = c3;
    low = (low + 1) | 0;
    if (low === 0) high = (high + 1) | 0;
  }
}

/** The high 32 bits of the product of two unsigned 32-bit integers, as an unsigned integer. */
export function multiplyHigh(a: number, b: number): number {
  const aLow = a & 0xffff;
  const aHigh = a >>> 16;
  const bLow = b & 0xffff;
  const bHigh = b >>> 16;
  const u = (Math.imul(aHigh, bLow) >>> 0) + (Math.imul(aLow, bLow) >>> 16);
  const v = (Math.imul(aLow, bHigh) >>> 0) + (u & 0xffff);
  return (
    ((Math.imul(aHigh, bHigh) >>> 0) + Math.floor(u / 0x10000) + Math.floor(v / 0x10000)) >>> 0
  );
}
