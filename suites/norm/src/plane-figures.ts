import type { Evidence } from '@hyperlaw/cli';
import { type Figure, lawChart, mapChart, trendChart } from '@hyperlaw/report';
import { geometricPoint, type IntervalPoint, intervalPoint } from './interval-point.ts';
import { mean } from './mean.ts';
import { phenomenaScale, phenomenonTasks } from './phenomena-plan.ts';
import { doses, kinds, type Phenomenon, placements } from './phenomenon-nets.ts';
import { basinsOf, everyScale, readingOf } from './plane-effects.ts';
import { bestRateAt, type PlaneReading, tunedAt } from './plane-readings.ts';
import { ACCOUNT } from './questions.ts';
import { titleOf } from './seed-values.ts';

const question = ACCOUNT.id;
const initScale = { title: 'init scale over the usual', scale: 'log2' } as const;

/** Whether the best rate of a scale stands on the end of the rates. */
function isEdge({ losses, rates }: PlaneReading, scale: number): boolean {
  const means = (losses[scale] ?? []).map(mean);
  const at = means.indexOf(Math.min(...means));
  return at === 0 || at === rates.length - 1;
}

/** The plane of rate and init scale without norms, and with them. */
export function planeFigure(evidence: Evidence): Figure | null {
  const tasks = phenomenonTasks(evidence.profile, evidence.tasks);
  const task = tasks[0];
  const [none, layer, , batch] = kinds as readonly [Phenomenon, Phenomenon, Phenomenon, Phenomenon];
  const panels = task
    ? ([
        ['no norms', readingOf(evidence, task, none)],
        ['LayerNorm', readingOf(evidence, task, layer)],
        ['BatchNorm', readingOf(evidence, task, batch)],
        ['LayerNorm, its weights at a rate of their own', readingOf(evidence, task, layer, 'own')],
      ] as const)
    : [];
  const cells = panels.flatMap(([facet, reading]) =>
    reading
      ? reading.scales.flatMap((x, s) =>
          reading.rates.map((rate, r) => ({
            facet,
            ...{ x, y: 2 ** rate, value: mean(reading.losses[s]?.[r] ?? [reading.ceiling]) },
          })),
        )
      : [],
  );
  if (!task || cells.length === 0) return null;
  return {
    id: 'plane',
    question,
    title: `Where nets learn: learning rate against init scale (${titleOf(task)})`,
    caption:
      'Held-out loss, mean over seeds, a run that diverged counting as a constant prediction; points are the best rates with 95 % intervals over seeds. The init scale is that of all weights but the readout’s, over the critical $\\sqrt 2$. *Look for* the strong colour: norms make a ridge into a plateau, and where normed weights have a rate of their own (last panel, the readout’s held) the plateau is a band along the line $\\eta \\propto \\sigma^2$, exactly the same at every scale. *Do not read* the colours as converged losses: all runs have the same few steps.',
    chart: mapChart({
      x: initScale,
      y: { title: 'learning rate', scale: 'log2' },
      value: { title: 'held-out loss', strong: 'low' },
      cells,
      points: panels.flatMap(([facet, reading]) =>
        reading
          ? reading.scales.map((x, s) => ({
              ...{ facet, x, ...geometricPoint(bestRateAt(reading, s)), edge: isEdge(reading, s) },
            }))
          : [],
      ),
      pointsLabel: 'best rate',
      columns: 2,
    }),
  };
}

/** Tuned loss against init scale: the rate tuned again at every scale. */
export function scaleFigure(evidence: Evidence, net: 'plain' | 'residual'): Figure | null {
  const nets = net === 'plain' ? kinds : placements;
  const points = pointsOver(evidence, nets, (reading, s) => geometricPoint(tunedAt(reading, s)));
  if (points.length === 0) return null;
  const plain = net === 'plain';
  return {
    id: plain ? 'init-scale' : 'placement',
    question,
    title: plain
      ? 'Loss against init scale, by kind of norm'
      : 'Loss against init scale in residual nets, by where LayerNorm stands',
    caption: plain
      ? 'Held-out loss of plain ReLU nets with the learning rate tuned at every init scale; every seed judged at the rate that is best for the others; 95 % intervals over seeds. *Look for* the side on which normed nets rise: too small a start heals, since weights grow until their steps are small beside them; too large a start does not. Hollow points: the best rate stands on the end of the searched ones.'
      : 'The same for residual nets, whose blocks add $\\phi(h)W$ to the stream. *Look for* the placements that flatten the curve: before the branch (with a norm at the end) all weights that write to the stream are scale-invariant together; after the sum they are not, since the stream they are added to has a scale of its own.',
    chart: trendChart({
      x: initScale,
      y: { title: 'held-out loss' },
      series: { title: plain ? 'norm' : 'LayerNorm' },
      points,
    }),
  };
}

function pointsOver(
  evidence: Evidence,
  nets: readonly Phenomenon[],
  value: (reading: PlaneReading, s: number) => IntervalPoint,
) {
  return phenomenonTasks(evidence.profile, evidence.tasks).flatMap((task) =>
    nets.flatMap((phenomenon) => {
      const reading = readingOf(evidence, task, phenomenon);
      if (reading === null) return [];
      return reading.scales.map((x, s) => ({
        ...{ facet: titleOf(task), series: phenomenon.title, x },
        ...{ ...value(reading, s), edge: isEdge(reading, s) },
      }));
    }),
  );
}

