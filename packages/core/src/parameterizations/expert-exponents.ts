import type { Parameter } from '../parameter.ts';
import type { Exponents } from './exponents.ts';

/** A rule for the tensors of mixtures of experts, in place of those of their scaling class. */
export type ExpertsRule =
  | 'router-as-output'
  | 'fixed-experts'
  | 'scaled-gates'
  | 'all-scaling'
  | 'all-scaling-mssp'
  | 'bottleneck'
  | 'bottleneck-mssp';

/** The tensors that a rule tells apart; biases go with their weight. */
export type ExpertRole = 'router' | 'expert-up' | 'expert-down';

/** How one role scales. */
export interface ExpertExponents {
  /** Over the width ratio, by which sides of the tensor grow with it. */
  readonly width: (scales: Parameter['scales']) => Exponents;
  /** Over the ratio of the numbers of experts, in place of m. */
  readonly count: Omit<Exponents, 'a'>;
  /** The multiplier is the ratio of the numbers of active experts to minus this power: of gates, held by what they scale. */
  readonly active: number;
  /** All experts of a lane start with the same entries. */
  readonly alike?: true;
}

/** A weight between growing sides: μP's hidden class, and what is left of it where one side does not grow. */
const hiddenLike = ({ fanIn, fanOut }: Parameter['scales']): Exponents => {
  const [into, out] = [fanIn ? 1 : 0, fanOut ? 1 : 0];
  return { a: 0, b: into / 2, sgd: into - out, adam: into, relative: into / 2, gradient: out };
};

/** An output weight in the form with a multiplier, variance and rate without width (2203.03466, Table 8). */
const multipliedOutput = (): Exponents => ({
  ...{ a: 1, b: 0, sgd: -1, adam: 0, relative: 0, gradient: 1 },
});

/** The same training without a multiplier (2203.03466, Table 3). */
const outputLike = (): Exponents => ({
  ...{ a: 0, b: 1, sgd: 1, adam: 1, relative: 0, gradient: 0 },
});

const alone = { b: 0, sgd: 0, adam: 0, relative: 0, gradient: 0 } as const;

/** One of r experts sees a share of 1/r of the examples: its gradient shrinks so, and with SGD its rate grows. */
const oneOfMany = { ...alone, sgd: -1, gradient: 1 } as const;

const hidden: ExpertExponents = { width: hiddenLike, count: alone, active: 0 };

const many: Readonly<Record<ExpertRole, ExpertExponents>> = {
  router: { width: hiddenLike, count: oneOfMany, active: 0 },
  'expert-up': { width: hiddenLike, count: oneOfMany, active: 0 },
  'expert-down': { width: hiddenLike, count: oneOfMany, active: 1 },
};

/**
 * Every proposal for mixtures of experts by name. All want μP for the other tensors.
 *
 * - `router-as-output` (2508.09752): experts as hidden weights, the router as an output layer, logits `1/m`, variance
 *   and Adam's rate 1. Numbers of experts enter nothing.
 * - `fixed-experts` (2605.14200, regime I: width and the experts' width grow): deviation, Adam's rate and ε are
 *   `n^{-1}, n^{-1}, 1` for the router, `n^{-1/2}, n^{-1}, n^{-1}` for experts: the same training in another form.
 * - `scaled-gates` (2601.20205, as the authors of 2605.14200 compare with it: everything grows, sparsity stays): the
 *   router as an output layer, experts as hidden weights, and gates times k₀/k.
 * - `all-scaling` (2605.14200, μP of regime III: numbers of experts and of active ones grow too): router `n^{-1/2}, n^{-1},
 *   M^{-1}`, experts `n^{-1/2}, n^{-1}, (nM)^{-1}`, and gates times k₀/k; with SGD the rates of all three also times M,
 *   and the router's times `n^{-1}`.
 * - `bottleneck` (2605.14200, μP of regime II: the experts' own width does not grow): deviation and Adam's rate by
 *   fan-in, which is `n` for the first map of an expert and fixed for the second; ε `M^{-1}` for router and first map,
 *   `(nM)^{-1}` for the second; gates times k₀/k. By fan-in and fan-out it is the same rule as `all-scaling`.
 * - `all-scaling-mssp` (2605.14200, maximally scale-stable): as `all-scaling`, but all experts have one start.
 * - `bottleneck-mssp` (likewise): as `bottleneck`, but second maps start `√M` times as large. (The maximally scale-stable
 *   rule of regime I starts the router at 0, which a choice of the top k cannot break ties of: `initScale/router: 0` gives
 *   it where all experts are active.)
 *
 * ε of `router-as-output` and of `scaled-gates` is by tensor too; their authors leave it global. The tables of
 * 2605.14200 are those of its authors' published code, which multiplies by fan-in, so that they hold whatever grows.
 */
export const expertTables: Readonly<
  Record<ExpertsRule, Readonly<Record<ExpertRole, ExpertExponents>>>
> = {
  'router-as-output': {
    router: { width: multipliedOutput, count: alone, active: 0 },
    'expert-up': hidden,
    'expert-down': hidden,
  },
  'fixed-experts': {
    router: { width: outputLike, count: alone, active: 0 },
    'expert-up': hidden,
    'expert-down': hidden,
  },
  'scaled-gates': { ...many, router: { ...many.router, width: outputLike } },
  'all-scaling': many,
  'all-scaling-mssp': {
    ...many,
    'expert-up': { ...many['expert-up'], alike: true },
    'expert-down': { ...many['expert-down'], alike: true },
  },
  bottleneck: many,
  'bottleneck-mssp': {
    ...many,
    'expert-down': { ...many['expert-down'], count: { ...oneOfMany, b: -1 / 2 } },
  },
};
