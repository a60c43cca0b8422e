import type { Claim, Estimate } from '@hyperlaw/report';
import { timeToFraction } from '@hyperlaw/theory';
import { agreement } from '../../agreement.ts';
import { notMeasured } from '../../not-measured.ts';
import type { CourseFound, DepthCourses } from './found.ts';
import {
  type AtRichness,
  inRegime,
  type Regime,
  regimes,
  regimeText,
  slopeOf,
  slopeOver,
} from './slopes.ts';

/** What claims on single depths' plateaus begin with. */
export const PLATEAU = 'Slope of the plateau’s length ηT';

/** The share of the target at which the loss is half its first. */
export const HALVED = 1 - Math.SQRT1_2;

export function courseClaims(found: readonly DepthCourses[]): readonly Claim[] {
  return [
    ...found.flatMap((depth) => [
      ...regimes.map((regime) => featureClaim(depth, regime)),
      ...regimes.map((regime) => kernelClaim(depth, regime)),
      plateauClaim(depth),
    ]),
    contrastClaim(found),
  ];
}

const valuesIn = ({ courses }: DepthCourses, regime: Regime): readonly number[] =>
  (courses[0]?.input.cells ?? []).map(({ richness }) => richness).filter(inRegime[regime]);

const testOf = ({ courses }: DepthCourses, what: string): string =>
  `slope over γ ${what}, t interval over ${courses.length} nets`;

/** Of the scalar net, whose last features w^{L−1} begin at 1 and end at (1 + γ)^{(L−1)/L}. */
const featureSlope = (depth: DepthCourses, regime: Regime): number =>
  slopeOf(
    valuesIn(depth, regime),
    (richness) => (1 + richness) ** ((depth.layers - 1) / depth.layers) - 1,
  );

function featureClaim(depth: DepthCourses, regime: Regime): Claim {
  const { layers } = depth;
  const predicted = featureSlope(depth, regime);
  const limit =
    regime === 'lazy' ? '1' : `(L − 1)/L = ${Number(((layers - 1) / layers).toFixed(2))}`;
  return agreement({
    name: `Slope of the features’ relative change, ${regimeText[regime]}, L = ${layers}`,
    predicted,
    formula: `${predicted.toFixed(2)}, towards ${limit}`,
    measured: () => courseSlope(depth, regime, ({ course }) => course.featureChange),
    // The scalar net's target is 1, a net's of that order: a factor of three in it moves the slope by up to 0.02, and a net's
    // layers do not grow quite alike.
    tolerance: 0.05,
    test: testOf(depth, 'after training'),
  });
}

/** A lazy kernel turns by the square of what its features move; a rich one as far as it can, whatever γ. */
function kernelClaim(depth: DepthCourses, regime: Regime): Claim {
  const predicted = regime === 'lazy' ? 2 * featureSlope(depth, 'lazy') : 0;
  return agreement({
    name: `Slope of the turn of the features’ kernel, 1 − cos(K, K₀), ${regimeText[regime]}, L = ${depth.layers}`,
    predicted,
    formula: regime === 'lazy' ? `${predicted.toFixed(2)}, towards 2` : '0',
    measured: () => courseSlope(depth, regime, ({ course }) => course.kernelChange),
    // Lazy: twice what features may be off. Rich: nets start at γ^{−1/L} from a saddle; a turn that is short of its limit by
    // as much rises with a slope of 0.06 over these values (L = 3).
    tolerance: 0.1,
    test: testOf(depth, 'after training'),
  });
}

/** Times to half the loss, in units of 1/η. */
const timesOf = ({ course, input }: CourseFound): readonly (number | null)[] =>
  course.halved.map((steps, i) => steps && steps * (input.cells[i]?.learningRate ?? 0));

const plateauSlope = (layers: number, values: readonly number[]): number =>
  slopeOf(values, (richness) => timeToFraction({ layers, richness, fraction: HALVED }));

// Half the distance between the slopes of γ ln γ and of γ over these values, so that a claim tells them apart. A factor of
// three in the scalar net's target, which is 1, moves either by as much, but their distance by 0.01.
const PLATEAU_TOLERANCE = 0.06;

function plateauClaim(depth: DepthCourses): Claim {
  const { layers } = depth;
  const predicted = plateauSlope(layers, valuesIn(depth, 'rich'));
  return agreement({
    name: `${PLATEAU}, ${regimeText.rich}, L = ${layers}`,
    predicted,
    formula: `${predicted.toFixed(2)}, of ${layers === 2 ? 'γ ln γ' : 'γ'}`,
    measured: () => courseSlope(depth, 'rich', timesOf),
    tolerance: PLATEAU_TOLERANCE,
    test: testOf(depth, 'of the time to half the loss'),
  });
}

/** Two layers stay on their plateau for ln γ longer, whatever the target. */
function contrastClaim(found: readonly DepthCourses[]): Claim {
  const name = `Slope of the plateau’s length for L = 2, less that for L = 3, ${regimeText.rich}`;
  const [two, three] = [2, 3].map((layers) => found.find((depth) => depth.layers === layers));
  if (two === undefined || three === undefined)
    return notMeasured(name, 'one of the two is missing');
  const values = valuesIn(two, 'rich');
  const predicted = plateauSlope(2, values) - plateauSlope(3, values);
  return agreement({
    name,
    predicted,
    formula: `${predicted.toFixed(2)}, of ln γ`,
    measured: () => {
      const [a, b] = [rowsOf(two, 'rich', timesOf), rowsOf(three, 'rich', timesOf)];
      return slopeOver(
        a.map(({ richness, log2 }, i) => ({
          richness,
          log2: log2.map((value, s) => {
            const other = b[i]?.log2[s] ?? null;
            return value === null || other === null ? null : value - other;
          }),
        })),
      );
    },
    tolerance: 0.05,
    test: testOf(two, 'of the ratio of times, seed by seed'),
  });
}

const courseSlope = (...rows: Parameters<typeof rowsOf>): Estimate => slopeOver(rowsOf(...rows));

function rowsOf(
  { courses }: DepthCourses,
  regime: Regime,
  valuesOf: (course: CourseFound) => readonly (number | null)[],
): readonly AtRichness[] {
  const cells = courses[0]?.input.cells ?? [];
  return cells.flatMap(({ richness }, i) => {
    if (!inRegime[regime](richness)) return [];
    const log2 = courses.map((course) => {
      const value = valuesOf(course)[i];
      return value ? Math.log2(value) : null;
    });
    return [{ richness, log2 }];
  });
}
