import { formatNumber, powerLabel } from '../format/number.ts';
import type { Kind } from './warp.ts';

/** A tick's value and its label. */
export type Tick = readonly [value: number, label: string];

/** Steps of 1, 2 or 5 times a power of ten inside a range. */
function linearTicks(low: number, high: number, most: number): readonly Tick[] {
  const raw = (high - low) / most;
  const power = 10 ** Math.floor(Math.log10(raw));
  const step = power * ([1, 2, 5, 10].find((m) => m * power >= raw) ?? 10);
  const first = Math.ceil(low / step - 1e-9);
  const count = Math.floor(high / step + 1e-9) - first + 1;
  return Array.from({ length: Math.max(0, count) }, (_, i) => {
    const value = Number(((first + i) * step).toPrecision(12));
    return [value, formatNumber(value, 6)];
  });
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

/** Zero, and powers of ten outwards on both its sides, none so near to zero that their labels would meet. */
function symlogTicks(low: number, high: number, most: number, constant: number): readonly Tick[] {
  const bent = (size: number): number => Math.log1p(size / constant);
  const first = Math.ceil(Math.log10(constant) - 1e-9);
  const last = Math.floor(Math.log10(Math.max(Math.abs(low), Math.abs(high))) + 1e-9);
  if (last <= first) return linearTicks(low, high, most);
  const near = (bent(Math.max(0, high)) + bent(Math.max(0, -low))) / (2.5 * most);
  const exponents = Array.from({ length: last - first + 1 }, (_, i) => last - i).filter(
    (exponent) => bent(10 ** exponent) > near,
  );
  const inside = (value: number): boolean => value >= low && value <= high;
  const sizes = exponents.map((exponent) => Number(`1e${exponent}`));
  const drawn = [...sizes, ...sizes.map((size) => -size)].filter(inside).length;
  const step = Math.max(1, Math.ceil(drawn / Math.max(1, most - 1)));
  const kept = sizes.filter((_, i) => i % step === 0);
  return [...kept.map((size) => -size), 0, ...[...kept].reverse()]
    .filter(inside)
    .map((value) => [value, formatNumber(value)]);
}

/** First digits of ticks over decades, coarse to fine. */
const DIGITS = [[1], [1, 3], [1, 2, 5], [1, 2, 3, 5, 7]] as const;

/** Ticks of a scale over a range, at most about so many; on logarithmic scales whole powers, or round numbers where the range is short. */
export function ticksOf(
  kind: Kind,
  [low, high]: readonly [number, number],
  { most, constant = 1 }: { readonly most: number; readonly constant?: number },
): readonly Tick[] {
  if (kind === 'linear') return linearTicks(low, high, most);
  if (kind === 'symlog') return symlogTicks(low, high, most, constant);
  if (kind === 'log2' && high / low >= 4) {
    const exponents = powerTicks(2, low, high, most);
    const whole = exponents.every((exponent) => exponent >= 0 && exponent <= 14);
    return exponents.map((e) => [2 ** e, whole ? String(2 ** e) : powerLabel(2, e)]);
  }
  const decades = Math.log10(high / low);
  if (decades < 0.8) return linearTicks(low, high, most);
  if (decades > 3)
    return powerTicks(10, low, high, most).map((e) => [10 ** e, formatNumber(10 ** e)]);
  const coarsest = decades > 2.2 ? 0 : decades > 1.3 ? 1 : 2;
  const first = Math.floor(Math.log10(low));
  const found = DIGITS.slice(coarsest).map((digits) =>
    Array.from({ length: Math.ceil(decades) + 2 }, (_, i) => first + i)
      .flatMap((exponent) => digits.map((digit) => Number(`${digit}e${exponent}`)))
      .filter((value) => value >= low * (1 - 1e-9) && value <= high * (1 + 1e-9)),
  );
  // Two numbers hardly make an axis.
  const values = found.find((each) => each.length > 2) ?? found.at(-1) ?? [];
  return values.map((value) => [value, formatNumber(value, 6)]);
}
