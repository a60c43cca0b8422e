import { fewestSteps, VALLEY } from './crossing.ts';

/** A learning rate and the steps it took; null where it did not arrive. */
export interface Tried {
  readonly rate: number;
  readonly steps: number | null;
}

/** Tries rates; what is not there after `limit` steps may count as not arrived. */
export type Try<T extends Tried> = (
  rates: readonly number[],
  limit: number,
) => Promise<readonly T[]>;

/** How much longer than the best rate others are followed. */
export const PATIENCE = 1.7;
/** Rates added, at most: beyond an edge, and between the best rate and a neighbour. */
const EXTENSIONS = 6;
const HALVINGS = 4;

/** Tries rates, and goes on beyond the end on which the best stands; in order of the rates. */
export async function interior<T extends Tried>(
  first: readonly number[],
  tryRates: Try<T>,
  limit: number,
): Promise<readonly T[]> {
  let tried = sorted(await tryRates(first, limit));
  for (let i = 0; i < EXTENSIONS; i++) {
    const found = fewestSteps(tried);
    if (found && !found.edge) break;
    const rates = tried.map(({ rate }) => rate);
    const [low, next] = rates as [number, number];
    const [before, high] = rates.slice(-2) as [number, number];
    // Where none arrived they are taken to be too large. The rate found is one of those tried but for rounding.
    const upwards = found !== null && found.rate > Math.sqrt(low * next);
    const more = upwards ? high ** 2 / before : low ** 2 / next;
    tried = sorted([...tried, ...(await tryRates([more], patient(found?.steps, limit)))]);
  }
  return tried;
}

/** Halves the gap to a neighbour of the best rate that takes much longer: near a cliff there is no parabola. */
export async function narrowed<T extends Tried>(
  first: readonly T[],
  tryRates: Try<T>,
  limit: number,
): Promise<readonly T[]> {
  let tried = first;
  for (let i = 0; i < HALVINGS; i++) {
    const times = tried.map(({ steps }) => steps ?? Infinity);
    const best = times.indexOf(Math.min(...times));
    const [slow] = [best + 1, best - 1]
      .filter((j) => (times[j] ?? 0) > VALLEY * (times[best] as number))
      .sort((j, k) => ((times[j] as number) < (times[k] as number) ? 1 : -1));
    const [here, there] = [tried[best], tried[slow ?? -1]];
    if (!here || !there) break;
    const between = Math.sqrt(here.rate * there.rate);
    tried = sorted([...tried, ...(await tryRates([between], patient(times[best], limit)))]);
  }
  return tried;
}

const patient = (steps: number | undefined, limit: number): number =>
  Math.min(limit, PATIENCE * (steps ?? limit));

const sorted = <T extends Tried>(tried: readonly T[]): readonly T[] =>
  [...tried].sort((a, b) => a.rate - b.rate);
