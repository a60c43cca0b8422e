import { type Figure, lawChart } from '@hyperlaw/report';
import { criticalWeightVariance } from '@hyperlaw/theory';
import { BIAS_VARIANCE, scaleLine } from './nets.ts';
import type { PlaneCell } from './plane.ts';
import type { Scale } from './scale-claims.ts';
import { overNets, phases, type Trajectories, type Trajectory } from './trajectories.ts';

const phaseTitle = ({ phase, weightVariance }: (typeof phases)[number]): string =>
  `${phase}, σ_w² = ${Number(weightVariance.toFixed(3))}`;

/** Correlations by layer, from three starts, in each phase. */
export function trajectoryFigure(tanh: readonly Trajectory[]): Figure {
  const drawn = tanh.flatMap((trajectory) => {
    const phase = phases.find(
      ({ weightVariance }) => weightVariance === trajectory.group.weightVariance,
    );
    return phase ? [{ ...trajectory, facet: phaseTitle(phase) }] : [];
  });
  const start = ({ group }: Trajectory): number => Number((1 - group.separation).toFixed(2));
  return {
    id: 'order-and-chaos-trajectories',
    title: 'What becomes of the correlation of two inputs',
    caption:
      'Correlation of the preactivations of two inputs, layer by layer, from three first correlations; tanh, $\\sigma_b^2 = 0.05$. *Look for* all starts ending at one correlation, which is 1 in the ordered phase, below 1 in the chaotic phase, and reached ever more slowly between them.',
    chart: lawChart({
      x: { title: 'layer' },
      y: { title: 'correlation c', domain: [0, 1.02] },
      series: { title: 'first correlation' },
      theory: drawn.map((each) => ({
        label: 'mean-field recursion',
        facet: each.facet,
        series: start(each),
        points: each.predicted.correlations.map((c, layer) => [layer + 1, c] as const),
      })),
      measured: drawn.flatMap((each) =>
        every(each.predicted.correlations.length, 2).map((layer) => {
          const { estimate, interval } = overNets(each.separations, layer);
          const [low, high] = interval;
          return {
            ...{ facet: each.facet, series: start(each), x: layer + 1 },
            ...{ y: 1 - estimate, low: 1 - high, high: 1 - low },
          };
        }),
      ),
      measuredLabel: 'measured over nets, 95 % interval',
    }),
  };
}

const every = (length: number, step: number): readonly number[] =>
  Array.from({ length: Math.ceil(length / step) }, (_, i) => i * step);

/** Depth scales of correlations and of gradients against the weight variance. */
export function scaleFigure(scales: readonly Scale[], cells: readonly PlaneCell[]): Figure {
  const row = cells.filter(({ biasVariance }) => biasVariance === BIAS_VARIANCE);
  const shown = scales.map(({ weightVariance }) => weightVariance);
  const [from, to] = [Math.min(...shown) - 0.1, Math.max(...shown) + 0.1];
  const critical = criticalWeightVariance('tanh', BIAS_VARIANCE);
  const axis = { from, to, most: 1000 };
  const [inputs, gradients] = ['correlations, ξ_c', 'small differences and gradients, |ξ_∇|'];
  return {
    id: 'order-and-chaos-scales',
    title: 'How deep a signal goes',
    caption:
      'Layers over which the correlation of two inputs approaches its fixed point by a factor $\\mathrm e$, and over which a small difference, or a gradient on its way back, grows or shrinks by $\\mathrm e$; $\\sigma_b^2 = 0.05$. *Look for* one curve on the ordered side, two on the chaotic side, and no end to either at the critical point.',
    chart: lawChart({
      x: { title: 'weight variance σ_w²', domain: [from, to] },
      y: { title: 'depth scale', unit: 'layers', scale: 'log10', domain: [2, 200] },
      series: { title: 'of' },
      theory: [
        { label: 'formula', series: gradients as string, points: scaleLine('gradient', axis) },
        { label: 'formula', series: inputs as string, points: scaleLine('correlation', axis) },
      ],
      measured: [
        ...row
          .filter(({ weightVariance }) => weightVariance >= from && weightVariance <= to)
          .map(({ weightVariance, logGrowth, interval }) => {
            const [low, high] = interval.map((rate) => 1 / Math.abs(rate)) as [number, number];
            const sure = interval[0] * interval[1] > 0;
            return {
              ...{ x: weightVariance, y: 1 / Math.abs(logGrowth), series: gradients as string },
              ...(sure ? { low: Math.min(low, high), high: Math.max(low, high) } : {}),
            };
          }),
        ...scales.map(({ weightVariance, measured: { estimate, interval } }) => ({
          ...{ x: weightVariance, y: estimate, low: interval[0], high: interval[1] },
          series: inputs as string,
        })),
      ],
      rules: [{ axis: 'x', at: critical, label: 'critical' }],
    }),
  };
}

