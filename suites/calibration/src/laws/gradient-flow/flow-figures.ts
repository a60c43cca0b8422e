import { type Figure, lawChart, type TheoryLine } from '@hyperlaw/report';
import { type Divisor, exactCurves, type Flow, MARGIN, tenfold, tenfolds } from './flow.ts';

const shown: readonly Divisor[] = [1, 5, 50];
const rateTitle = (divisor: Divisor): string =>
  divisor === 1 ? 'largest' : `largest / ${divisor}`;

/** Loss of one initialization over τ, at rates far apart. */
export function collapseFigure(flows: readonly Flow[]): Figure {
  return {
    id: 'gradient-flow-collapse',
    title: 'One curve of the time τ = ηT',
    caption:
      'Loss of one initialization over time, at three learning rates; the largest is somewhat below what diverges. Solid: for the readout, whose loss is a quadratic, exact gradient flow; for the whole net its own descent at a thousandth of the largest rate. Dashed: the readout’s exact descent at the largest rate. *Look for* points of small rates on one line, and those of the largest rate off it.',
    chart: lawChart({
      x: { title: 'time τ = ηT' },
      y: { title: 'loss', scale: 'log10' },
      series: { title: 'learning rate' },
      theory: flows.flatMap(collapseLines),
      measured: flows.flatMap((flow) =>
        shown.flatMap((divisor) =>
          (flow.curves(divisor)[0] ?? []).map((y, i) => ({
            facet: flow.net.title,
            series: rateTitle(divisor),
            x: flow.times[i] as number,
            y,
          })),
        ),
      ),
      columns: 2,
    }),
  };
}

function collapseLines(flow: Flow): TheoryLine[] {
  const facet = flow.net.title;
  const line = (curve: readonly number[] = []) =>
    flow.times.map((time, i) => [time, curve[i] as number] as const);
  if (flow.quadratics.length === 0) {
    return [{ facet, label: 'limit of small rates', points: line(flow.curves(1000)[0]) }];
  }
  return [
    { facet, label: 'limit of small rates', points: line(exactCurves(flow)[0]) },
    {
      facet,
      label: 'exact descent',
      stroke: 'dashed',
      series: rateTitle(1),
      points: line(exactCurves(flow, 1)[0]),
    },
  ];
}

/** The limit check over rates. */
export function checkFigure(flows: readonly Flow[]): Figure {
  return {
    id: 'gradient-flow-limit-check',
    title: 'Did the dynamics move when the rate fell tenfold?',
    caption:
      'Root mean square over τ of the change of the mean ln loss when the learning rate falls from η to η/10, with 95 % intervals over initializations (cut where they reach 0). Below the margin the dynamics stayed still, above it they moved. Solid: exact descent on the quadratics of the trained readouts. Dashed: slope 1 through the whole net’s smallest rate. *Look for* slope 1, and for a check that sees both sides of the margin.',
    chart: lawChart({
      x: { title: 'learning rate η', scale: 'log10' },
      y: { title: 'change of ln loss', scale: 'log10' },
      series: { title: 'trained' },
      theory: flows.map(checkLine),
      measured: flows.flatMap((flow) =>
        tenfolds.map((pair) => {
          const { distance, interval } = tenfold(flow.curves, pair);
          // On a logarithmic axis an interval from 0 has no lower end.
          const low = Math.max(interval[0], distance / 10);
          const x = flow.net.largest / pair[0];
          return { series: flow.net.title, x, y: distance, low, high: interval[1] };
        }),
      ),
      rules: [{ axis: 'y', at: MARGIN, label: 'margin' }],
    }),
  };
}

function checkLine(flow: Flow): TheoryLine {
  const series = flow.net.title;
  const rate = ([divisor]: readonly [Divisor, Divisor]) => flow.net.largest / divisor;
  if (flow.quadratics.length > 0) {
    const exact = (divisor: Divisor) => exactCurves(flow, divisor);
    return {
      series,
      label: 'exact descent',
      points: tenfolds.map((pair) => [rate(pair), tenfold(exact, pair).distance] as const),
    };
  }
  const last = tenfolds[tenfolds.length - 1] as readonly [Divisor, Divisor];
  const constant = tenfold(flow.curves, last).distance / rate(last);
  return {
    series,
    label: 'slope 1',
    stroke: 'dashed',
    points: tenfolds.map((pair) => [rate(pair), constant * rate(pair)] as const),
  };
}
