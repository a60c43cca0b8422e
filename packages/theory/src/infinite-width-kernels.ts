import { type Covariance, type Dual, dualOf } from './dual-activations.ts';
import { innerProducts } from './inner-products.ts';
import { checkVariances, type MeanFieldNet } from './signal-propagation.ts';

/** A fully connected net in neural tangent parameterization, z = σ_w W h/√fanIn + σ_b b, W and b standard normal. */
export interface KernelNet extends MeanFieldNet {
  /** Weight layers, the readout included: 1 is a linear model, 2 has one hidden layer. */
  readonly layers: number;
}

/** Kernels of one pair of inputs. */
export interface Kernels {
  /** The covariance of an output at both inputs, at initialization (the NNGP kernel of 1711.00165). */
  readonly nngp: number;
  /** The neural tangent kernel Σ_θ ∂f/∂θ(x) ∂f/∂θ(x′) of an output (1806.07572). */
  readonly ntk: number;
}

/**
 * Infinite-width kernels of two inputs `[d]`: K⁰ = x·x′/d, then K ← σ_w² E φ(u)φ(v) + σ_b² and
 * Θ ← K + σ_w² Θ E φ′(u)φ′(v) (1711.00165, section 2; 1806.07572, Theorem 1), beginning with K¹ = Θ¹ =
 * σ_w² K⁰ + σ_b².
 *
 * Throws on inputs of different lengths, on variances below 0 and on a number of layers that is not a positive integer.
 */
export function infiniteWidthKernels(
  net: KernelNet,
  x: ArrayLike<number>,
  other: ArrayLike<number>,
): Kernels {
  const { first, second, cross } = innerProducts(x, other);
  const dim = x.length;
  return propagate(net, dualOf(net.activation), {
    first: first / dim,
    second: second / dim,
    cross: cross / dim,
  });
}

/** Kernel matrices of `count` inputs `[count][d]`, both `[count][count]`. Throws as `infiniteWidthKernels` does. */
export function kernelMatrices(
  net: KernelNet,
  inputs: readonly ArrayLike<number>[],
): { nngp: number[][]; ntk: number[][] } {
  const nngp = inputs.map(() => Array<number>(inputs.length).fill(0));
  const ntk = inputs.map(() => Array<number>(inputs.length).fill(0));
  inputs.forEach((x, i) => {
    inputs.slice(0, i + 1).forEach((other, j) => {
      const kernels = infiniteWidthKernels(net, x, other);
      for (const [row, column] of [
        [i, j],
        [j, i],
      ] as const) {
        (nngp[row] as number[])[column] = kernels.nngp;
        (ntk[row] as number[])[column] = kernels.ntk;
      }
    });
  });
  return { nngp, ntk };
}

function propagate(net: KernelNet, dual: Dual, input: Covariance): Kernels {
  checkVariances(net);
  const { layers, weightVariance, biasVariance } = net;
  if (!(Number.isInteger(layers) && layers > 0)) {
    throw new Error(`unknown layers: ${layers} (a positive integer)`);
  }
  const affine = (k: number): number => weightVariance * k + biasVariance;
  let first = affine(input.first);
  let second = affine(input.second);
  let cross = affine(input.cross);
  let ntk = cross;
  for (let layer = 1; layer < layers; layer++) {
    const { value, derivative } = dual({ first, second, cross });
    [first, second, cross] = [
      affine(dual({ first, second: first, cross: first }).value),
      affine(dual({ first: second, second, cross: second }).value),
      affine(value),
    ];
    ntk = cross + weightVariance * ntk * derivative;
  }
  return { nngp: cross, ntk };
}
