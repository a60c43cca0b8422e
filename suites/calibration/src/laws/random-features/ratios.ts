import type { RandomFeatureErrors } from '@hyperlaw/theory';
import { mean } from '@hyperlaw/theory';
import type { Errors } from './errors.ts';

type Kind = keyof RandomFeatureErrors;

/** Measured over expected, a mean over ridges, `[draw, size]`. */
export function sizeRatios(
  { test, train, expected }: Errors,
  kind: Kind,
): readonly (readonly number[])[] {
  return { test, train }[kind].map((draw) =>
    draw.map((ofSize, s) =>
      mean(ofSize.map((error, r) => error / (expected[s]?.[r]?.[kind] as number))),
    ),
  );
}

/** Measured over expected, a mean over sizes and ridges, for every draw. */
export const ratios = (errors: Errors, kind: Kind): readonly number[] =>
  sizeRatios(errors, kind).map(mean);

/** 1/min(n, k) of every size: the order of what a deterministic equivalent leaves out. */
export const smallness = ({ cell }: Errors): readonly number[] =>
  cell.input.sizes.map(([n, k]) => 1 / Math.min(n, k));

/** Where a line of the ratios in 1/min(n, k) meets infinite sizes, for every draw. */
export function atInfiniteSize(errors: Errors, kind: Kind): readonly number[] {
  const xs = smallness(errors);
  const centre = mean(xs);
  const spread = mean(xs.map((x) => (x - centre) ** 2));
  return sizeRatios(errors, kind).map((ys) => {
    const slope = mean(ys.map((y, i) => y * ((xs[i] as number) - centre))) / spread;
    return mean(ys) - slope * centre;
  });
}
