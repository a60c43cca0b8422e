import { type Figure, lawChart, meanInterval } from '@hyperlaw/report';
import { optimalRidge, randomFeatureErrors } from '@hyperlaw/theory';
import type { Errors } from './errors.ts';
import { OCTAVES } from './plan.ts';

const sizeTitle = ([n, k]: readonly [number, number]): string => `${n} × ${k}`;

export function ridgeFigure(cells: readonly Errors[]): Figure {
  const [first, last] = [OCTAVES[0] as number, OCTAVES.at(-1) as number];
  const fine = Array.from({ length: 33 }, (_, i) => 2 ** (first + ((last - first) * i) / 32));
  return {
    id: 'random-features-ridge',
    title: 'The best ridge',
    caption:
      'Test error against the ridge over theory’s best of each size, by samples × features, means over draws with 95 % intervals. *Look for* valleys at the dotted line, wide enough for a factor of two to either side to cost a few per cent.',
    chart: lawChart({
      x: { title: 'ridge over theory’s best', scale: 'log2' },
      y: { title: 'test error', scale: 'log10' },
      series: { title: 'n × k' },
      columns: 3,
      theory: cells.flatMap(({ task, cell }) =>
        cell.input.sizes.map(([samples, features]) => {
          const sizes = { samples, features };
          const best = optimalRidge(task, sizes).ridge;
          const errorAt = (times: number) =>
            randomFeatureErrors(task, { ...sizes, ridge: times * best }).test;
          return {
            facet: cell.title,
            series: sizeTitle([samples, features]),
            label: 'eigenframework',
            points: fine.map((times) => [times, errorAt(times)] as const),
          };
        }),
      ),
      measured: cells.flatMap(({ cell, test }) =>
        cell.input.sizes.flatMap((size, s) =>
          OCTAVES.map((octaves, r) => {
            const { estimate, interval } = meanInterval(test.map((draw) => draw[s]?.[r] as number));
            return {
              ...{ facet: cell.title, series: sizeTitle(size), x: 2 ** octaves },
              ...{ y: estimate, low: interval[0], high: interval[1] },
            };
          }),
        ),
      ),
      measuredLabel: 'mean over draws, 95 % interval',
      rules: cells.map(({ cell }) => ({
        axis: 'x' as const,
        at: 1,
        label: 'best',
        facet: cell.title,
      })),
    }),
  };
}
