import { type Figure, lawChart, meanInterval, trainingCurvesChart } from '@hyperlaw/report';
import { minimumOn, timeToFraction } from '@hyperlaw/theory';
import { HALVED } from './course-claims.ts';
import type { DepthCourses } from './found.ts';
import { facetOf, line } from './plane-figures.ts';

/** Values by richness, `[cell][seed]`, without those that are missing. */
function byRichness(
  { courses }: DepthCourses,
  valuesOf: (course: DepthCourses['courses'][number]) => readonly (number | null)[],
) {
  return (courses[0]?.input.cells ?? []).flatMap(({ richness }, i) => {
    const values = courses.flatMap((course) => valuesOf(course)[i] ?? []);
    if (values.length < 2) return [];
    const { estimate, interval } = meanInterval(values.map(Math.log));
    const [low, high] = interval.map(Math.exp) as [number, number];
    return [{ x: richness, y: Math.exp(estimate), low, high }];
  });
}

export function featureFigure(found: readonly DepthCourses[]): Figure {
  const kinds = ['features', 'their kernel, up to scale'] as const;
  return {
    id: 'richness-features',
    title: 'How far features move',
    caption:
      'Change of the last hidden layer on the training examples by the end of training, geometric mean over nets with 95 % intervals: $\\|h - h_0\\|/\\|h_0\\|$, and $1 - \\cos(K, K_0)$ of the kernel $K = hh^\\top$. Lines: slopes 1 and $(L-1)/L$ for features, 2 for a lazy kernel, through the outermost points. *Look for* lazy nets that move in proportion to γ, and rich ones whose features grow while their kernel has turned as far as it can.',
    chart: lawChart({
      x: { title: 'richness γ', scale: 'log10' },
      y: { title: 'relative change', scale: 'log10' },
      series: { title: 'change of' },
      columns: 2,
      theory: found.flatMap((depth) => {
        const features = byRichness(depth, ({ course }) => course.featureChange);
        const kernel = byRichness(depth, ({ course }) => course.kernelChange);
        const guide = (
          series: string,
          from: { readonly x: number; readonly y: number } | undefined,
          slope: number,
          ends: readonly [number, number],
        ) =>
          from === undefined
            ? []
            : [
                {
                  ...{ facet: facetOf(depth), series, label: 'slope of theory' },
                  points: line(ends, (richness) => from.y * (richness / from.x) ** slope),
                },
              ];
        const { layers } = depth;
        return [
          ...guide(kinds[0], features[0], 1, [0.001, 1]),
          ...guide(kinds[0], features.at(-1), (layers - 1) / layers, [3, 1e4]),
          ...guide(kinds[1], kernel[0], 2, [0.001, 1]),
        ];
      }),
      measured: found.flatMap((depth) =>
        kinds.flatMap((series) =>
          byRichness(depth, ({ course }) =>
            series === kinds[0] ? course.featureChange : course.kernelChange,
          ).map((point) => ({ ...point, facet: facetOf(depth), series })),
        ),
      ),
    }),
  };
}

/** The scalar net's time to half its loss, through the first and the last of the points. */
function scalarTime(
  layers: number,
  points: readonly { readonly x: number; readonly y: number }[],
): (richness: number) => number {
  const [first, last] = [points[0], points.at(-1)];
  if (first === undefined || last === undefined) return () => 1;
  const time = (richness: number, target: number) =>
    timeToFraction({ layers, richness, target, fraction: HALVED });
  const off = (log: number) => {
    const target = Math.exp(log);
    return Math.log(time(last.x, target) / time(first.x, target) / (last.y / first.y)) ** 2;
  };
  const target = Math.exp(minimumOn(off, [Math.log(0.1), Math.log(100)]).at);
  return (richness) => (first.y * time(richness, target)) / time(first.x, target);
}

export function plateauFigure(found: readonly DepthCourses[]): Figure {
  const times = (depth: DepthCourses) =>
    byRichness(depth, ({ course, input }) =>
      course.halved.map((steps, i) => steps && steps * (input.cells[i]?.learningRate ?? 0)),
    );
  return {
    id: 'richness-plateaus',
    title: 'How long the plateau lasts',
    caption:
      'Time $\\eta T$ to half the first training loss at a small rate, geometric mean over nets with 95 % intervals. Line: the scalar net’s time, by quadrature, with its unit of time fitted at the smallest γ and its target at the largest. *Look for* slope 2 where nets are lazy, and 1 where they are rich ($\\gamma\\ln\\gamma$ for $L = 2$): in units of the best rate, a plateau of $\\gamma^{1-2/L}$ steps.',
    chart: lawChart({
      x: { title: 'richness γ', scale: 'log10' },
      y: { title: 'time ηT to half the loss', scale: 'log10' },
      columns: 2,
      theory: found.map((depth) => {
        const points = times(depth);
        const scalar = scalarTime(depth.layers, points);
        const values = points.map(({ x }) => x);
        return { facet: facetOf(depth), points: line(values, scalar) };
      }),
      measured: found.flatMap((depth) =>
        times(depth).map((point) => ({ ...point, facet: facetOf(depth) })),
      ),
    }),
  };
}

export function curvesFigure(found: readonly DepthCourses[]): Figure {
  return {
    id: 'richness-curves',
    title: 'Plateaus and drops',
    caption:
      'Training loss over its first, of one net a line, against time in units of γ. *Look for* curves of large γ that stay at the top and drop: for $L = 3$ all at one time, for $L = 2$ later by $\\ln\\gamma$.',
    chart: trainingCurvesChart({
      x: { title: 'time ηT/γ', scale: 'log10' },
      y: { title: 'training loss, relative', scale: 'log10' },
      series: { title: 'richness γ' },
      points: found.flatMap((depth) => {
        const [first] = depth.courses;
        if (first === undefined) return [];
        return first.input.cells.flatMap(({ richness, learningRate }, i) => {
          if (richness < 0.99 || !Number.isInteger(Math.log10(richness))) return [];
          return (first.course.curves[i] ?? []).flatMap(([step, y]) => {
            const x = (step * learningRate) / richness;
            return y === null || y < 1e-3
              ? []
              : [{ facet: facetOf(depth), series: richness, x, y }];
          });
        });
      }),
    }),
  };
}
