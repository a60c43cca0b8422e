import { type Claim, formatNumber } from '@hyperlaw/report';
import { mean } from '@hyperlaw/theory';
import { agreement } from '../../agreement.ts';
import { notMeasured } from '../../not-measured.ts';
import type { TaskRaces } from './races.ts';
import { hyperbola, overRuns } from './trade-off.ts';
import { sharpness } from './turn.ts';

/** The hyperbola of a task. */
export const fitOf = ({ races, points }: TaskRaces) =>
  hyperbola(
    races,
    points.map(({ steps }) => Math.log(steps)),
  );

/** What is claimed of one task. */
export function raceClaims(task: TaskRaces): readonly Claim[] {
  const { races, exact, title } = task;
  const runs = races[0]?.losses[0]?.length ?? 0;
  const units = exact ? `${runs} groups of runs` : `${runs} seeds`;
  const test = `${races.length} batch sizes, BCa bootstrap over ${units} of each`;
  const claims = [
    ...(exact ? exactClaims(task, exact, test) : [misfitClaim(task, test)]),
    races.length > 3
      ? sharpnessClaim(task, test)
      : notMeasured(sharpnessName(title), 'fewer than four batch sizes'),
    turnClaim(task, test),
  ];
  return claims.map((claim) => without(task, claim));
}

/** Batch sizes that are left out of fits might have told otherwise: what holds without them is undecided. */
function without({ edges, failed }: TaskRaces, claim: Claim): Claim {
  const said = [
    ...(edges.length > 0
      ? [
          `at batch ${edges.map(({ batch }) => batch).join(', ')} the best rate stands at an end of those tried`,
        ]
      : []),
    ...(failed.length > 0 ? [`at batch ${failed.join(', ')} the target was not reached`] : []),
  ];
  if (said.length === 0 || claim.verdict !== 'supported') return claim;
  const note = [`Undecided: ${said.join(', and ')}.`, claim.note].filter(Boolean).join(' ');
  return { ...claim, verdict: 'inconclusive', note };
}

const sharpnessName = (title: string): string =>
  `Sharpness of the turn, log₂ p of S = S_min [1 + (B_crit/B)^p]^(1/p): ${title}`;

function misfitClaim({ title, races }: TaskRaces, test: string): Claim {
  return agreement({
    name: `Steps off the fitted hyperbola, root mean square of the logarithm: ${title}`,
    predicted: 0,
    measured: overRuns(races, (logSteps) => hyperbola(races, logSteps).relativeError, 74),
    // Exact linear regressions are themselves 0.02 to 0.06 off, by their spectrum: better cannot be asked of a net.
    tolerance: 0.1,
    test,
    note: 'Tells the hyperbola from a corner and from a pure power, not from shapes next to it: of them the sharpness speaks.',
  });
}

/** Beside the recursion, which knows the steps without a fit. */
function exactClaims(
  { title, races }: TaskRaces,
  exact: (batch: number) => number,
  test: string,
): readonly Claim[] {
  const logExact = races.map(({ batch }) => Math.log(exact(batch)));
  const offBy = (logSteps: readonly number[]) =>
    logSteps.map((value, i) => value - (logExact[i] as number));
  const off = overRuns(races, (logSteps) => mean(offBy(logSteps)), 75);
  const scatter = overRuns(
    races,
    (logSteps) => Math.sqrt(mean(offBy(logSteps).map((x) => x * x))),
    77,
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
      tolerance: STEPS,
      test: `geometric mean over ${test}`,
    }),
    agreement({
      name: `Steps off the exact recursion, root mean square of the logarithm over batch sizes: ${title}`,
      predicted: 0,
      measured: scatter,
      tolerance: STEPS,
      test,
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
  ];
}

/** Relative error that steps to a target may have. */
const STEPS = 0.05;

function sharpnessClaim({ title, races, exact }: TaskRaces, test: string): Claim {
  const sharp = (logSteps: readonly number[]) =>
    Math.log2(sharpness(races.map(({ batch }, i) => ({ batch, logSteps: logSteps[i] as number }))));
  const predicted = exact ? sharp(races.map(({ batch }) => Math.log(exact(batch)))) : 0;
  return agreement({
    name: sharpnessName(title),
    predicted,
    formula: exact
      ? `${formatNumber(predicted)}, of $p = ${formatNumber(2 ** predicted)}$ of the recursion`
      : '0, of the hyperbola $p = 1$',
    measured: overRuns(races, sharp, 79),
    // At the turn ln S − ln S_min is (ln 2)/p: where steps are known to 5 %, log₂ p is to 0.05/(ln 2)². Of nets no more
    // can be asked than of exact regressions, which have p of 0.9 to 1.6, by spectrum and target.
    tolerance: exact ? STEPS / Math.LN2 ** 2 : 0.7,
    test,
  });
}

function turnClaim({ title, races, noiseScales }: TaskRaces, test: string): Claim {
  return agreement({
    name: `Critical batch size over B_simple at the target: ${title}`,
    predicted: 0,
    formula: `0, of $B_\\text{simple} = ${formatNumber(noiseScales.target)}$`,
    measured: overRuns(
      races,
      (logSteps) => Math.log2(hyperbola(races, logSteps).criticalBatchSize / noiseScales.target),
      80,
    ),
    // “Near”: within a factor of two.
    tolerance: 1,
    unit: 'log₂',
    test: `${test}; $B_\\text{simple}$ taken as it is`,
  });
}

/** One task's numbers in a sentence. */
export function raceText(task: TaskRaces): string {
  const { title, noiseScales, points, edges, failed } = task;
  const fit = fitOf(task);
  const [first, last] = [points[0], points.at(-1)];
  const number = (value: number) => formatNumber(value);
  return [
    `On ${title} batches of ${first?.batch} to ${last?.batch} take ${number(first?.steps ?? 0)} to ${number(last?.steps ?? 0)} steps: $S_\\text{min} = ${number(fit.minimumSteps)}$, $E_\\text{min} = ${number(fit.minimumExamples)}$, $B_\\text{crit} = ${number(fit.criticalBatchSize)}$, against a $B_\\text{simple}$ of ${number(noiseScales.start)} at the start and ${number(noiseScales.target)} at the target.`,
    ...(edges.length > 0
      ? [
          `At batch ${edges.map(({ batch }) => batch).join(', ')} the best rate stands at an end of those tried: drawn, and left out of every fit.`,
        ]
      : []),
    ...(failed.length > 0 ? [`The target was not reached at batch ${failed.join(', ')}.`] : []),
  ].join(' ');
}
