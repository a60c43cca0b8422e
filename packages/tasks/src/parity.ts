import {
  type Checks,
  checkLaw,
  inputDimCheck,
  instanceCheck,
  integer,
  number,
  oneOf,
} from './check.ts';
import { onlineTask } from './online-task.ts';
import { permutation } from './permutation.ts';
import type { Task } from './task.ts';

/**
 * Sparse parity: the product of `sparsity` of the input's signs.
 *
 * - Input: x uniform on {−1, 1}^inputDim.
 * - Target: χ(x) = Π_{i ∈ S} x_i, with S a set of `sparsity` coordinates drawn by `instance`; as a
 *   regression target of variance 1, or as class (1 − χ)/2. It is uncorrelated with every function of
 *   a strict subset of S.
 * - Noise: the label is turned over with probability `flip`.
 * - Best loss: regression 4 flip (1 − flip); classes the entropy of `flip` in nats.
 */
export interface ParityLaw {
  readonly kind: 'parity';
  readonly inputDim: number;
  readonly sparsity: number;
  readonly output: 'regression' | 'classes';
  /** Probability that a label is wrong, at most ½. */
  readonly flip: number;
  readonly instance: number;
}

const checks: Checks<ParityLaw> = {
  inputDim: inputDimCheck,
  sparsity: integer(1, 65536),
  output: oneOf(['regression', 'classes']),
  flip: number(0, 0.5),
  instance: instanceCheck,
};

/** The coordinates whose product is the target, in increasing order. */
export function paritySupport({ inputDim, sparsity, instance }: ParityLaw): number[] {
  const place = permutation(inputDim, ['parity support', instance]);
  return Array.from({ length: sparsity }, (_, i) => place(i)).sort((a, b) => a - b);
}

/** The task of a parity law; throws for a parameter out of range. */
export function parityTask(law: ParityLaw, name: string): Task {
  checkLaw(law, { ...checks, sparsity: integer(1, law.inputDim) });
  const { inputDim, flip } = law;
  const support = paritySupport(law);
  const classes = law.output === 'classes';
  return onlineTask({
    name,
    law,
    inputDim,
    output: classes ? { kind: 'classes', count: 2 } : { kind: 'regression', dim: 1 },
    bestLoss: classes ? entropy(flip) : 4 * flip * (1 - flip),
    sampler(streams) {
      const inputs = streams('data');
      const noise = streams('noise');
      let chances = new Float32Array(0);
      return (first, batch, x, y) => {
        inputs.fillSigns(first * inputDim, x);
        if (flip > 0) {
          if (chances.length !== batch) chances = new Float32Array(batch);
          noise.fillUniform(first, chances);
        }
        for (let e = 0; e < batch; e++) {
          let sign = 1;
          for (const i of support) sign *= x[e * inputDim + i] as number;
          if (flip > 0 && (chances[e] as number) < flip) sign = -sign;
          y[e] = classes ? (1 - sign) / 2 : sign;
        }
      };
    },
  });
}

const entropy = (p: number): number => (p === 0 ? 0 : -p * Math.log(p) - (1 - p) * Math.log(1 - p));
