import type { Axis } from './chart.ts';
import { ticksOf } from './ticks.ts';
import type { Kind, Warp } from './warp.ts';

/** A position scale with its axis, as vega-lite wants them. */
export interface Position {
  readonly scale: Readonly<Record<string, unknown>>;
  readonly axis: Readonly<Record<string, unknown>>;
  readonly domain: readonly [number, number];
}

/** The values as one range, widened by a share of its span below and above, as the scale draws it. */
export function paddedDomain(
  values: readonly number[],
  { kind, to, from, positive }: Warp,
  { below = 0.04, above = 0.04 }: { readonly below?: number; readonly above?: number } = {},
): readonly [number, number] {
  for (const value of values) {
    if (!Number.isFinite(value) || (positive && value <= 0)) {
      throw new Error(
        `unusable value: ${value} on a ${kind} axis (a finite${positive ? ', positive' : ''} number)`,
      );
    }
  }
  if (values.length === 0) return positive ? [1, 2] : [0, 1];
  const ends = values.map(to);
  let [low, high] = [Math.min(...ends), Math.max(...ends)];
  if (high - low < 1e-12) [low, high] = [low - 0.5, high + 0.5];
  const span = high - low;
  return [from(low - below * span), from(high + above * span)];
}

/** `title (unit)`. */
export function axisTitle({ title, unit }: Pick<Axis, 'title' | 'unit'>): string {
  return unit === undefined ? title : `${title} (${unit})`;
}

function typeOf(kind: Kind, constant: number): Readonly<Record<string, unknown>> {
  switch (kind) {
    case 'linear':
      return { type: 'linear', zero: false };
    case 'log2':
      return { type: 'log', base: 2 };
    case 'log10':
      return { type: 'log', base: 10 };
    case 'symlog':
      return { type: 'symlog', constant };
  }
}

/** Scale and axis over a domain, with labels that read well: powers of two for widths and rates. */
export function position(
  axis: Axis,
  {
    kind,
    domain,
    most,
    titled = true,
  }: {
    readonly kind: Kind;
    readonly domain: readonly [number, number];
    /** At most about so many ticks. */
    readonly most: number;
    readonly titled?: boolean;
  },
): Position {
  const { constant = 1 } = axis;
  const marks = ticksOf(kind, domain, { most, constant });
  const labels = Object.fromEntries(marks.map(([value, label]) => [String(value), label]));
  return {
    domain,
    scale: { ...typeOf(kind, constant), domain, nice: false },
    axis: {
      title: titled ? axisTitle(axis) : null,
      values: marks.map(([value]) => value),
      labelExpr: `${JSON.stringify(labels)}[datum.value]`,
    },
  };
}
