import type { Evidence } from '@hyperlaw/cli';
import {
  type Claim,
  type Estimate,
  type Figure,
  lawChart,
  meanInterval,
  optimumDrift,
  type SweepPoint,
  slopeTrend,
  sweepOptimum,
  tuningCurvesChart,
} from '@hyperlaw/report';
import { agreement } from '../../agreement.ts';
import { NotMeasured, resultOf } from '../../law.ts';
import { stabilityEdge } from '../../loss-peak.ts';
import {
  exponentText,
  optimizerTitles,
  parameterizationTitles,
  type WidthOptimizer,
} from './names.ts';
import { BASE_WIDTH, edges, sweepName, type Transfer, transfers } from './plan.ts';
import type { RateSweep } from './rate-sweep.ts';

/** A curve of rates over widths, with its sweeps. */
export interface TransferFound extends Transfer {
  readonly widths: readonly number[];
  readonly points: readonly (readonly SweepPoint[])[];
  /** Largest training losses over the first, `[width][rate, seed]`. */
  readonly peaks: readonly RateSweep['peaks'][];
}

const RESAMPLING = { seed: 31, resamples: 1000 };

function read(evidence: Evidence, planned: readonly Transfer[]): readonly TransferFound[] {
  return planned.map((transfer) => {
    const results = transfer.sweeps.map((sweep) => resultOf<RateSweep>(evidence, sweepName(sweep)));
    return {
      ...transfer,
      widths: transfer.sweeps.map(({ width }) => width),
      points: transfer.sweeps.map(({ rates }, w) =>
        rates.map((x, r) => ({ x, losses: results[w]?.losses[r] ?? [] })),
      ),
      peaks: results.map(({ peaks }) => peaks),
    };
  });
}

export const readTransfers = (evidence: Evidence) => read(evidence, transfers(evidence.profile));
export const readEdges = (evidence: Evidence) => read(evidence, edges(evidence.profile));

const titleOf = ({ optimizer, parameterization }: Transfer): string =>
  `${parameterizationTitles[parameterization]}, ${optimizerTitles[optimizer]}`;

const UNIT = 'doublings of the rate per doubling of width';

/**
 * Half the distance between neighbouring predictions, so that a claim tells them apart: ¼ where they are halves, as
 * with SGD; ½ for Adam in SP, where the candidates are −1 and 0, the input layer's, which holds until width is well
 * above the number of inputs.
 */
const toleranceOf = ({ optimizer, parameterization }: Transfer): number =>
  optimizer === 'adam' && parameterization === 'sp' ? 0.5 : 0.25;

const NEARER =
  'The input layer, whose exponent is 0, weighs in until width is well above the number of inputs, 32: the claim is that the drift is nearer to −1 than to 0.';

export function transferClaims(found: readonly TransferFound[]): readonly Claim[] {
  return found.map((transfer) => {
    const name = `Drift of the best learning rate on bytes: ${titleOf(transfer)}`;
    const drift = optimumDrift(transfer.widths, transfer.points, RESAMPLING);
    if (drift === null || drift.interval === null) {
      throw new NotMeasured(`${name}: optima on the edge of their ranges`);
    }
    const { estimate, interval, level, sizes } = drift;
    return agreement({
      name,
      predicted: transfer.drift,
      formula: exponentText(transfer.drift),
      measured: { estimate, interval, level },
      tolerance: toleranceOf(transfer),
      ...(toleranceOf(transfer) > 0.25 && { note: NEARER }),
      unit: UNIT,
      test: `slope of best rates over ${sizes.length} widths with an interior optimum, resampling ${transfer.sweeps[0]?.seeds.length ?? 0} seeds jointly`,
    });
  });
}

/** log2 of the edges of stability over widths, `[width][seed]`. */
function edgesOf({ sweeps, peaks }: TransferFound): readonly (readonly number[])[] {
  return sweeps.map((sweep, w) =>
    sweep.seeds.map((_, s) => {
      const edge = stabilityEdge(
        sweep.rates,
        (peaks[w] ?? []).map((row) => row[s] ?? null),
      );
      if (edge === null) throw new NotMeasured(`${sweepName(sweep)}: an edge beyond the rates`);
      return edge;
    }),
  );
}

export function edgeClaims(found: readonly TransferFound[]): readonly Claim[] {
  return found.map((transfer) => {
    const name = `Drift of the largest stable learning rate, squared error: ${titleOf(transfer)}`;
    const columns = edgesOf(transfer);
    const rows = (columns[0] ?? []).map((_, s) => columns.map((column) => column[s] as number));
    return agreement({
      name,
      predicted: transfer.drift,
      formula: exponentText(transfer.drift),
      measured: slopeTrend(transfer.widths.map(Math.log2), rows),
      tolerance: toleranceOf(transfer),
      unit: UNIT,
      test: `slope over widths, t interval over ${rows.length} seeds`,
    });
  });
}

export function tuningFigure(found: readonly TransferFound[], optimizer: WidthOptimizer): Figure {
  const shown = found.filter(
    (transfer) => transfer.optimizer === optimizer && transfer.parameterization !== 'ntp',
  );
  const place = (transfer: Transfer, width: number) => ({
    facet: titleOf(transfer),
    series: width,
  });
  return {
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
            const y = whole ? finished.reduce((sum, loss) => sum + loss, 0) / losses.length : null;
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
}

export function driftFigure(
  tuned: readonly TransferFound[],
  held: readonly TransferFound[],
): Figure {
  const facetOf = ({ optimizer }: Transfer, kind: 'best' | 'edge') =>
    `${optimizerTitles[optimizer]}, ${kind === 'best' ? 'cross-entropy' : 'squared error'}`;
  const all = [
    ...tuned.map((transfer) => ({ transfer, kind: 'best' as const })),
    ...held.map((transfer) => ({ transfer, kind: 'edge' as const })),
  ];
  const inLog2 = ({ transfer, kind }: (typeof all)[number]): readonly (Estimate | null)[] => {
    if (kind === 'edge') return edgesOf(transfer).map((edges) => meanInterval(edges));
    return transfer.points.map((sweep) => {
      const { x, interval } = sweepOptimum(sweep, RESAMPLING);
      if (x === null || interval === null) return null;
      const [low, high] = interval.map(Math.log2) as [number, number];
      return { estimate: Math.log2(x), interval: [low, high], level: 0.95 };
    });
  };
  return {
    id: 'parameterizations-drift',
    title: 'How far a learning rate travels with width',
    caption:
      'Best rate on bytes (cross-entropy) and largest stable rate on a teacher’s examples (squared error), relative to those at width 64, with 95 % intervals over seeds. Lines: theory. *Look for* μP on the level; for SP falling as $n^{-1/2}$ under cross-entropy, whose logits may diverge, and as $n^{-1}$ under squared error, whose may not.',
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
}
