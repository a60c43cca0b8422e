/**
 * As much of WebAssembly's binary format as an elementwise kernel needs (core specification 2.0, chapter 5): 32-bit
 * addresses, 32-bit floats and vectors of four of them. A compiler for a page of code would be the larger part.
 */
export type Code = readonly number[];

/** Value types of locals. */
export const VALUE_TYPE = { i32: 0x7f, f32: 0x7d, v128: 0x7b } as const;

const unsigned = (value: number): number[] =>
  value < 128 ? [value] : [(value % 128) | 128, ...unsigned(Math.floor(value / 128))];

const signed = (value: number): number[] => {
  const low = value & 127;
  const rest = value >> 7;
  const done = (rest === 0 && (low & 64) === 0) || (rest === -1 && (low & 64) !== 0);
  return done ? [low] : [low | 128, ...signed(rest)];
};

const float = (value: number): number[] => [...new Uint8Array(Float32Array.of(value).buffer)];

const simd = (opcode: number, ...immediates: number[]): number[] => [
  0xfd,
  ...unsigned(opcode),
  ...immediates,
];

export const get = (local: number): Code => [0x20, ...unsigned(local)];
export const set = (local: number): Code => [0x21, ...unsigned(local)];

/** Whole numbers, of which addresses are made. */
export const i32 = {
  constant: (value: number): Code => [0x41, ...signed(value | 0)],
  add: [0x6a] as Code,
  lessUnsigned: [0x49] as Code,
};

/** Repeats the body while it leaves something other than 0 on the stack. */
export const loopWhile = (...body: readonly Code[]): Code => [
  ...[0x03, 0x40],
  ...body.flat(),
  ...[0x0d, 0x00, 0x0b],
];

/** Operations on floats that come one at a time or four at a time, each rounded as IEEE 754 has it. */
export type FloatOperation = 'Add' | 'Sub' | 'Mul' | 'Div' | 'Sqrt' | 'Neg' | 'Abs';

/** Instructions for floats, in one width. Addresses are on the stack; `at` is added to them. */
export interface FloatCode {
  readonly bytes: number;
  readonly type: number;
  load(at: number): Code;
  store(at: number): Code;
  constant(value: number): Code;
  operation(name: FloatOperation): Code;
}

const ONE: Readonly<Record<FloatOperation, number>> = {
  Abs: 0x8b,
  Neg: 0x8c,
  Sqrt: 0x91,
  Add: 0x92,
  Sub: 0x93,
  Mul: 0x94,
  Div: 0x95,
};

const FOUR: Readonly<Record<FloatOperation, number>> = {
  Abs: 0xe0,
  Neg: 0xe1,
  Sqrt: 0xe3,
  Add: 0xe4,
  Sub: 0xe5,
  Mul: 0xe6,
  Div: 0xe7,
};

export const scalar: FloatCode = {
  bytes: 4,
  type: VALUE_TYPE.f32,
  load: (at) => [0x2a, 2, ...unsigned(at)],
  store: (at) => [0x38, 2, ...unsigned(at)],
  constant: (value) => [0x43, ...float(value)],
  operation: (name) => [ONE[name]],
};

export const vector: FloatCode = {
  bytes: 16,
  type: VALUE_TYPE.v128,
  load: (at) => simd(0x00, 2, ...unsigned(at)),
  store: (at) => simd(0x0b, 2, ...unsigned(at)),
  constant: (value) => simd(0x0c, ...[0, 1, 2, 3].flatMap(() => float(value))),
  operation: (name) => simd(FOUR[name]),
};

/** Four copies of the float at an address. */
export const splatFrom = (at: number): Code => simd(0x09, 2, ...unsigned(at));

const section = (id: number, ...content: number[]): number[] => [
  id,
  ...unsigned(content.length),
  ...content,
];

const name = (text: string): number[] => [text.length, ...new TextEncoder().encode(text)];

/** A module that exports `memory`, of `pages` times 64 KiB, and `update`, a function without arguments. */
export function moduleBytes(
  pages: number,
  locals: readonly { readonly type: number; readonly count: number }[],
  code: Code,
): Uint8Array {
  const declared = locals.flatMap(({ type, count }) => [...unsigned(count), type]);
  const body = [...unsigned(locals.length), ...declared, ...code, 0x0b];
  return Uint8Array.from([
    ...[0x00, 0x61, 0x73, 0x6d, 1, 0, 0, 0],
    ...section(1, 1, 0x60, 0, 0),
    ...section(3, 1, 0),
    ...section(5, 1, 1, ...unsigned(pages), ...unsigned(pages)),
    ...section(7, 2, ...name('memory'), 2, 0, ...name('update'), 0, 0),
    ...section(10, 1, ...unsigned(body.length), ...body),
  ]);
}
