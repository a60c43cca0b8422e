import { activationOf } from './activations.ts';
import type { KernelNet, Kernels } from './infinite-width-kernels.ts';
import { innerProducts } from './inner-products.ts';
import { pairExpectation, pairRule } from './quadrature.ts';
import { checkVariances } from './signal-propagation.ts';

/**
 * Width times the variance, over random initializations, of the empirical kernels of a net with one hidden layer at a pair
 * of inputs `[d]`: the sum σ_w²/n Σ φ(u)φ(v) + σ_b² over hidden units, and the NT kernel of the finite net.
 *
 * Both are averages over n independent units, of T = σ_w² φ(u)φ(v) and of T = σ_w² [φ(u)φ(v) + a² κ φ′(u)φ′(v)] with
 * κ = E uv and a ~ N(0, 1) the unit's outgoing weight, plus a constant; so they are unbiased, and Var T / n is exact at
 * every width. With more hidden layers it is not, and there is a bias of order 1/n.
 */
export function oneLayerKernelVariances(
  net: Omit<KernelNet, 'layers'>,
  x: ArrayLike<number>,
  other: ArrayLike<number>,
): Kernels {
  checkVariances(net);
  const { weightVariance, biasVariance } = net;
  const products = innerProducts(x, other);
  const affine = (product: number): number => (weightVariance * product) / x.length + biasVariance;
  const first = affine(products.first);
  const second = affine(products.second);
  const cross = affine(products.cross);
  const { value, derivative } = activationOf(net.activation);
  const [a, b] = [Math.sqrt(first), Math.sqrt(second)];
  const correlation = first > 0 && second > 0 ? cross / (a * b) : 0;
  const rule = pairRule(Math.min(1, Math.max(-1, correlation)));
  const moment = (f: (product: number, slopes: number) => number): number =>
    pairExpectation(
      (u, v) => f(value(a * u) * value(b * v), cross * derivative(a * u) * derivative(b * v)),
      rule,
    );
  const [product, slopes] = [moment((p) => p), moment((_, s) => s)];
  const square = moment((p) => p * p);
  return {
    nngp: weightVariance ** 2 * (square - product ** 2),
    // E a² = 1 and E a⁴ = 3.
    ntk:
      weightVariance ** 2 *
      (square + moment((p, s) => 2 * p * s + 3 * s * s) - (product + slopes) ** 2),
  };
}
