import type { Evidence } from '@hyperlaw/cli';
import { constantLoss, type Task } from '@hyperlaw/tasks';
import { phenomenaScale, planeOf, type Rates, rateExponents } from './phenomena-plan.ts';
import type { Phenomenon } from './phenomenon-nets.ts';
import {
  basin,
  bestLoss,
  bestRateAt,
  type PlaneReading,
  readPlane,
  tunedAt,
} from './plane-readings.ts';
import { meanOf, minus, type SeedValues } from './seed-values.ts';
import { slope } from './slope.ts';

/** A plane as it is read; null where it could not be made. */
export function readingOf(
  evidence: Evidence,
  task: Task,
  phenomenon: Phenomenon,
  rates: Rates = 'one',
): PlaneReading | null {
  const plane = planeOf(evidence, task, phenomenon, rates);
  const { scales } = phenomenaScale(evidence.profile);
  return (
    plane &&
    readPlane(plane, {
      ...{ ceiling: constantLoss(task), rates: rateExponents(evidence.profile, rates), scales },
    })
  );
}

/** What the loss rises by where weights start four times too small or too large and the rate is tuned again, in log2. */
export function misscaled(
  reading: PlaneReading | null,
  side: 'small' | 'large' | 'both',
): SeedValues {
  if (reading === null) return null;
  const { scales } = reading;
  const at = (scale: number) => tunedAt(reading, scales.indexOf(scale));
  const [small, large] = [minus(at(1 / 4), at(1)), minus(at(4), at(1))];
  return side === 'small' ? small : side === 'large' ? large : meanOf([small, large]);
}

/** Slope by seed of the log2 best rate over the log2 init scale. */
export function rateSlope(reading: PlaneReading | null): SeedValues {
  if (reading === null) return null;
  const rows = reading.scales.map((_, s) => bestRateAt(reading, s));
  return (rows[0] ?? []).map((_, seed) =>
    slope(
      reading.scales.map(Math.log2),
      rows.map((row) => row[seed] as number),
    ),
  );
}

/** Basins of some nets at some scales (by index), measured by one yardstick: the best loss of the worst of them. */
export function basinsOf(
  readings: readonly (PlaneReading | null)[],
  of: (reading: PlaneReading) => readonly number[],
): readonly SeedValues[] {
  const known = readings.filter((reading) => reading !== null);
  const reference = Math.max(...known.map(bestLoss));
  return readings.map((reading) => reading && basin(reading, { reference, scales: of(reading) }));
}

/** The scales that basins are measured over. */
export const usualScale = ({ scales }: PlaneReading): readonly number[] => [scales.indexOf(1)];
export const everyScale = ({ scales }: PlaneReading): readonly number[] => scales.map((_, s) => s);