/** 1 − c on logarithmic axes: exponential forgetting, and two kinds that have no scale. */
export function forgettingFigure({ tanh, relu }: Trajectories): Figure {
  const half = (weightVariance: number) =>
    tanh.find(({ group }) => group.weightVariance === weightVariance && group.separation === 0.5);
  const drawn = [
    { series: 'tanh, ordered', trajectory: half(phases[0].weightVariance) },
    { series: 'tanh, critical', trajectory: half(phases[1].weightVariance) },
    {
      series: 'ReLU, every σ_w²',
      trajectory: relu.find(({ group }) => group.weightVariance === 2),
    },
  ].flatMap(({ series, trajectory }) => (trajectory ? [{ series, ...trajectory }] : []));
  return {
    id: 'order-and-chaos-forgetting',
    title: 'ReLU and critical tanh have no depth scale',
    caption:
      'Distance of correlations from 1. *Look for* a curve that bends down for the ordered net, whose forgetting is exponential, and straight ends for the critical net (slope −1) and for ReLU without biases (slope −2, whatever $\\sigma_w^2$).',
    chart: lawChart({
      x: { title: 'layer', scale: 'log2' },
      y: { title: '1 − c', scale: 'log10', domain: [0.003, 1.1] },
      series: { title: '' },
      theory: drawn.map(({ series, predicted }) => ({
        ...{ label: 'mean-field recursion', series },
        points: predicted.correlations.map((c, layer) => [layer + 1, 1 - c] as const),
      })),
      measured: drawn.flatMap(({ series, predicted, separations }) =>
        spread(predicted.correlations.length).map((layer) => {
          const { estimate, interval } = overNets(separations, layer);
          const [low, high] = interval;
          return { series, x: layer + 1, y: estimate, low: Math.max(low, 1e-6), high };
        }),
      ),
      measuredLabel: 'measured over nets, 95 % interval',
    }),
  };
}

/** Layers at even distances on a logarithmic axis, from 0. */
function spread(length: number): readonly number[] {
  const all = Array.from({ length: 40 }, (_, i) => Math.round(2 ** (i / 3)) - 1);
  return [...new Set(all)].filter((layer) => layer < length);
}

/** Lengths on either side of ReLU's degenerate line. */
export function reluFigure(relu: readonly Trajectory[]): Figure {
  return {
    id: 'order-and-chaos-relu',
    title: 'ReLU’s degenerate line',
    caption:
      'Mean square of preactivations of ReLU nets without biases, over that of the first layer. *Look for* a level line at $\\sigma_w^2 = 2$: there every length is a fixed point. Intervals widen with depth over width.',
    chart: lawChart({
      x: { title: 'layer' },
      y: { title: 'q over q of the first layer', scale: 'log10' },
      series: { title: 'σ_w²' },
      theory: relu.map(({ group, predicted }) => ({
        label: '(σ_w²/2)^l',
        series: group.weightVariance,
        points: predicted.lengths.map((q, layer) => [layer + 1, q] as const),
      })),
      measured: relu.flatMap(({ group, lengths }) =>
        every(lengths[0]?.length ?? 0, 6).map((layer) => {
          const ratios = lengths.map((row) => [(row[layer] as number) / (row[0] as number)]);
          const { estimate, interval } =
            layer === 0 ? { estimate: 1, interval: [1, 1] } : overNets(ratios, 0);
          const [low, high] = interval as [number, number];
          return {
            ...{ series: group.weightVariance, x: layer + 1, y: estimate },
            ...{ low: Math.max(low, estimate / 10), high },
          };
        }),
      ),
    }),
  };
}
