import {
  type Figure,
  lawChart,
  meanInterval,
  sweepOptimum,
  tuningCurvesChart,
} from '@hyperlaw/report';
import { mean } from '@hyperlaw/theory';
import { exponential, RESAMPLING } from './batch-found.ts';
import { bestForSteps } from './inputs.ts';
import {
  type LinearRampFound,
  type LinearSweepFound,
  type NetRangeFound,
  rules,
  ruleTitles,
} from './range-found.ts';
import { type RampPoint, smoothed } from './range-test.ts';

const SWEPT = 'best constant rate';

export function linearRangeFigure(
  ramps: readonly LinearRampFound[],
  sweeps: readonly LinearSweepFound[],
): Figure {
  return {
    id: 'learning-rate-rules-ramp',
    title: 'A range test depends on its length',
    caption:
      'Rates that a ramp of so many steps suggests on linear regression, and the best constant rate for as many steps, with 95 % intervals over groups of runs. Lines: the exact recursion of the expected loss, nothing fitted. *Look for* suggestions that follow theory, and not the best rate: with label noise a longer run wants a smaller rate, while the smoothed loss of a short ramp lags behind it.',
    chart: lawChart({
      x: { title: 'steps of the ramp, or of the run', scale: 'log2' },
      y: { title: 'learning rate', scale: 'log10' },
      series: { title: 'rate' },
      theory: [
        { series: SWEPT, points: ramps.map(({ steps }) => [steps, bestForSteps(steps)] as const) },
        ...rules.map((rule) => ({
          series: ruleTitles[rule],
          points: ramps.map(({ steps, exact }) => [steps, exact[rule]] as const),
        })),
      ],
      measured: [
        ...sweeps.flatMap(({ steps, points }) => {
          const { x, interval, status } = sweepOptimum(points, RESAMPLING);
          if (x === null || interval === null) return [];
          const [low, high] = interval;
          return [{ series: SWEPT, x: steps, y: x, low, high, edge: status === 'edge' }];
        }),
        ...rules.flatMap((rule) =>
          ramps.map(({ steps, measured }) => {
            const logs = measured.map((each) => Math.log(each[rule]));
            const { estimate, interval } = exponential(meanInterval(logs));
            const [low, high] = interval;
            return { series: ruleTitles[rule], x: steps, y: estimate, low, high };
          }),
        ),
      ],
    }),
  };
}

/** The smoothed loss as the finder sees it, mean over runs, as far as all of them go. */
function meanRamp(ramps: readonly (readonly RampPoint[])[]): readonly { x: number; y: number }[] {
  const runs = ramps.map((ramp) => smoothed(ramp));
  const length = Math.min(...runs.map((run) => run.length));
  return Array.from({ length }, (_, t) => ({
    x: runs[0]?.[t]?.rate ?? 0,
    y: mean(runs.map((run) => run[t]?.loss ?? 0)),
  }));
}

/** One figure a task, since losses of different kinds share no axis. */
export function netRangeFigures(found: readonly NetRangeFound[]): readonly Figure[] {
  const kinds = [...new Set(found.map(({ ramp }) => ramp.task.kind))];
  return kinds.map((kind) => netRangeFigure(found.filter(({ ramp }) => ramp.task.kind === kind)));
}

function netRangeFigure(found: readonly NetRangeFound[]): Figure {
  const [task] = (found[0]?.title ?? '').split(',');
  const [ramp, sweep] = ['range test', 'constant rate'];
  return {
    id: `learning-rate-rules-range-${found[0]?.ramp.task.kind}`,
    title: `Range tests beside sweeps: ${task}`,
    caption:
      'Smoothed training loss along the finder’s ramp of 100 steps, mean over runs, and held-out loss after 400 steps at a constant rate. Dots on the ramp: what its two rules suggest, the steepest descent to the left of a tenth of the minimum; dot on the sweep: its optimum; bars are 95 % intervals, a cross a rate at which some run diverged. *Look for* the distance between the dots on the ramp and that on the sweep: a decade is 3.3 doublings.',
    chart: tuningCurvesChart({
      x: { title: 'learning rate' },
      y: { title: 'loss' },
      series: { title: 'run' },
      points: found.flatMap(({ title, ramps, points }) => {
        const line = meanRamp(ramps);
        return [
          ...line.map(({ x, y }) => ({ facet: title, series: ramp, x, y })),
          ...points.map(({ x, losses }) => {
            const finished = losses.filter((loss) => loss !== null);
            const whole = finished.length === losses.length;
            const y = whole ? mean(finished) : null;
            return { facet: title, series: sweep, x, y };
          }),
        ];
      }),
      optima: found.flatMap(({ title, ramps, suggestions, points }) => {
        const line = meanRamp(ramps);
        const { x, loss: y, interval, status } = sweepOptimum(points, RESAMPLING);
        const best =
          x === null || y === null || interval === null
            ? []
            : [
                {
                  ...{ facet: title, series: sweep, x, y, low: interval[0], high: interval[1] },
                  edge: status === 'edge',
                },
              ];
        const suggested = rules.flatMap((rule) => {
          if (suggestions.length < 2) return [];
          const at = exponential(meanInterval(suggestions.map((each) => Math.log(each[rule]))));
          const near = line.reduce((a, b) =>
            Math.abs(Math.log(b.x / at.estimate)) < Math.abs(Math.log(a.x / at.estimate)) ? b : a,
          );
          const [low, high] = at.interval;
          return [{ facet: title, series: ramp, x: at.estimate, y: near.y, low, high }];
        });
        return [...best, ...suggested];
      }),
    }),
  };
}
