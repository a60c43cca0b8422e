import {
  type Estimate,
  type Figure,
  lawChart,
  meanInterval,
  sweepOptimum,
  tuningCurvesChart,
} from '@hyperlaw/report';
import { mean } from '@hyperlaw/theory';
import { optimizerTitles, parameterizationTitles, type WidthOptimizer } from './names.ts';
import { BASE_WIDTH, type Transfer } from './plan.ts';
import { edgesOf, RESAMPLING, type TransferFound, titleOf } from './transfer-found.ts';

/** None where nothing of the optimizer was measured. */
export function tuningFigures(
  found: readonly TransferFound[],
  optimizer: WidthOptimizer,
): readonly Figure[] {
  const shown = found.filter(
    (transfer) => transfer.optimizer === optimizer && transfer.parameterization !== 'ntp',
  );
  if (shown.length === 0) return [];
  const place = (transfer: Transfer, width: number) => ({
    facet: titleOf(transfer),
    series: width,
  });
  const figure: Figure = {
    id: `parameterizations-tuning-${optimizer}`,
    title: `Transfer of the learning rate, ${optimizerTitles[optimizer]}`,
    caption:
      'Held-out cross-entropy on TypeScript bytes after training at each rate, mean over seeds; dots are optima with 95 % intervals. At width 64 all parameterizations are one. *Look for* optima above each other in μP, and moving left with width in SP.',
    chart: tuningCurvesChart({
      x: { title: 'learning rate' },
      y: { title: 'held-out loss', unit: 'nats' },
      series: { title: 'width' },
      points: shown.flatMap((transfer) =>
        transfer.points.flatMap((sweep, w) =>
          sweep.map(({ x, losses }) => {
            const finished = losses.filter((loss) => loss !== null);
            const whole = finished.length === losses.length;
            const y = whole ? mean(finished) : null;
            return { ...place(transfer, transfer.widths[w] as number), x, y };
          }),
        ),
      ),
      optima: shown.flatMap((transfer) =>
        transfer.points.flatMap((sweep, w) => {
          const { x, loss: y, interval, status } = sweepOptimum(sweep, RESAMPLING);
          if (x === null || y === null) return [];
          const ends = interval && { low: interval[0], high: interval[1] };
          return [
            {
              ...place(transfer, transfer.widths[w] as number),
              x,
              y,
              ...ends,
              edge: status === 'edge',
            },
          ];
        }),
      ),
    }),
  };
  return [figure];
}

export function driftFigures(
  tuned: readonly TransferFound[],
  held: readonly TransferFound[],
): readonly Figure[] {
  const facetOf = ({ optimizer }: Transfer, kind: 'best' | 'edge') =>
    `${optimizerTitles[optimizer]}, ${kind === 'best' ? 'cross-entropy' : 'squared error'}`;
  const all = [
    ...tuned.map((transfer) => ({ transfer, kind: 'best' as const })),
    ...held.map((transfer) => ({ transfer, kind: 'edge' as const })),
  ];
  if (all.length === 0) return [];
  const inLog2 = ({ transfer, kind }: (typeof all)[number]): readonly (Estimate | null)[] => {
    if (kind === 'edge') {
      return edgesOf(transfer).map((edges) => {
        const within = edges.filter((edge) => edge !== null);
        return within.length < Math.max(2, edges.length) ? null : meanInterval(within);
      });
    }
    return transfer.points.map((sweep) => {
      const { x, interval } = sweepOptimum(sweep, RESAMPLING);
      if (x === null || interval === null) return null;
      const [low, high] = interval.map(Math.log2) as [number, number];
      return { estimate: Math.log2(x), interval: [low, high], level: 0.95 };
    });
  };
  const figure: Figure = {
    id: 'parameterizations-drift',
    title: 'How far a learning rate travels with width',
    caption:
      'Best rate on bytes (cross-entropy) and largest rate stable within the steps trained on a teacher’s examples (squared error), relative to those at width 64, with 95 % intervals over seeds. Lines: theory. *Look for* μP on the level; for SP falling as $n^{-1/2}$ under cross-entropy, whose logits may diverge, and as $n^{-1}$ under squared error, whose may not.',
    chart: lawChart({
      x: { title: 'width', scale: 'log2' },
      y: { title: 'rate, relative to width 64', scale: 'log2' },
      series: { title: 'parameterization' },
      theory: all.map(({ transfer, kind }) => ({
        facet: facetOf(transfer, kind),
        series: parameterizationTitles[transfer.parameterization],
        points: transfer.widths.map(
          (width) => [width, (width / BASE_WIDTH) ** transfer.drift] as const,
        ),
      })),
      measured: all.flatMap((each) => {
        const { transfer, kind } = each;
        const found = inLog2(each);
        const [base] = found;
        return found.flatMap((at, w) => {
          if (!at || !base) return [];
          const relative = (value: number) => 2 ** (value - base.estimate);
          return [
            {
              ...{ facet: facetOf(transfer, kind), x: transfer.widths[w] as number },
              series: parameterizationTitles[transfer.parameterization],
              y: relative(at.estimate),
              low: relative(at.interval[0]),
              high: relative(at.interval[1]),
            },
          ];
        });
      }),
    }),
  };
  return [figure];
}
