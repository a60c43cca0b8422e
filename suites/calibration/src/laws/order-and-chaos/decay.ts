import { mean } from '@hyperlaw/theory';

/** Differences of correlations that die out with depth, `[net][layer]`, at one weight variance. */
export type Differences = readonly (readonly number[])[];

/** The mean over the chosen nets, by layer. */
function meanOver(differences: Differences, nets: readonly number[]): readonly number[] {
  const depth = differences[0]?.length ?? 0;
  return Array.from({ length: depth }, (_, layer) =>
    mean(nets.map((net) => differences[net]?.[layer] as number)),
  );
}

/**
 * The rate of decay where a net multiplies the difference by a random factor a layer, as where inputs become alike: the
 * whole fall of the logarithm of the mean, over the layers.
 */
export function multipliedRate(differences: Differences, nets: readonly number[]): number {
  const means = meanOver(differences, nets);
  return Math.log((means[0] as number) / (means.at(-1) as number)) / (means.length - 1);
}

/** The share of the first layer's difference below which noise counts for more than signal. */
const LEAST = 0.1;

/**
 * The rate of decay where a net adds noise of one size to the difference in every layer, which then decays as the
 * difference does: least squares of each layer's mean on the one before, down to a tenth of the first layer's.
 */
export function addedRate(differences: Differences, nets: readonly number[]): number {
  const means = meanOver(differences, nets);
  let [products, squares] = [0, 0];
  for (let layer = 0; layer + 1 < means.length; layer++) {
    const [here, next] = [means[layer] as number, means[layer + 1] as number];
    if (!(here > LEAST * (means[0] as number))) break;
    products += here * next;
    squares += here * here;
  }
  return -Math.log(products / squares);
}
