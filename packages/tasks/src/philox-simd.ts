import { fillPhilox, type PhiloxLane } from './philox.ts';

/**
 * Philox4x32-10 as a WebAssembly function of four blocks at a time, an eighth of the time of
 * `fillPhilox`: SIMD has the 32 × 32 → 64 bit product that JavaScript lacks. The module is put
 * together here from its opcodes (WebAssembly core specification 2.0, chapter 5), since a compiler for
 * a page of code would be the larger part.
 */

/** How many blocks a buffer holds: 8 KiB, a part of the smallest cache. */
export const BUFFER_BLOCKS = 512;

/** Blocks of one thread: `fill` writes `words`, which the next `fill` of any stream writes again. */
export interface BlockBuffer {
  readonly words: Int32Array;
  /** As `fillPhilox` into `words`; at most `BUFFER_BLOCKS` blocks. */
  fill(lane: PhiloxLane, firstC0: number, firstC1: number, blocks: number): void;
}

let shared: BlockBuffer | null = null;

/** The buffer of this thread, made when first asked for. */
export function blockBuffer(): BlockBuffer {
  shared ??= simdBuffer() ?? plainBuffer();
  return shared;
}

/** The same in JavaScript, for processors whose WebAssembly has no SIMD. */
export function plainBuffer(): BlockBuffer {
  const words = new Int32Array(4 * BUFFER_BLOCKS);
  return { words, fill: (lane, c0, c1, blocks) => fillPhilox(lane, c0, c1, blocks, words) };
}

type WideFill = (
  c0: number,
  c1: number,
  c2: number,
  c3: number,
  k0: number,
  k1: number,
  endByte: number,
) => void;

/** What is used of the `WebAssembly` object, whose types come only with a browser's. */
interface WebAssemblyHost {
  validate(bytes: Uint8Array): boolean;
  readonly Module: new (bytes: Uint8Array) => object;
  readonly Instance: new (
    module: object,
  ) => {
    readonly exports: {
      readonly memory: { readonly buffer: ArrayBuffer };
      readonly fill: WideFill;
    };
  };
}

/** Null where the processor has no SIMD. */
export function simdBuffer(): BlockBuffer | null {
  const { WebAssembly: host } = globalThis as unknown as { WebAssembly: WebAssemblyHost };
  const bytes = moduleBytes();
  if (!host.validate(bytes)) return null;
  const { memory, fill } = new host.Instance(new host.Module(bytes)).exports;
  const words = new Int32Array(memory.buffer, 0, 4 * BUFFER_BLOCKS);
  return {
    words,
    fill(lane, c0, c1, blocks) {
      // The vectors count in word 0 alone: where that carries, once in 2³² blocks, take the long way.
      if ((c0 >>> 0) + blocks + 3 >= 2 ** 32) fillPhilox(lane, c0, c1, blocks, words);
      else fill(c0, c1, lane.c2, lane.c3, lane.k0, lane.k1, 64 * Math.ceil(blocks / 4));
    },
  };
}

const unsigned = (value: number): number[] =>
  value < 128 ? [value] : [(value & 127) | 128, ...unsigned(value >>> 7)];
const section = (id: number, ...content: number[]): number[] => [
  id,
  ...unsigned(content.length),
  ...content,
];

const get = (local: number): number[] => [0x20, local];
const set = (local: number): number[] => [0x21, local];
const simd = (opcode: number, ...immediates: number[]): number[] => [
  0xfd,
  ...unsigned(opcode),
  ...immediates,
];
const constant = (words: readonly number[]): number[] =>
  simd(0x0c, ...words.flatMap((word) => [0, 8, 16, 24].map((shift) => (word >>> shift) & 0xff)));
const everywhere = (word: number): number[] => constant([word, word, word, word]);
/** Four of the eight words of two vectors. */
const shuffle = (...picks: number[]): number[] =>
  simd(0x0d, ...picks.flatMap((pick) => [0, 1, 2, 3].map((byte) => 4 * pick + byte)));
const splat = simd(0x11);
const xor = simd(0x51);
const add = simd(0xae);
const productsLow = simd(0xde);
const productsHigh = simd(0xdf);
const store = (offset: number): number[] => simd(0x0b, 4, offset);

