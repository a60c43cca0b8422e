import { createHash } from 'node:crypto';
import { fillPhilox, multiplyHigh, type PhiloxLane } from './philox.ts';
import { BUFFER_BLOCKS, blockBuffer } from './philox-simd.ts';
import { normalFromRejected, zigguratTables } from './ziggurat.ts';

/**
 * What names a stream of random numbers. Streams of different addresses are independent, and a
 * stream does not depend on which others were made, or when.
 */
export interface StreamAddress {
  /** A non-negative integer. */
  readonly seed: number;
  /** What the numbers are for: `init`, `data`, `noise`, `target`, … */
  readonly role: string;
  /** What else tells this stream from its siblings: a tensor's name, `train` or `test`, … */
  readonly path?: readonly (string | number)[];
}

/**
 * Random numbers with random access: number `i` of a kind is a pure function of the address and `i`.
 * Each method writes numbers `offset`, `offset + 1`, … until `out` is full; `offset` is an integer
 * from 0 up to 2⁵². The kinds are independent of one another.
 */
export interface RandomStream {
  /** Uniform in the open interval (0, 1), in steps of 2⁻²³, so that float32 holds each exactly. */
  fillUniform(offset: number, out: Float32Array): void;
  /** Standard normal. */
  fillNormal(offset: number, out: Float32Array): void;
  /** +1 or −1, each with probability ½. */
  fillSigns(offset: number, out: Float32Array): void;
  /** Integers 0 … below − 1 without bias; `below` is an integer from 1 to 2³¹. */
  fillIntegers(offset: number, below: number, out: Int32Array): void;
}

const UNIFORM = 0;
const NORMAL = 1;
const SIGN = 2;
const INTEGER = 3;
/** Word 2 of the counter holds the kind in its low bits and the attempt above them. */
const KINDS = 4;

const BUFFER_WORDS = 4 * BUFFER_BLOCKS;

/**
 * The random stream at an address: key and last counter word of Philox4x32-10 are the first 96 bits
 * of the SHA-256 of the address. Throws for a seed that is not a non-negative integer.
 */
export function randomStream({ seed, role, path = [] }: StreamAddress): RandomStream {
  if (!Number.isSafeInteger(seed) || seed < 0) {
    throw new Error(`unknown seed: ${seed} (a non-negative integer)`);
  }
  const digest = createHash('sha256')
    .update(JSON.stringify([seed, role, ...path]))
    .digest();
  const k0 = digest.readInt32LE(0);
  const k1 = digest.readInt32LE(4);
  const c3 = digest.readInt32LE(8);
  const buffer = blockBuffer();
  const { words } = buffer;
  const more = new Int32Array(4);
  const { inside, step } = zigguratTables;

  const lane = (kind: number, attempt: number): PhiloxLane => ({
    c2: kind + KINDS * attempt,
    c3,
    k0,
    k1,
  });
  const lanes = [lane(UNIFORM, 0), lane(NORMAL, 0), lane(SIGN, 0), lane(INTEGER, 0)] as const;

  /** Fills `words` so that number `offset` lies at the returned place. */
  function load(kind: 0 | 1 | 2 | 3, offset: number, count: number): number {
    const place = offset % 4;
    const block = (offset - place) / 4;
    const blocks = Math.min(BUFFER_BLOCKS, Math.ceil((place + count) / 4));
    buffer.fill(lanes[kind], block | 0, (block / 2 ** 32) | 0, blocks);
    return place;
  }

  /** Further words for number `index`, from counters that no first draw uses. */
  function retry(kind: number, index: number, attempt: number): void {
    fillPhilox(lane(kind, attempt), index | 0, (index / 2 ** 32) | 0, 1, more);
  }

  return {
    fillUniform(offset, out) {
      for (let done = 0; done < out.length; ) {
        const place = load(UNIFORM, offset + done, out.length - done);
        const end = Math.min(out.length, done + BUFFER_WORDS - place);
        for (let from = place; done < end; from++, done++) {
          out[done] = (((words[from] as number) >>> 9) + 0.5) * 2 ** -23;
        }
      }
    },

    fillNormal(offset, out) {
      for (let done = 0; done < out.length; ) {
        const place = load(NORMAL, offset + done, out.length - done);
        const end = Math.min(out.length, done + BUFFER_WORDS - place);
        for (let from = place; done < end; from++, done++) {
          const word = words[from] as number;
          const layer = word & 0xff;
          const signed = word >> 8;
          if ((signed ^ (signed >> 31)) < (inside[layer] as number)) {
            out[done] = (signed + 0.5) * (step[layer] as number);
          } else {
            const index = offset + done;
            out[done] = normalFromRejected(word, more, (attempt) => retry(NORMAL, index, attempt));
          }
        }
      }
    },

    fillSigns(offset, out) {
      for (let done = 0; done < out.length; ) {
        const bit = (offset + done) % 32;
        const place = load(
          SIGN,
          (offset + done - bit) / 32,
          Math.ceil((bit + out.length - done) / 32),
        );
        const bits = 32 * (BUFFER_WORDS - place);
        const end = Math.min(out.length, done + bits - bit);
        for (let from = 32 * place + bit; done < end; from++, done++) {
          out[done] = (((words[from >>> 5] as number) >>> (from & 31)) & 1) * 2 - 1;
        }
      }
    },

    fillIntegers(offset, below, out) {
      if (!Number.isInteger(below) || below < 1 || below > 2 ** 31) {
        throw new Error(`unknown bound: ${below} (an integer from 1 to ${2 ** 31})`);
      }
      // Lemire, "Fast random integer generation in an interval" (1805.10941): of word × below, the
      // high half is the answer unless the low half falls under 2³² mod below.
      const floor = 2 ** 32 % below;
      for (let done = 0; done < out.length; ) {
        const place = load(INTEGER, offset + done, out.length - done);
        const end = Math.min(out.length, done + BUFFER_WORDS - place);
        for (let from = place; done < end; from++, done++) {
          let word = words[from] as number;
          for (let attempt = 1; Math.imul(word, below) >>> 0 < floor; attempt++) {
            retry(INTEGER, offset + done, attempt);
            word = more[0] as number;
          }
          out[done] = multiplyHigh(word, below);
        }
      }
    },
  };
}
