import { bootstrapInterval, type Claim, formatNumber, meanInterval } from '@hyperlaw/report';
import { mean } from '@hyperlaw/theory';
import { agreement } from '../../agreement.ts';
import { valley } from './allocation.ts';
import type { Errors } from './errors.ts';
import { OCTAVES } from './plan.ts';
import { ratios, smallness } from './ratios.ts';

/** Octaves on either side of the theory's best that the parabola goes through. */
const REACH = 2;

/** The valley over the ridge of the errors of one size, `[ridge]`, its place in octaves from the theory's best. */
const ridgeValley = (errors: readonly number[]) =>
  valley(
    OCTAVES.flatMap((octaves, r) =>
      Math.abs(octaves) <= REACH ? [[octaves, errors[r] as number] as const] : [],
    ),
  );

/** Whether errors are as they should be over the ridge, and least where they should be. */
export function ridgeClaims(cells: readonly Errors[]): readonly Claim[] {
  const draws = cells[0]?.test.length ?? 0;
  const last = OCTAVES.at(-1) as number;
  return [
    ...cells.map(bestRidgeClaim),
    agreement({
      name: `Test error over the eigenframework’s, ridges from 1/${2 ** last} to ${2 ** last} times the best`,
      predicted: 1,
      measured: meanInterval(cells.flatMap((cell) => ratios(cell, 'test'))),
      // What a deterministic equivalent leaves out.
      tolerance: mean(cells.flatMap(smallness)),
      test: `mean over sizes and ${OCTAVES.length} ridges, t interval over ${draws} draws of ${cells.length} spectra`,
    }),
  ];
}

function bestRidgeClaim({ cell, expected, test }: Errors): Claim {
  const { sizes } = cell.input;
  const exact = expected.map((ofSize) => ridgeValley(ofSize.map((errors) => errors.test)));
  /** Of the mean error over draws, less the theory's own by the same parabola: a mean over sizes. */
  const off = (some: Errors['test']): number =>
    mean(
      sizes.map((_, s) => {
        const means = OCTAVES.map((_, r) => mean(some.map((draw) => draw[s]?.[r] as number)));
        return ridgeValley(means).at - (exact[s]?.at as number);
      }),
    );
  return agreement({
    name: `Ridge of least test error over theory’s best: ${cell.title}`,
    predicted: 0,
    formula: `0, of $\\delta$ where $\\partial E/\\partial\\delta = 0$`,
    measured: bootstrapInterval(test, off, { seed: 85, resamples: 400 }),
    // Terms of order 1/min(n, k) may change by as much as themselves with ln δ: that tilt moves a valley by so much.
    tolerance: mean(
      sizes.map(([n, k], s) => Math.LN2 / Math.min(n, k) / (exact[s]?.curvature as number)),
    ),
    unit: 'log₂',
    test: `parabola of ln error through ${2 * REACH + 1} ridges, mean over ${sizes.length} sizes, BCa bootstrap over ${test.length} draws`,
    note: `Curvature of ln error ${formatNumber(mean(exact.map(({ curvature }) => curvature)))} per squared octave.`,
  });
}
