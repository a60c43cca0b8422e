import type { LogSlope } from './log-slope.ts';
import { logSlope } from './log-slope.ts';

/** One layer's values on one probe batch before training and after `step` steps, at one width. */
export interface CoordinateRecord {
  readonly width: number;
  readonly layer: string;
  readonly step: number;
  readonly before: Float32Array;
  readonly after: Float32Array;
}

/** How the change of a layer's coordinates scales with width. */
export interface CoordinateTrend extends LogSlope {
  readonly layer: string;
  readonly step: number;
  readonly points: readonly { readonly width: number; readonly change: number }[];
}

/**
 * The coordinate check of 2203.03466, Section D.1: per layer and step, the root mean square change `|Δh|` of its
 * coordinates against width, and the slope on logarithmic axes. Where every layer learns at every width the slope
 * tends to 0; above 0 the layer blows up with width, below 0 it freezes. Records of the same width, from several
 * seeds, all enter the fit.
 */
export function coordinateCheck(records: readonly CoordinateRecord[]): readonly CoordinateTrend[] {
  const groups = new Map<string, CoordinateRecord[]>();
  for (const record of records) {
    const key = JSON.stringify([record.layer, record.step]);
    groups.set(key, [...(groups.get(key) ?? []), record]);
  }
  return [...groups.values()].map((group) => {
    const { layer, step } = group[0] as CoordinateRecord;
    const points = group.map(({ width, before, after }) => ({
      width,
      change: rootMeanSquareChange(before, after),
    }));
    const fit = logSlope(
      points.map(({ width }) => width),
      points.map(({ change }) => change),
    );
    return { layer, step, points, ...fit };
  });
}

/** Root mean square of `after − before` over all coordinates. */
export function rootMeanSquareChange(before: Float32Array, after: Float32Array): number {
  let total = 0;
  for (let i = 0; i < before.length; i++) total += ((after[i] ?? 0) - (before[i] ?? 0)) ** 2;
  return Math.sqrt(total / before.length);
}
