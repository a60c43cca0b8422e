import { type Figure, mapChart, meanInterval } from '@hyperlaw/report';
import { criticalPoint } from '@hyperlaw/theory';
import { scaleLine } from './nets.ts';
import type { PlaneFound } from './plane.ts';
import type { TrainedColumn, TrainedFound } from './trainable.ts';

/** Beyond it a depth scale is not told from infinity: its inverse is as small as the noise. */
const LONGEST = 100;

/** The phase diagram: how fast a small difference grows or shrinks, and the line where it does neither. */
export function phaseFigure({ cells, critical }: PlaneFound): Figure {
  const lengths = Array.from({ length: 61 }, (_, i) => (i / 30) ** 2);
  return {
    id: 'order-and-chaos-plane',
    title: 'Order and chaos',
    caption:
      'Layers over which a small difference of two inputs shrinks (left of the line: order) or grows (right of it: chaos) by a factor $\\mathrm e$, in tanh nets. *Look for* the ridge under the critical line $\\chi_1 = 1$, and for the points where the measured growth is 1.',
    chart: mapChart({
      x: { title: 'weight variance σ_w²' },
      y: { title: 'bias variance σ_b²' },
      value: {
        ...{ title: 'layers for a factor e', scale: 'log10', domain: [1, LONGEST] },
        strong: 'high',
      },
      cells: cells.map(({ weightVariance, biasVariance, logGrowth }) => ({
        ...{ x: weightVariance, y: biasVariance },
        value: Math.min(LONGEST, Math.max(1, 1 / Math.abs(logGrowth))),
      })),
      theory: [
        {
          label: 'critical line, χ₁ = 1',
          points: lengths
            .map((q) => criticalPoint('tanh', q))
            .filter(({ biasVariance }) => biasVariance <= 0.45)
            .map(({ weightVariance, biasVariance }) => [weightVariance, biasVariance] as const),
        },
      ],
      points: critical.map(({ weightVariance, measured: { estimate, interval } }) => ({
        ...{ x: weightVariance, y: estimate, low: interval[0], high: interval[1] },
      })),
      pointsLabel: 'growth 1, 95 % interval',
    }),
  };
}

/** What was learnt, by depth and weight variance. */
export function trainedFigure({ columns, depths, steps }: TrainedFound): Figure {
  const variances = columns.map(({ weightVariance }) => weightVariance);
  const [from, to] = [Math.min(...variances), Math.max(...variances)];
  const deepest = Math.max(...depths);
  const line = (of: 'correlation' | 'gradient') =>
    scaleLine(of, { from, to, most: deepest }).map(
      ([weightVariance, scale]) => [weightVariance, scale === null ? null : 6 * scale] as const,
    );
  return {
    id: 'order-and-chaos-trained',
    title: 'How far a net can be trained',
    caption: `Held-out loss of tanh nets after ${steps} steps of SGD, the better of the learning rates, mean over seeds; $\\sigma_b^2 = 0.05$. Solid: $6\\,\\xi_c$; dashed: six times the scale over which gradients vanish or explode; one line on the ordered side. Points are where the loss crosses the middle between chance and the lowest loss; where nets of all depths learn, or of none, there is no point. *Look for* points along the lines, which they leave near the critical line, where both go up and the points do not.`,
    chart: mapChart({
      x: { title: 'weight variance σ_w²' },
      y: { title: 'depth', unit: 'layers', scale: 'log2' },
      value: { title: 'held-out loss', unit: 'nats', strong: 'low' },
      cells: columns.flatMap(({ weightVariance, losses }) =>
        losses.map((value, i) => ({ x: weightVariance, y: depths[i] as number, value })),
      ),
      theory: [
        { label: '6 ξ_c', points: line('correlation') },
        { label: '6 |ξ_∇|', stroke: 'dashed', points: line('gradient') },
      ],
      points: columns.flatMap((column) => reachedPoint(column)),
      pointsLabel: 'half learnt, 95 % interval',
    }),
  };
}

/** The geometric mean over seeds of the depth that is reached, where it is more than a bound. */
function reachedPoint({ weightVariance, reached }: TrainedColumn) {
  if (reached.some(({ bound }) => bound !== 'at')) return [];
  const { estimate, interval } = meanInterval(reached.map(({ depth }) => Math.log(depth)));
  const [low, high] = interval;
  return [{ x: weightVariance, y: Math.exp(estimate), low: Math.exp(low), high: Math.exp(high) }];
}
