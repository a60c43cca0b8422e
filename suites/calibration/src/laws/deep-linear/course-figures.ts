import { type Figure, formatNumber, lawChart, meanInterval } from '@hyperlaw/report';
import { lossStaircase, modeCourse, plateaus, timeToStrength } from '@hyperlaw/theory';
import { NotMeasured } from '../../law.ts';
import { layerTitles } from './course-claims.ts';
import { coursesWith, type Measured, singularValues } from './courses.ts';

const facetOf = ({ input: { layers, start } }: Measured): string =>
  `${layerTitles[layers]}, ${start.kind} start`;

/** Times evenly spaced up to an end. */
const upTo = (end: number, count: number): number[] =>
  Array.from({ length: count + 1 }, (_, i) => (i * end) / count);

const endOf = ({ times }: Measured): number => times[times.length - 1] as number;

/** Strengths of the modes of one net over time. */
export function strengthFigure(courses: readonly Measured[]): Figure {
  const shown = [
    at(coursesWith(courses, 2, 'aligned'), 0.5),
    at(coursesWith(courses, 2, 'random'), 0),
    at(coursesWith(courses, 3, 'aligned'), 0.25),
  ];
  return {
    id: 'deep-linear-modes',
    title: 'Modes are learned one by one',
    caption:
      'Strength of each mode in one net over time, against the exact solution. From a random start, the strength that theory sets out from is computed from the initial weights. *Look for* points on the lines, without anything fitted.',
    chart: lawChart({
      x: { title: 'time t = ηT' },
      y: { title: 'strength' },
      series: { title: 'singular value' },
      theory: shown.flatMap((course) =>
        singularValues.map((series, k) => {
          const times = upTo(endOf(course), 150);
          const mode = course.modes[0]?.[k];
          return {
            facet: facetOf(course),
            series,
            label: 'exact',
            points: mode
              ? modeCourse(mode, times).map((s, i) => [times[i] ?? 0, s.strength] as const)
              : [],
          };
        }),
      ),
      measured: shown.flatMap((course) =>
        singularValues.flatMap((series, k) =>
          course.times.flatMap((x, i) =>
            i % 4 === 0
              ? [{ facet: facetOf(course), series, x, y: course.strengths[0]?.[k]?.[i] as number }]
              : [],
          ),
        ),
      ),
      measuredLabel: 'trained net',
    }),
  };
}

/** The course at a share of the way from the largest start to the smallest. Throws `NotMeasured` where there is none. */
function at(courses: readonly Measured[], share: number): Measured {
  const course = courses[Math.round(share * (courses.length - 1))];
  if (course === undefined) throw new NotMeasured('no course');
  return course;
}

/** The loss from the smallest start. */
export function staircaseFigure(courses: readonly Measured[]): Figure {
  const shown = [2, 3].map((layers) => at(coursesWith(courses, layers, 'aligned'), 1));
  const initial = shown[0]?.modes[0]?.[0]?.initial ?? 0;
  const saddles = plateaus({ depth: 2, singularValues, initial }).slice(0, -1);
  return {
    id: 'deep-linear-staircase',
    title: 'From saddle to saddle',
    caption: `Loss of one net over time, from aligned weights of strength ${formatNumber(initial)}. Dotted: losses of the saddles, $\\tfrac12\\sum s_k^2$ over the modes not yet learned. *Look for* plateaus at the saddles, sharper and far longer with three layers.`,
    chart: lawChart({
      x: { title: 'time t = ηT, over the end of the last plateau' },
      y: { title: 'loss' },
      theory: shown.map((course) => {
        const net = { depth: course.input.layers, singularValues, initial };
        const times = upTo(endOf(course), 400);
        const last = lastStep(course);
        return {
          facet: `${layerTitles[course.input.layers]}: ends at t = ${last.toPrecision(3)}`,
          label: 'exact staircase',
          points: [...lossStaircase(net, times)].map((loss, i) => [
            (times[i] as number) / last,
            loss,
          ]),
        };
      }),
      measured: shown.flatMap((course) =>
        course.times.flatMap((time, i) =>
          i % 2 === 0
            ? [
                {
                  facet: `${layerTitles[course.input.layers]}: ends at t = ${lastStep(course).toPrecision(3)}`,
                  x: time / lastStep(course),
                  y: course.losses[0]?.[i] as number,
                },
              ]
            : [],
        ),
      ),
      measuredLabel: 'trained net',
      rules: saddles.map(({ loss }) => ({ axis: 'y', at: loss, label: `${loss}` })),
      columns: 2,
    }),
  };
}

/** When the weakest mode is learned. */
const lastStep = ({ modes }: Measured): number =>
  Math.max(...(modes[0] ?? []).map((mode) => timeToStrength(mode, mode.singularValue / 2)));

/** Times of learning against the start. */
export function timesFigure(courses: readonly Measured[]): Figure {
  const depths = [2, 3].filter((layers) => coursesWith(courses, layers, 'aligned').length > 0);
  if (depths.length === 0) throw new NotMeasured('no course from an aligned start');
  return {
    id: 'deep-linear-times',
    title: 'The smaller the start, the longer the plateaus',
    caption:
      'Time at which each mode has half its strength against the strength of an aligned start, mean over nets; intervals are smaller than the points. *Look for* times that grow as $\\ln(1/a_0)/2s$ with two layers, and as $a_0^{-1/3}/s$ with three.',
    chart: lawChart({
      x: { title: 'initial strength a₀', scale: 'log10' },
      y: { title: 'time to half strength', scale: 'log10' },
      series: { title: 'singular value' },
      theory: depths.flatMap((layers) => {
        const initials = coursesWith(courses, layers, 'aligned').map(
          ({ modes }) => modes[0]?.[0]?.initial as number,
        );
        const [most = 1, least = 1] = [Math.max(...initials), Math.min(...initials)];
        return singularValues.map((s) => ({
          facet: layerTitles[layers] as string,
          series: s,
          label: 'exact',
          points: upTo(1, 40).map((share) => {
            const initial = most * (least / most) ** share;
            const mode = { depth: layers, singularValue: s, initial };
            return [initial, timeToStrength(mode, s / 2)] as const;
          }),
        }));
      }),
      measured: depths.flatMap((layers) =>
        coursesWith(courses, layers, 'aligned').flatMap(({ halves, modes }) =>
          singularValues.map((series, k) => {
            const reached = halves.flatMap((net) => (net[k] == null ? [] : [net[k] as number]));
            const facet = layerTitles[layers] as string;
            const x = modes[0]?.[k]?.initial as number;
            if (reached.length < halves.length) return { facet, series, x, y: null };
            const { estimate, interval } = meanInterval(reached);
            return { facet, series, x, y: estimate, low: interval[0], high: interval[1] };
          }),
        ),
      ),
      columns: 2,
    }),
  };
}
