import { permutation } from './permutation.ts';

/**
 * Endless passes over 0 … size − 1, each pass in a random order of its own: item `step × batch + b` of
 * the order, for b < `out.length`. A pure function of the address and the item's number.
 */
export function epochOrder(
  size: number,
  address: readonly (string | number)[],
): (step: number, batch: number, out: Int32Array) => void {
  let epoch = -1;
  let order = (index: number): number => index;
  return (step, batch, out) => {
    if (out.length !== batch) {
      throw new Error(`batch does not fit: ${out.length} places (${batch})`);
    }
    for (let b = 0; b < batch; b++) {
      const item = step * batch + b;
      const wanted = Math.floor(item / size);
      if (wanted !== epoch) {
        order = permutation(size, [...address, wanted]);
        epoch = wanted;
      }
      out[b] = order(item - wanted * size);
    }
  };
}
