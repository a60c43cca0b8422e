import { shown } from './check.ts';

/**
 * A product of Hermite polynomials of hidden coordinates: entry `i` is the degree in coordinate `i`.
 * `[1, 1]` is z₁z₂, `[0, 2]` is (z₂² − 1)/√2.
 */
export type HermiteTerm = readonly number[];

/**
 * The orthonormal (probabilists') Hermite polynomial of degree n at z, by the recurrence
 * √(n+1) h_{n+1} = z h_n − √n h_{n−1}: E h_m(z) h_n(z) = δ_{mn} for z ~ N(0, 1).
 */
export function hermite(n: number, z: number): number {
  let before = 0;
  let value = 1;
  for (let k = 0; k < n; k++) {
    const next = (z * value - Math.sqrt(k) * before) / Math.sqrt(k + 1);
    before = value;
    value = next;
  }
  return value;
}

/**
 * The terms of a staircase: term k is the product of the first k × leap hidden coordinates, so that
 * each step up brings `leap` new ones.
 */
export function staircase({ leap, steps }: { leap: number; steps: number }): HermiteTerm[] {
  return Array.from({ length: steps }, (_, k) => Array<number>((k + 1) * leap).fill(1));
}

/**
 * The leap of a sum of terms (Abbe, Boix-Adserà and Misiakiewicz, 2302.11055, definition 1): over the
 * best order of the terms, the largest degree that a term has in coordinates not met before.
 */
export function leapOf(terms: readonly HermiteTerm[]): number {
  const met = new Set<number>();
  const left = new Set(terms);
  let leap = 0;
  const fresh = (term: HermiteTerm): number =>
    term.reduce((sum, degree, i) => sum + (met.has(i) ? 0 : degree), 0);
  while (left.size > 0) {
    // The cheapest term first is best: it can only make the others cheaper.
    const next = [...left].reduce((a, b) => (fresh(b) < fresh(a) ? b : a));
    leap = Math.max(leap, fresh(next));
    left.delete(next);
    for (const [i, degree] of next.entries()) if (degree > 0) met.add(i);
  }
  return leap;
}

/** How many hidden coordinates the terms speak of. */
export const coordinatesOf = (terms: readonly HermiteTerm[]): number =>
  Math.max(...terms.map((term) => term.length));

/**
 * Checks a list of terms: 1 to 64 of them, none constant, none twice, degrees 0 to 8 in at most 64
 * coordinates. Throws one line that shows the offending term.
 */
export function checkTerms(name: string, value: unknown): void {
  const accepted = 'lists of Hermite degrees from 0 to 8, none all zero, none twice';
  if (!Array.isArray(value) || value.length < 1 || value.length > 64) {
    throw new Error(`unknown ${name}: ${shown(value)} (1 to 64 ${accepted})`);
  }
  const seen = new Set<string>();
  for (const term of value as unknown[]) {
    const degrees: unknown[] = Array.isArray(term) ? term : [];
    const key = JSON.stringify(degrees).replace(/(,0)+\]$/, ']');
    const fits =
      degrees.length <= 64 &&
      degrees.every((d) => typeof d === 'number' && Number.isInteger(d) && d >= 0 && d <= 8) &&
      degrees.some((d) => d !== 0) &&
      !seen.has(key);
    if (!fits) throw new Error(`unknown ${name}: ${shown(term)} (${accepted})`);
    seen.add(key);
  }
}
