import { type Estimate, slopeTrend } from '@hyperlaw/report';
import { mean } from '@hyperlaw/theory';
import { NotMeasured } from '../../law.ts';
import { isLazy, isRich } from './found.ts';

export type Regime = 'lazy' | 'rich';

export const regimes = ['lazy', 'rich'] as const;

export const inRegime = { lazy: isLazy, rich: isRich };

export const regimeText = { lazy: 'γ ≤ 0.1', rich: 'γ ≥ 30' };

/** Values of one richness, `[seed]`; null where one was not reached. */
export interface AtRichness {
  readonly richness: number;
  readonly log2: readonly (number | null)[];
}

/** The slope of log2 values over log2 γ, with an interval over seeds. Throws `NotMeasured` where a value is missing. */
export function slopeOver(rows: readonly AtRichness[]): Estimate {
  const known = rows.map(({ richness, log2 }) =>
    log2.map((value) => {
      if (value !== null) return value;
      throw new NotMeasured(`at γ = ${richness} a value beyond its range, or a run that diverged`);
    }),
  );
  if (rows.length < 2) throw new NotMeasured('fewer than two values of γ');
  return slopeTrend(
    rows.map(({ richness }) => Math.log2(richness)),
    (known[0] ?? []).map((_, s) => known.map((log2) => log2[s] as number)),
  );
}

/** The slope that a theory's curve has over the same values of γ, by the same fit. */
export function slopeOf(values: readonly number[], curve: (richness: number) => number): number {
  const rows = values.map((richness) => {
    const log2 = Math.log2(curve(richness));
    return { richness, log2: [log2, log2] };
  });
  return slopeOver(rows).estimate;
}

/**
 * An interval that also holds what a grid rounds off: values known to within a step of it, one evenly distributed error a
 * value of γ, which seeds may share.
 */
export function beyondGrid(measured: Estimate, { step, spread }: GridError): Estimate {
  const { estimate, interval } = measured;
  const rounded = (1.96 * step) / Math.sqrt(12) / spread;
  const [low, high] = interval;
  return {
    ...measured,
    interval: [
      estimate - Math.hypot(estimate - low, rounded),
      estimate + Math.hypot(high - estimate, rounded),
    ],
  };
}

interface GridError {
  /** Distance of neighbouring grid values. */
  readonly step: number;
  /** What errors are divided by: √Σ(x − x̄)² for a slope, √count for a mean. */
  readonly spread: number;
}

/** √Σ(x − x̄)² of log2 γ. */
export function spreadOf(values: readonly number[]): number {
  const x = values.map(Math.log2);
  const centre = mean(x);
  return Math.hypot(...x.map((each) => each - centre));
}
