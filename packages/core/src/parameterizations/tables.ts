import type { ExponentTable } from './exponents.ts';

/**
 * Standard parameterization: initialization by fan-in, one learning rate and one ε for everything, as practised.
 */
export const standard: ExponentTable = {
  input: { a: 0, b: 0, sgd: 0, adam: 0, relative: 0, gradient: 0 },
  hidden: { a: 0, b: 1 / 2, sgd: 0, adam: 0, relative: 0, gradient: 0 },
  output: { a: 0, b: 1 / 2, sgd: 0, adam: 0, relative: 0, gradient: 0 },
};

/** Neural tangent parameterization (1806.07572; Adam's rates and ε from 2407.05872, Table 1). */
export const neuralTangent: ExponentTable = {
  input: { a: 0, b: 0, sgd: 0, adam: 0, relative: 0, gradient: 1 / 2 },
  hidden: { a: 1 / 2, b: 0, sgd: 0, adam: 1 / 2, relative: 1 / 2, gradient: 1 },
  output: { a: 1 / 2, b: 0, sgd: 0, adam: 1 / 2, relative: 1 / 2, gradient: 1 / 2 },
};

/** Mean-field parameterization with the rates that keep every layer learning (2011.14522; 2407.05872, Table 1). */
export const meanField: ExponentTable = {
  input: { a: 0, b: 0, sgd: -1, adam: 0, relative: 0, gradient: 1 },
  hidden: { a: 1 / 2, b: 0, sgd: -1, adam: 1 / 2, relative: 1 / 2, gradient: 3 / 2 },
  output: { a: 1, b: 0, sgd: -1, adam: 0, relative: 0, gradient: 1 },
};

/** μP with the output multiplier `1/fanIn`, the form for tied embeddings (2203.03466, Table 8). */
export const maximalUpdateTable8: ExponentTable = {
  input: { a: 0, b: 0, sgd: -1, adam: 0, relative: 0, gradient: 1 },
  hidden: { a: 0, b: 1 / 2, sgd: 0, adam: 1, relative: 1 / 2, gradient: 1 },
  output: { a: 1, b: 0, sgd: -1, adam: 0, relative: 0, gradient: 1 },
};

/** Maximal update parameterization in its abc form: one rate for SGD (2011.14522; 2203.03466, Table 9). */
export const maximalUpdate: ExponentTable = {
  input: { a: -1 / 2, b: 1 / 2, sgd: 0, adam: 1 / 2, relative: 0, gradient: 1 / 2 },
  hidden: { a: 0, b: 1 / 2, sgd: 0, adam: 1, relative: 1 / 2, gradient: 1 },
  output: { a: 1 / 2, b: 1 / 2, sgd: 0, adam: 1 / 2, relative: 0, gradient: 1 / 2 },
  tied: maximalUpdateTable8.output,
};

/** μP without multipliers (2203.03466, Table 3). */
export const maximalUpdateTable3: ExponentTable = {
  input: { a: 0, b: 0, sgd: -1, adam: 0, relative: 0, gradient: 1 },
  hidden: { a: 0, b: 1 / 2, sgd: 0, adam: 1, relative: 1 / 2, gradient: 1 },
  output: { a: 0, b: 1, sgd: 1, adam: 1, relative: 0, gradient: 0 },
  tied: maximalUpdateTable8.output,
};

/** Standard, neural tangent, mean-field and maximal update, the last also as Tables 3 and 8 of 2203.03466 have it. */
export type ParameterizationName = 'sp' | 'ntp' | 'mfp' | 'mup' | 'mup-table-3' | 'mup-table-8';

/** Every parameterization by name; the three of μP describe the same training. */
export const parameterizationTables: Readonly<Record<ParameterizationName, ExponentTable>> = {
  sp: standard,
  ntp: neuralTangent,
  mfp: meanField,
  mup: maximalUpdate,
  'mup-table-3': maximalUpdateTable3,
  'mup-table-8': maximalUpdateTable8,
};
