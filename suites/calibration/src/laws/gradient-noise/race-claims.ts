import { type Claim, formatNumber } from '@hyperlaw/report';
import { agreement } from '../../agreement.ts';
import type { TaskRaces } from './races.ts';
import { hyperbola, overRuns } from './trade-off.ts';

/** The hyperbola of a task. */
export const fitOf = ({ races, points }: TaskRaces) =>
  hyperbola(
    races,
    points.map(({ steps }) => Math.log(steps)),
  );

/** What is claimed of one task. */
export function raceClaims(task: TaskRaces): readonly Claim[] {
  const { title, races, exact } = task;
  const misfit = overRuns(races, (logSteps) => hyperbola(races, logSteps).relativeError, 74);
  const runs = races[0]?.losses[0]?.length ?? 0;
  const units = exact ? `${runs} groups of runs` : `${runs} seeds`;
  const test = `${races.length} batch sizes, BCa bootstrap over ${units} of each`;
  const name = `Steps off the fitted hyperbola, root mean square of the logarithm: ${title}`;
  if (exact === null) {
    return [
      agreement({
        name,
        predicted: 0,
        measured: misfit,
        // Exact linear regressions are themselves 0.02 to 0.06 off, by their spectrum: better cannot be asked of a net.
        tolerance: 0.1,
        test,
      }),
    ];
  }
  const logExact = races.map(({ batch }) => Math.log(exact(batch)));
  const off = overRuns(
    races,
    (logSteps) =>
      logSteps.reduce((sum, value, i) => sum + value - (logExact[i] as number), 0) /
      logSteps.length,
    75,
  );
  const exactFit = hyperbola(races, logExact);
  const critical = overRuns(
    races,
    (logSteps) => hyperbola(races, logSteps).criticalBatchSize / exactFit.criticalBatchSize,
    76,
  );
  return [
    agreement({
      name: `Steps to the target over the exact recursion: ${title}`,
      predicted: 1,
      measured: {
        ...off,
        estimate: Math.exp(off.estimate),
        interval: [Math.exp(off.interval[0]), Math.exp(off.interval[1])],
      },
      // The crossing of a mean over runs; rates half an octave apart leave 1 % after the parabola.
      tolerance: 0.05,
      test: `geometric mean over ${test}`,
    }),
    agreement({
      name: `Critical batch size over that of the exact recursion: ${title}`,
      predicted: 1,
      formula: `1, of $B_\\text{crit} = ${formatNumber(exactFit.criticalBatchSize)}$`,
      measured: critical,
      // A quotient of the two ends of the fit: three times the 5 % of the steps.
      tolerance: 0.15,
      test,
    }),
    agreement({
      name,
      predicted: exactFit.relativeError,
      measured: misfit,
      // By the same 5 % of the steps, were they of any sign, less what the fit takes up.
      tolerance: 0.03,
      test,
    }),
  ];
}

/** One task's numbers in a sentence. */
export function raceText(task: TaskRaces): string {
  const { title, noiseScales, points, failed } = task;
  const fit = fitOf(task);
  const [first, last] = [points[0], points.at(-1)];
  const number = (value: number) => formatNumber(value);
  return [
    `On ${title} batches of ${first?.batch} to ${last?.batch} take ${number(first?.steps ?? 0)} to ${number(last?.steps ?? 0)} steps: $S_\\text{min} = ${number(fit.minimumSteps)}$, $E_\\text{min} = ${number(fit.minimumExamples)}$, $B_\\text{crit} = ${number(fit.criticalBatchSize)}$, against a $B_\\text{simple}$ of ${number(noiseScales.start)} at the start and ${number(noiseScales.target)} at the target.`,
    ...(failed.length > 0 ? [`The target was not reached at batch ${failed.join(', ')}.`] : []),
  ].join(' ');
}
