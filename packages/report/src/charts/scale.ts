import { formatNumber, powerLabel } from '../format/number.ts';
import type { Axis } from './chart.ts';

type Kind = NonNullable<Axis['scale']>;

/** A position scale with its axis, as vega-lite wants them. */
export interface Position {
  readonly scale: Readonly<Record<string, unknown>>;
  readonly axis: Readonly<Record<string, unknown>>;
  readonly domain: readonly [number, number];
}

/** Steps of 1, 2 or 5 times a power of ten inside a range. */
function linearTicks(low: number, high: number, most: number): number[] {
  const raw = (high - low) / most;
  const power = 10 ** Math.floor(Math.log10(raw));
  const step = power * ([1, 2, 5, 10].find((m) => m * power >= raw) ?? 10);
  const first = Math.ceil(low / step - 1e-9);
  const count = Math.floor(high / step + 1e-9) - first + 1;
  return Array.from({ length: Math.max(0, count) }, (_, i) =>
    Number(((first + i) * step).toPrecision(12)),
  );
}

/** Whole powers of a base inside a range, thinned evenly to at most so many. */
function powerTicks(base: number, low: number, high: number, most: number): number[] {
  const log = (value: number): number => Math.log(value) / Math.log(base);
  const first = Math.ceil(log(low) - 1e-9);
  const last = Math.floor(log(high) + 1e-9);
  const step = Math.max(1, Math.ceil((last - first + 1) / most));
  return Array.from({ length: last - first + 1 }, (_, i) => first + i).filter(
    (exponent) => exponent % step === 0,
  );
}

/** Ticks and their labels; on a logarithmic scale whole powers, or round numbers where the range is short. */
function ticks(kind: Kind, low: number, high: number, most: number): [number, string][] {
  if (kind === 'linear') return linearTicks(low, high, most).map((v) => [v, formatNumber(v, 6)]);
  if (kind === 'log2' && high / low >= 4) {
    const exponents = powerTicks(2, low, high, most);
    const whole = exponents.every((exponent) => exponent >= 0 && exponent <= 14);
    return exponents.map((e) => [2 ** e, whole ? String(2 ** e) : powerLabel(2, e)]);
  }
  const decades = Math.log10(high / low);
  if (decades < 0.8) return linearTicks(low, high, most).map((v) => [v, formatNumber(v, 6)]);
  if (decades > 3)
    return powerTicks(10, low, high, most).map((e) => [10 ** e, formatNumber(10 ** e)]);
  const digits = decades > 2.2 ? [1] : decades > 1.3 ? [1, 3] : [1, 2, 5];
  const first = Math.floor(Math.log10(low));
  return Array.from({ length: Math.ceil(decades) + 2 }, (_, i) => first + i)
    .flatMap((exponent) => digits.map((digit) => Number(`${digit}e${exponent}`)))
    .filter((value) => value >= low * (1 - 1e-9) && value <= high * (1 + 1e-9))
    .map((value) => [value, formatNumber(value, 6)]);
}

/** The values as one range, widened by a share of its span below and above (of its logarithm, on log scales). */
export function paddedDomain(
  values: readonly number[],
  kind: Kind,
  { below = 0.04, above = 0.04 }: { readonly below?: number; readonly above?: number } = {},
): readonly [number, number] {
  for (const value of values) {
    if (!Number.isFinite(value) || (kind !== 'linear' && value <= 0)) {
      throw new Error(
        `unusable value: ${value} on a ${kind} axis (a finite${kind === 'linear' ? '' : ', positive'} number)`,
      );
    }
  }
  if (values.length === 0) return kind === 'linear' ? [0, 1] : [1, 2];
  const [to, from] =
    kind === 'linear' ? [(v: number) => v, (v: number) => v] : [Math.log, Math.exp];
  const ends = values.map(to);
  let [low, high] = [Math.min(...ends), Math.max(...ends)];
  if (high - low < 1e-12) [low, high] = [low - 0.5, high + 0.5];
  const span = high - low;
  return [from(low - below * span), from(high + above * span)];
}

/** `title (unit)`. */
export function axisTitle({ title, unit }: Axis): string {
  return unit === undefined ? title : `${title} (${unit})`;
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
  const marks = ticks(kind, domain[0], domain[1], most);
  const labels = Object.fromEntries(marks.map(([value, label]) => [String(value), label]));
  return {
    domain,
    scale: {
      type: kind === 'linear' ? 'linear' : 'log',
      ...(kind === 'linear' ? { zero: false } : { base: kind === 'log2' ? 2 : 10 }),
      domain,
      nice: false,
    },
    axis: {
      title: titled ? axisTitle(axis) : null,
      values: marks.map(([value]) => value),
      labelExpr: `${JSON.stringify(labels)}[datum.value]`,
    },
  };
}