/** Locals: the seven parameters, the byte to write next, and vectors of one word of four blocks. */
const [C0, C1, C2, C3, KEY0, KEY1, END, NEXT] = [0, 1, 2, 3, 4, 5, 6, 7] as const;
const [BASE, A, B, C, D, K0, K1, P, Q, R, S] = [8, 9, 10, 11, 12, 13, 14, 15, 16, 17, 18] as const;

/** P, Q ← the four 64-bit products of a vector with a constant, two in each. */
const multiply = (vector: number, by: number, low: number, high: number): number[] => [
  ...[...get(vector), ...everywhere(by), ...productsLow, ...set(low)],
  ...[...get(vector), ...everywhere(by), ...productsHigh, ...set(high)],
];
const highWords = (low: number, high: number): number[] => [
  ...get(low),
  ...get(high),
  ...shuffle(1, 3, 5, 7),
];
const lowWords = (low: number, high: number): number[] => [
  ...get(low),
  ...get(high),
  ...shuffle(0, 2, 4, 6),
];

const round = (): number[] => [
  ...multiply(A, 0xd2511f53, P, Q),
  ...multiply(C, 0xcd9e8d57, R, S),
  ...[...highWords(R, S), ...get(B), ...xor, ...get(K0), ...xor, ...set(A)],
  ...[...lowWords(R, S), ...set(B)],
  ...[...highWords(P, Q), ...get(D), ...xor, ...get(K1), ...xor, ...set(C)],
  ...[...lowWords(P, Q), ...set(D)],
  ...[...get(K0), ...everywhere(0x9e3779b9), ...add, ...set(K0)],
  ...[...get(K1), ...everywhere(0xbb67ae85), ...add, ...set(K1)],
];

/** Word by word becomes block by block. */
const transposed = (): number[] => [
  ...[...get(A), ...get(B), ...shuffle(0, 4, 1, 5), ...set(P)],
  ...[...get(A), ...get(B), ...shuffle(2, 6, 3, 7), ...set(Q)],
  ...[...get(C), ...get(D), ...shuffle(0, 4, 1, 5), ...set(R)],
  ...[...get(C), ...get(D), ...shuffle(2, 6, 3, 7), ...set(S)],
  ...[...get(NEXT), ...get(P), ...get(R), ...shuffle(0, 1, 4, 5), ...store(0)],
  ...[...get(NEXT), ...get(P), ...get(R), ...shuffle(2, 3, 6, 7), ...store(16)],
  ...[...get(NEXT), ...get(Q), ...get(S), ...shuffle(0, 1, 4, 5), ...store(32)],
  ...[...get(NEXT), ...get(Q), ...get(S), ...shuffle(2, 3, 6, 7), ...store(48)],
];

const splatted = (parameter: number, vector: number): number[] => [
  ...get(parameter),
  ...splat,
  ...set(vector),
];

function moduleBytes(): Uint8Array {
  const [int32, vector, empty] = [0x7f, 0x7b, 0x40];
  const [loop, end, branchIf, lessUnsigned, int32Add] = [0x03, 0x0b, 0x0d, 0x49, 0x6a];
  const body = [
    ...[2, 1, int32, 11, vector],
    ...[...get(C0), ...splat, ...constant([0, 1, 2, 3]), ...add, ...set(BASE)],
    ...[loop, empty],
    ...[...get(BASE), ...set(A)],
    ...[...splatted(C1, B), ...splatted(C2, C), ...splatted(C3, D)],
    ...[...splatted(KEY0, K0), ...splatted(KEY1, K1)],
    ...Array.from({ length: 10 }, round).flat(),
    ...transposed(),
    ...[...get(BASE), ...everywhere(4), ...add, ...set(BASE)],
    // next += 64 (a signed LEB128 constant); again while next < end.
    ...[...get(NEXT), 0x41, 0xc0, 0x00, int32Add, ...set(NEXT)],
    ...[...get(NEXT), ...get(END), lessUnsigned, branchIf, 0],
    ...[end, end],
  ];
  const name = (text: string): number[] => [text.length, ...new TextEncoder().encode(text)];
  return Uint8Array.from([
    ...[0x00, 0x61, 0x73, 0x6d, 1, 0, 0, 0],
    ...section(1, 1, 0x60, 7, ...Array<number>(7).fill(int32), 0),
    ...section(3, 1, 0),
    ...section(5, 1, 0, 1),
    ...section(7, 2, ...name('memory'), 2, 0, ...name('fill'), 0, 0),
    ...section(10, 1, ...unsigned(body.length), ...body),
  ]);
}
