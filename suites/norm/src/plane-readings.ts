import { countedLoss } from '@hyperlaw/report';
import { mean } from './mean.ts';
import type { Plane } from './plane.ts';

/** A plane read for a task: its losses capped at the ceiling, a diverged run as having learnt nothing. */
export interface PlaneReading {
  readonly ceiling: number;
  /** `[scale][rate][seed]`. */
  readonly losses: readonly (readonly (readonly number[])[])[];
  /** Exponents of two of the rates. */
  readonly rates: readonly number[];
  readonly scales: readonly number[];
}

/** A plane as it is read, its losses capped: see `PlaneReading`. */
export function readPlane(
  { losses }: Plane,
  { ceiling, rates, scales }: Omit<PlaneReading, 'losses'>,
): PlaneReading {
  const counted = (loss: number | null) => countedLoss(loss, ceiling);
  return {
    ...{ ceiling, rates, scales },
    losses: losses.map((scale) => scale.map((rate) => rate.map(counted))),
  };
}

const seedsOf = ({ losses }: PlaneReading): readonly number[] =>
  (losses[0]?.[0] ?? []).map((_, seed) => seed);

const leastAt = (values: readonly number[]): number => values.indexOf(Math.min(...values));

/**
 * log2 of the tuned loss at a scale, by seed: at the rate that is best for the other seeds, so that no seed judges its
 * own choice.
 */
export function tunedAt(reading: PlaneReading, scale: number): readonly number[] {
  const row = reading.losses[scale] ?? [];
  return seedsOf(reading).map((seed) => {
    const others = row.map((rate) =>
      mean(rate.filter((_, other) => other !== seed).map(Math.log2)),
    );
    return Math.log2(row[leastAt(others)]?.[seed] as number);
  });
}

/**
 * log2 of the best rate at a scale, by seed: the vertex of the parabola through the least loss and its neighbours; the
 * edge itself where it stands there.
 */
export function bestRateAt(reading: PlaneReading, scale: number): readonly number[] {
  const row = reading.losses[scale] ?? [];
  return seedsOf(reading).map((seed) => {
    const y = row.map((rate) => Math.log2(rate[seed] as number));
    const at = leastAt(y);
    const [left, middle, right] = [y[at - 1], y[at] as number, y[at + 1]];
    if (left === undefined || right === undefined) return reading.rates[at] as number;
    const bend = left - 2 * middle + right;
    const shift = bend > 0 ? (left - right) / (2 * bend) : 0;
    return (reading.rates[at] as number) + shift;
  });
}

/** The loss of the best point of the plane, mean over seeds. */
export function bestLoss({ losses }: PlaneReading): number {
  return Math.min(...losses.flat().map(mean));
}

/** Share of what can be gained over a constant prediction that a rate must bring to lie in the basin. */
const BASIN_SHARE = 0.9;

/**
 * Width of the basin in doublings of the rate, by seed, mean over some of the scales: at how many rates the net gains at
 * least a share of what the reference loss gains over the ceiling.
 */
export function basin(
  reading: PlaneReading,
  { reference, scales }: { readonly reference: number; readonly scales: readonly number[] },
): readonly number[] {
  const { ceiling, losses } = reading;
  const most = ceiling - BASIN_SHARE * (ceiling - reference);
  return seedsOf(reading).map((seed) =>
    mean(
      scales.map((s) => (losses[s] ?? []).filter((rate) => (rate[seed] as number) <= most).length),
    ),
  );
}
