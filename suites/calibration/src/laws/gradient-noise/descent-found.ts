import type { Evidence } from '@hyperlaw/cli';
import { type Claim, type Figure, lawChart, meanInterval } from '@hyperlaw/report';
import { expectedLossCurve, mean } from '@hyperlaw/theory';
import { agreement } from '../../agreement.ts';
import { resultOf } from '../../law.ts';
import type { LinearDescentInput, LinearDescentResult } from './linear-descent.ts';
import { initialSquaredErrors, problem, stepOf } from './linear-regression.ts';
import { descentCells } from './plan.ts';
import type { Sizes } from './sizes.ts';

/** Losses of one batch size beside their expectation. */
interface Descent {
  readonly input: LinearDescentInput;
  /** `[group, checkpoint]`. */
  readonly losses: readonly (readonly number[])[];
  /** By the exact recursion, after every step from 0. */
  readonly expected: Float64Array;
}

export function readDescents(evidence: Evidence, sizes: Sizes): readonly Descent[] {
  return descentCells(sizes).map(({ name, input }) => {
    const [losses = []] = resultOf<LinearDescentResult>(evidence, name).losses;
    return {
      input,
      // Rates are a quarter of the stable ones: what diverges all the same counts as far off, and is drawn.
      losses: losses.map((group) => group.map((loss) => loss ?? Number.MAX_VALUE)),
      expected: expectedLossCurve(problem, {
        ...stepOf(input.batch),
        initialSquaredErrors,
        steps: input.checkpoints.at(-1) ?? 0,
      }),
    };
  });
}

const titleOf = ({ input }: Descent): string =>
  input.batch === 'population' ? 'all examples' : `B = ${input.batch}`;

/** Measured over expected, `[group, checkpoint]`. */
const ratiosOf = ({ input, losses, expected }: Descent): readonly (readonly number[])[] =>
  losses.map((group) =>
    group.map((loss, k) => loss / (expected[input.checkpoints[k] as number] as number)),
  );

export function descentClaims(descents: readonly Descent[]): readonly Claim[] {
  return descents.map((descent) => {
    const ratios = ratiosOf(descent);
    const name = `Loss of SGD over the exact recursion, ${titleOf(descent)}`;
    if (descent.input.batch === 'population') {
      const all = ratios.flat();
      const [low, high] = [Math.min(...all), Math.max(...all)];
      return agreement({
        name,
        predicted: 1,
        measured: { estimate: (low + high) / 2, interval: [low, high], level: 1 },
        // Nothing is random: float32 rounds weights to 6e-8 at each of some hundred steps.
        tolerance: 1e-4,
        test: 'least and largest over checkpoints: nothing is random',
      });
    }
    const { groups, perGroup } = descent.input;
    return agreement({
      name,
      predicted: 1,
      measured: meanInterval(ratios.map((group) => mean(group))),
      // The recursion is exact: a fifth more or less of its noise term moves the loss by 4 to 7 %, all of it by 20 to 40 %.
      tolerance: 0.05,
      test: `mean over checkpoints, t interval over ${groups} groups of ${perGroup} runs`,
    });
  });
}

export function descentFigure(all: readonly Descent[]): Figure {
  // Lines closer than a factor of four would need more colours than can be told apart.
  const descents = all.filter(
    ({ input: { batch } }) =>
      batch === 'population' || all.length < 6 || Math.log2(batch) % 2 === 0,
  );
  return {
    id: 'gradient-noise-descent',
    title: 'SGD on linear regression, step by step',
    caption:
      'Excess loss of the population against steps, mean over runs from the same start, 95 % intervals over groups of runs; the learning rate is a quarter of the largest stable one of each batch size; every other batch size is drawn. *Look for* points on lines that no constant was fitted to, down to the level at which label noise holds small batches.',
    chart: lawChart({
      x: { title: 'step', scale: 'log10' },
      y: { title: 'excess loss', scale: 'log10' },
      series: { title: 'batch' },
      theory: descents.map((descent) => ({
        label: 'exact recursion',
        series: titleOf(descent),
        points: descent.input.checkpoints.map(
          (step) => [step, descent.expected[step] as number] as const,
        ),
      })),
      measured: descents.flatMap((descent) =>
        descent.input.checkpoints.flatMap((step, k): Parameters<typeof lawChart>[0]['measured'] => {
          if (k % 2 === 1) return [];
          const values = descent.losses.map((group) => group[k] as number);
          const where = { series: titleOf(descent), x: step };
          if (values.includes(Number.MAX_VALUE)) return [{ ...where, y: null }];
          if (values.length < 2) return [{ ...where, y: values[0] as number }];
          const { estimate, interval } = meanInterval(values);
          return [{ ...where, y: estimate, low: interval[0], high: interval[1] }];
        }),
      ),
    }),
  };
}