/** Best rate against init scale: of normed weights alone, beside the square of theory. */
export function rateFigure(evidence: Evidence): Figure | null {
  const nets = kinds.slice(1);
  const measured = phenomenonTasks(evidence.profile, evidence.tasks).flatMap((task) =>
    (['own', 'one'] as const).flatMap((rates) =>
      nets.flatMap((phenomenon) => {
        const reading = readingOf(evidence, task, phenomenon, rates);
        if (reading === null) return [];
        return reading.scales.map((x, s) => ({
          facet: `${titleOf(task)}, ${rates === 'own' ? 'own rate' : 'one rate'}`,
          ...{ series: phenomenon.title, x, ...geometricPoint(bestRateAt(reading, s)) },
          edge: isEdge(reading, s),
        }));
      }),
    ),
  );
  if (measured.length === 0) return null;
  const facets = [...new Set(measured.map(({ facet }) => facet))];
  const { scales } = phenomenaScale(evidence.profile);
  return {
    id: 'best-rate',
    question,
    title: 'The best rate against the init scale',
    caption:
      'Best learning rate, mean over seeds with 95 % intervals. *Own rate*: that of the weights which a norm follows, the readout’s held. *One rate*: that of all. Lines are $\\eta \\propto \\sigma^2$ through the mean at the usual scale. *Look for* points on the lines in the first kind of panel, which is the theory of invariant weights; and for what the readout, which is not invariant, makes of it in the second.',
    chart: lawChart({
      x: initScale,
      y: { title: 'best rate', scale: 'log2' },
      series: { title: 'norm' },
      theory: facets.map((facet) => {
        const own = measured.filter((point) => point.facet === facet && point.x === 1);
        const level = mean(own.map(({ y }) => Math.log2(y)));
        const ends = [Math.min(...scales), Math.max(...scales)];
        return {
          facet,
          label: 'square of the init scale',
          points: ends.map((x) => [x, 2 ** level * x ** 2] as const),
        };
      }),
      measured,
      measuredLabel: 'measured, with interval',
      columns: 2,
    }),
  };
}

/** Width of the basin against init scale. */
export function basinFigure(evidence: Evidence): Figure | null {
  const { scales } = phenomenaScale(evidence.profile);
  const points = phenomenonTasks(evidence.profile, evidence.tasks).flatMap((task) => {
    const readings = kinds.map((phenomenon) => readingOf(evidence, task, phenomenon));
    const bySide = scales.map((_, s) => basinsOf(readings, () => [s]));
    return kinds.flatMap(({ title }, k) =>
      scales.flatMap((x, s) => {
        const values = bySide[s]?.[k];
        return values ? [{ facet: titleOf(task), series: title, x, ...intervalPoint(values) }] : [];
      }),
    );
  });
  if (points.length === 0) return null;
  return {
    id: 'basin',
    question,
    title: 'How wide the basin of good rates is',
    caption:
      'Number of learning rates, a factor of 2 apart, at which a net gains at least 90 % of what the worst of these nets gains at its best over a constant prediction; mean over seeds, 95 % intervals. *Look for* curves that stay high to the left: normed nets forgive a small start. *Do not read* a wide basin as a low loss: the yardstick is the same for all nets of a panel, and modest.',
    chart: trendChart({
      x: initScale,
      y: { title: 'basin', unit: 'doublings of the rate', scale: 'linear' },
      series: { title: 'norm' },
      points,
    }),
  };
}

/** Basin and loss against how much of a norm there is. */
export function doseFigure(evidence: Evidence): Figure | null {
  const [quarter, half, second, fourth, gains, tanh] = doses as readonly Phenomenon[];
  const [none, layer] = kinds;
  const rows: readonly (readonly [string, number, Phenomenon | undefined])[] = [
    ...([0, 1 / 4, 1 / 2, 1] as const).map(
      (x, i) => ['by strength', x, [none, quarter, half, layer][i]] as const,
    ),
    // Four layers: every fourth is one norm, every second two.
    ...([0, 1 / 4, 1 / 2, 1] as const).map(
      (x, i) => ['by share of layers', x, [none, fourth, second, layer][i]] as const,
    ),
    ['with gains', 1, gains],
    ['tanh instead', 1, tanh],
  ];
  const points = phenomenonTasks(evidence.profile, evidence.tasks).flatMap((task) => {
    const readings = rows.map(([, , phenomenon]) =>
      phenomenon ? readingOf(evidence, task, phenomenon) : null,
    );
    return basinsOf(readings, everyScale).flatMap((values, i) => {
      const [series, x] = rows[i] as (typeof rows)[number];
      return values ? [{ facet: titleOf(task), series, x, ...intervalPoint(values) }] : [];
    });
  });
  if (points.length === 0) return null;
  return {
    id: 'dose',
    question,
    title: 'How much norm it takes',
    caption:
      'Mean width of the basin over init scales from ¼ to 4, against the strength $s$ of LayerNorm ($h$ divided by the $s$-th power of its scale) and against the share of layers that have one. *Look for* where the curves flatten: one norm at the end of a net, or half of one everywhere, may be nearly as good as all. The single points are LayerNorm with gains, and a tanh with a learned scale in its place. *Do not compare* panels, whose yardsticks differ.',
    chart: trendChart({
      x: { title: 'how much', scale: 'linear' },
      y: { title: 'mean basin', unit: 'doublings of the rate', scale: 'linear' },
      series: { title: 'LayerNorm' },
      points,
    }),
  };
}
