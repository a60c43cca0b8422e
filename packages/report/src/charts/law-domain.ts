import type { Row } from './chart.ts';
import { paddedDomain } from './scale.ts';
import type { TheoryLine } from './theory.ts';
import type { Warp } from './warp.ts';

/**
 * The vertical range of a panel of a law: its measurements and rules whole, lines of theory as far as half their span
 * beyond them and bands as far as twice (all of both where less than two heights were measured), and room above for the crosses of diverged runs.
 */
export function lawDomain({
  given,
  measured,
  theory,
  rules,
  warp,
  strip,
}: {
  readonly given: readonly [number, number] | undefined;
  readonly measured: readonly Row[];
  readonly theory: readonly TheoryLine[];
  readonly rules: readonly number[];
  readonly warp: Warp;
  /** Room for crosses, as a share of the rest. */
  readonly strip: number;
}): readonly [number, number] {
  const padded = (): readonly [number, number] => {
    const number = (value: unknown): value is number => typeof value === 'number';
    const placed = (value: number): boolean => !warp.positive || value > 0;
    const values = [
      ...measured.map((row) => Number(row.y)),
      ...measured.flatMap((row) => [row.low, row.high].filter(number)).filter(placed),
      ...rules,
    ];
    const bent = values.filter(placed).map(warp.to);
    const [low, high] = [Math.min(...bent), Math.max(...bent)];
    const span = high - low > 1e-9 ? high - low : Infinity;
    const near = (heights: readonly (number | null)[], reach: number): readonly number[] =>
      heights
        .filter(number)
        .filter(placed)
        .map((height) => {
          const kept = Math.min(high + reach, Math.max(low - reach, warp.to(height)));
          return Number.isFinite(kept) ? warp.from(kept) : height;
        });
    const lines = theory.flatMap(({ points }) => points.map(([, y]) => y));
    const bands = theory.flatMap(({ band }) => (band?.points ?? []).flatMap(([, ...ends]) => ends));
    return paddedDomain([...values, ...near(lines, 0.5 * span), ...near(bands, 2 * span)], warp, {
      below: 0.07,
      above: 0.07,
    });
  };
  return strip > 0
    ? paddedDomain(given ?? padded(), warp, { below: 0, above: strip })
    : (given ?? padded());
}
