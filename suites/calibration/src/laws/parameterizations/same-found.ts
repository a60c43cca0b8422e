import type { Evidence } from '@hyperlaw/cli';
import { type Claim, type Figure, lawChart, meanInterval } from '@hyperlaw/report';
import { mean } from '@hyperlaw/theory';
import { agreement } from '../../agreement.ts';
import { resultOf } from '../../law.ts';
import { optimizerTitles, widthOptimizers } from './names.ts';
import { sameName, sameTrainings } from './plan.ts';
import { type SameTraining, type SameTrainingInput, tables } from './same-training.ts';

/** One net's curves in all its forms. */
export interface SameFound {
  readonly input: SameTrainingInput;
  readonly curves: SameTraining;
}

export function readSame(evidence: Evidence): readonly SameFound[] {
  return sameTrainings(evidence.profile).map((input) => ({
    input,
    curves: resultOf<SameTraining>(evidence, sameName(input)),
  }));
}

/** |ln(loss/loss of the normal form)|, step by step. */
const apart = (curve: readonly (number | null)[], normal: readonly number[]): readonly number[] =>
  curve.flatMap((loss, t) =>
    loss === null ? [] : Math.abs(Math.log(loss / (normal[t] as number))),
  );

/** The largest distance at any step of any table, over the first steps. */
function largestDistance({ curves }: SameFound, steps: number): number {
  return Math.max(
    ...tables.flatMap((name) => apart(curves.tables[name], curves.normal).slice(0, steps)),
  );
}

// Each of 200 steps rounds anew, by 2^{-24}, which adds up to 8e-7 as a random walk; a factor of ten is left for what
// training makes of it.
const TOLERANCE = 1e-5;

// ReLU's gradient is a discontinuous function of round-off: a unit that rounding puts on the other side of its kink moves
// otherwise from there on, and Adam makes steps of full size of gradients however small. Within some 1e-7 of the kink
// there is a unit and example of 32 × 384 about once in a hundred steps, so that the first steps are still alike.
const RELU_STEPS = 20;

export function sameClaims(found: readonly SameFound[]): readonly Claim[] {
  return (['tanh', 'relu'] as const).flatMap((activation) =>
    widthOptimizers.map((optimizer) => {
      const own = found.filter(
        ({ input }) => input.optimizer === optimizer && input.activation === activation,
      );
      const steps = Math.min(
        own[0]?.input.steps ?? 0,
        activation === 'relu' ? RELU_STEPS : Infinity,
      );
      return agreement({
        name: `Largest relative difference of the loss among three tables of μP, MFP and the normal form: ${optimizerTitles[optimizer]}, ${activation === 'relu' ? `ReLU, first ${steps} steps` : activation}`,
        predicted: 0,
        measured: meanInterval(own.map((each) => largestDistance(each, steps))),
        tolerance: TOLERANCE,
        test: `largest of ${tables.length} forms and ${steps} steps, t interval over ${own.length} nets`,
      });
    }),
  );
}

export function sameFigure(found: readonly SameFound[]): Figure {
  const facetOf = ({ optimizer, activation }: SameTrainingInput) =>
    `${optimizerTitles[optimizer]}, ${activation === 'relu' ? 'ReLU' : activation}`;
  const facets = [...new Set(found.map(({ input }) => facetOf(input)))];
  const rows = ['SP', 'other forms', 'last bit changed'] as const;
  return {
    id: 'parameterizations-same',
    title: 'Five ways to write μP, one training curve',
    caption:
      'Relative difference of the training loss from the normal form’s, against the step: the largest among the explicit forms (tables of μP and MFP) with the range over nets, the same for weights whose last bit was changed before training, and SP for scale. *Look for* forms about as far apart as a last bit puts them. With ReLU curves may part after the first steps, by which alone they are judged: round-off decides on which side of its kink a unit stands.',
    chart: lawChart({
      x: { title: 'step', scale: 'log10' },
      y: { title: 'relative difference of the loss', scale: 'log10', domain: [1e-8, 10] },
      series: { title: 'what differs' },
      columns: 2,
      theory: [
        {
          label: 'one rounding, 2⁻²⁴',
          points: [
            [1, 2 ** -24],
            [Math.max(...found.map(({ input }) => input.steps)), 2 ** -24],
          ],
        },
      ],
      measured: facets.flatMap((facet) => {
        const own = found.filter(({ input }) => facetOf(input) === facet);
        return shownSteps(own[0]?.input.steps ?? 0).flatMap((step) =>
          rows.flatMap((series) => {
            const values = own.map(({ curves }) => distanceAt(curves, series, step));
            const [low, high] = [Math.min(...values), Math.max(...values)];
            const middle = Math.exp(mean(values.map(Math.log)));
            return [{ facet, series, x: step, y: middle, low, high }];
          }),
        );
      }),
      measuredLabel: 'geometric mean and range over nets',
    }),
  };
}

/** Below this, differences are drawn as it: float32 losses that agree to the last bit. */
const SMALLEST = 2 ** -25;

function distanceAt(
  { normal, tables: explicit, lastBit, sp }: SameTraining,
  series: 'SP' | 'other forms' | 'last bit changed',
  step: number,
): number {
  const curves = {
    SP: [sp],
    'other forms': Object.values(explicit),
    'last bit changed': [lastBit],
  };
  // The largest up to this step: a difference of losses passes through zero now and then.
  const upTo = curves[series].flatMap((curve) => apart(curve, normal).slice(0, step));
  return Math.max(SMALLEST, ...upTo);
}

/** Steps at logarithmic distances. */
function shownSteps(steps: number): readonly number[] {
  const marks = Array.from({ length: 10 }, (_, i) => Math.round(steps ** (i / 9)));
  return [...new Set(marks)];
}
