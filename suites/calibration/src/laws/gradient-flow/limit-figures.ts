import { type Figure, lawChart, meanInterval } from '@hyperlaw/report';
import { mean } from '@hyperlaw/theory';
import { MARGIN } from './flow.ts';
import { biased, entryTitles, MOST_BIASED_WIDTH } from './kernel-claims.ts';
import { type Deviations, kernelTitles, netTitles } from './kernels.ts';
import type { Widening } from './width.ts';

type Line = readonly (readonly [number, number])[];

/** The law y ∝ 1/n through points, in the least squares of ln y. */
function inverseLine(points: Line): Line {
  const constant = Math.exp(mean(points.map(([n, y]) => Math.log(n * y))));
  return points.map(([n]) => [n, constant / n] as const);
}

export function widthFigure(widenings: readonly Widening[]): Figure {
  const points = widenings.map(({ width, check }) => [width, check.distance] as const);
  return {
    id: 'gradient-flow-width',
    title: 'Did the dynamics move when the width grew tenfold?',
    caption:
      'The same check between tanh nets of width n and 10 n in μP, trained on all examples from a readout of 0, with 95 % intervals over independent initializations (cut where they reach 0). Dashed: 1/n through the widest. *Look for* points that join the dashed line as n grows, and pass below the margin.',
    chart: lawChart({
      x: { title: 'width n', scale: 'log2' },
      y: { title: 'change of ln loss', scale: 'log10' },
      theory: [
        {
          label: '∝ 1/n',
          stroke: 'dashed',
          points: (([n, y]) => points.map(([x]) => [x, (n * y) / x] as const))(
            points[points.length - 1] as readonly [number, number],
          ),
        },
      ],
      measured: widenings.map(({ width, check: { distance, interval } }) => ({
        x: width,
        y: distance,
        low: Math.max(interval[0], distance / 10),
        high: interval[1],
      })),
      rules: [{ axis: 'y', at: MARGIN, label: 'margin' }],
    }),
  };
}

const facetOf = ({ kind, activation }: Deviations): string =>
  `${kernelTitles[kind]} kernel, ${netTitles[activation]}`;
const hiddenTitle = ({ hidden }: Deviations): string => (hidden === 1 ? 'one' : 'two');

export function squareFigure(all: readonly Deviations[]): Figure {
  const keyOf = (each: Deviations) => `${facetOf(each)} ${each.hidden}`;
  const groups = [...new Set(all.map(keyOf))].map((key) =>
    all.filter((each) => keyOf(each) === key),
  );
  return {
    id: 'gradient-flow-kernels',
    title: 'Kernels of random nets tend to their infinite-width forms',
    caption:
      'Mean of $\\|\\hat K - K\\|^2/\\|K\\|^2$ over random nets, with 95 % intervals, against width. Solid: exact at every width, with one hidden layer. Dashed: 1/n through the points of two. *Look for* points on the solid lines, without a fitted constant.',
    chart: lawChart({
      x: { title: 'width n', scale: 'log2' },
      y: { title: 'squared deviation', scale: 'log10' },
      series: { title: 'hidden layers' },
      theory: groups.map((own) => {
        const [first] = own as [Deviations];
        const exact = own.flatMap((each) =>
          each.exact === null ? [] : [[each.width, each.exact] as const],
        );
        const line = inverseLine(own.map(({ width, squared }) => [width, mean(squared)]));
        return {
          facet: facetOf(first),
          series: hiddenTitle(first),
          ...(exact.length > 0
            ? { label: 'exact', points: exact }
            : { label: '∝ 1/n', stroke: 'dashed', points: line }),
        };
      }),
      measured: all.map((each) => {
        const { estimate, interval } = meanInterval(each.squared);
        const low = Math.max(interval[0], estimate / 10);
        return {
          ...{ facet: facetOf(each), series: hiddenTitle(each) },
          ...{ x: each.width, y: estimate, low, high: interval[1] },
        };
      }),
      columns: 2,
    }),
  };
}

export function biasFigure(all: readonly Deviations[]): Figure {
  const series = biased.map(({ kind, activation, entries }) => {
    const own = all.filter(
      (each) =>
        each.kind === kind &&
        each.activation === activation &&
        each.hidden === 2 &&
        each.width <= MOST_BIASED_WIDTH,
    );
    const title = `${kernelTitles[kind]}, ${netTitles[activation]}, ${entryTitles[entries]}`;
    return { title, points: own.map((each) => ({ x: each.width, values: each[entries] })) };
  });
  return {
    id: 'gradient-flow-kernel-bias',
    title: 'Their means are off by 1/n',
    caption:
      'Size of the mean of $(\\hat K - K)/\\|K\\|$ over random nets with two hidden layers, with 95 % intervals, against width. Dashed: 1/n through the points. *Look for* slope −1; the fluctuations of one net, which fall as $n^{-1/2}$, are ten to a hundred times as large.',
    chart: lawChart({
      x: { title: 'width n', scale: 'log2' },
      y: { title: 'size of the mean deviation', scale: 'log10' },
      series: { title: 'kernel' },
      theory: series.map(({ title, points }) => ({
        series: title,
        label: '∝ 1/n',
        stroke: 'dashed',
        points: inverseLine(points.map(({ x, values }) => [x, Math.abs(mean(values))])),
      })),
      measured: series.flatMap(({ title, points }) =>
        points.map(({ x, values }) => {
          const { estimate, interval } = meanInterval(values);
          const half = (interval[1] - interval[0]) / 2;
          const y = Math.abs(estimate);
          return { series: title, x, y, low: Math.max(y - half, y / 10), high: y + half };
        }),
      ),
    }),
  };
}
