import { type Figure, lawChart, meanInterval, type TheoryLine } from '@hyperlaw/report';
import { exactLogNorm, gaussianLogNorm } from '@hyperlaw/theory';
import { type NormCell, titles } from './norms.ts';

export function normFigure(cells: readonly NormCell[]): Figure {
  const title = ({ activation }: NormCell) => titles[activation];
  const keyOf = (cell: NormCell) => `${cell.activation} ${cell.width}`;
  const lines = (
    label: string,
    stroke: 'solid' | 'dashed',
    moments: typeof exactLogNorm,
  ): TheoryLine[] =>
    [...new Set(cells.map(keyOf))].map((key) => {
      const own = cells.filter((cell) => keyOf(cell) === key);
      const [first] = own as [NormCell];
      return {
        label,
        stroke,
        facet: title(first),
        series: first.width,
        points: own.map(({ depth, layers }) => [depth, moments(layers).variance] as const),
      };
    });
  return {
    id: 'depth-over-width-variance',
    title: 'Fluctuations grow with depth over width',
    caption:
      'Variance over nets of the log of the squared norm, against depth, by width. *Look for* points on the solid line: exact at every width.',
    chart: lawChart({
      x: { title: 'depth', scale: 'log2' },
      y: { title: 'variance of ln‖Ju‖²', scale: 'log10' },
      series: { title: 'width' },
      theory: [...lines('exact', 'solid', exactLogNorm), ...lines('β', 'dashed', gaussianLogNorm)],
      measured: cells.map((cell) => {
        const centre = meanInterval(cell.alive).estimate;
        const { estimate, interval } = meanInterval(cell.alive.map((v) => (v - centre) ** 2));
        return {
          facet: title(cell),
          series: cell.width,
          x: cell.depth,
          y: estimate,
          low: interval[0],
          high: interval[1],
        };
      }),
    }),
  };
}
