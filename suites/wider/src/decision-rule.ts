import type { Claim, VerdictWord } from '@hyperlaw/report';
import { holm } from '@hyperlaw/report';
import { LEVEL, MARGIN, UNIT } from './levels.ts';
import type { TaskMeasurements } from './measurements.ts';
import type { RandomSample } from './random-sample.ts';
import { randomSample, sampleClaims } from './random-sample.ts';
import type { Slope, TaskEffect } from './task-effect.ts';
import { isNegligible, taskEffect } from './task-effect.ts';

/** What the rule comes to. */
export interface Decision {
  readonly verdict: VerdictWord;
  /** One a named task, then those of the random sample. */
  readonly claims: readonly Claim[];
  readonly effects: readonly TaskEffect[];
  readonly sample: RandomSample | null;
}

/**
 * The decision rule, written down before the data. It sees losses by width and seed, nothing else.
 *
 * Of a named task the claim "wider is better" is
 * - `mixed` where the narrower and the wider half of the widths have opposite significant slopes (the larger of their
 *   two p values, Holm over tasks), or the slope over all widths is significant and some doubling significantly goes
 *   against it by more than the margin (Holm over the task's doublings);
 * - `supported` where the slope over all widths is negative (Holm over tasks) and its interval reaches beyond the
 *   margin; `refuted` where it is positive likewise;
 * - `inconclusive` otherwise.
 *
 * The verdict is
 * - `supported` where the random sample's claim is, at least half of the named tasks' are, and no task's is refuted
 *   or mixed;
 * - `refuted` where the sample's claim is and no named task's is supported, or where no claim is supported and more
 *   than half of the named tasks' are refuted;
 * - `mixed` where a claim is mixed, or some are supported and others refuted;
 * - `inconclusive` otherwise.
 */
export function decide(
  named: readonly TaskMeasurements[],
  random: readonly TaskMeasurements[],
): Decision {
  const effects = named.map(taskEffect);
  const sample = random.length > 0 ? randomSample(random) : null;
  const tasks = taskClaims(effects);
  const across = sample ? sampleClaims(sample) : [];
  return {
    verdict: overall(
      tasks.map(({ verdict }) => verdict),
      across[0]?.verdict ?? 'inconclusive',
    ),
    claims: [...tasks, ...across],
    effects,
    sample,
  };
}

/** The named tasks' claims; both families of tests are corrected by Holm over the tasks. */
export function taskClaims(effects: readonly TaskEffect[]): readonly Claim[] {
  const slopes = holm(effects.map(({ slope }) => slope.guarded));
  const turns = holm(effects.map(turnPValue));
  return effects.map((effect, i) => {
    const { task, title, slope } = effect;
    const pValue = slopes[i] as number;
    return {
      name: `Wider is better: ${title}`,
      task,
      verdict: taskVerdict(effect, { pValue, turn: turns[i] as number }),
      effect: slope.estimate,
      interval: slope.interval,
      test: `slope over tuned widths, t test, Holm over ${effects.length} tasks`,
      pValue,
      rawPValue: slope.guarded,
      unit: UNIT,
      note: noteOn(effect, turns[i] as number),
    };
  });
}

function taskVerdict(
  effect: TaskEffect,
  { pValue, turn }: { readonly pValue: number; readonly turn: number },
): VerdictWord {
  const { slope } = effect;
  if (turn <= LEVEL) return 'mixed';
  if (pValue > LEVEL || isNegligible(slope)) return 'inconclusive';
  if (againstTrend(effect).length > 0) return 'mixed';
  return slope.estimate < 0 ? 'supported' : 'refuted';
}

/** The p value of a turn: of both halves having a slope, where the slopes are opposite. */
function turnPValue({ halves }: TaskEffect): number {
  if (halves === null) return 1;
  const [narrow, wide] = halves;
  return narrow.estimate * wide.estimate < 0 ? Math.max(narrow.guarded, wide.guarded) : 1;
}

/** The doublings whose slope is significant, corrected over all doublings of the task. */
export function significantSteps({ steps }: TaskEffect): readonly Slope[] {
  const adjusted = holm(steps.map(({ guarded }) => guarded));
  return steps.filter((_, i) => (adjusted[i] as number) <= LEVEL);
}

/** The significant doublings that go against the slope over all widths by more than the margin. */
function againstTrend(effect: TaskEffect): readonly Slope[] {
  return significantSteps(effect).filter(
    ({ estimate }) => estimate * effect.slope.estimate < 0 && Math.abs(estimate) > MARGIN,
  );
}

function overall(tasks: readonly VerdictWord[], sample: VerdictWord): VerdictWord {
  const count = (word: VerdictWord) => tasks.filter((verdict) => verdict === word).length;
  const [better, worse, mixed] = [count('supported'), count('refuted'), count('mixed')];
  if (sample === 'supported' && 2 * better >= tasks.length && worse + mixed === 0) {
    return 'supported';
  }
  if (better === 0 && mixed === 0) {
    const most = 2 * worse > tasks.length && sample !== 'supported';
    if (sample === 'refuted' || most) return 'refuted';
  }
  const forIt = better > 0 || sample === 'supported';
  const againstIt = worse > 0 || sample === 'refuted';
  return mixed > 0 || (forIt && againstIt) ? 'mixed' : 'inconclusive';
}

function noteOn(effect: TaskEffect, turn: number): string {
  const { slope, edges, diverged, halves } = effect;
  const helpful = significantSteps(effect).filter(({ estimate }) => estimate < 0);
  const last = helpful[helpful.length - 1];
  const against = againstTrend(effect);
  const percent = Math.abs(100 * (1 - 2 ** slope.estimate));
  const notes = [
    `Each doubling changes the loss by ${slope.estimate < 0 ? '−' : '+'}${percent.toPrecision(2)} %.`,
    last
      ? `The widest single doubling known to help is ${last.from} to ${last.to}.`
      : 'No single doubling is known to help.',
    ...(halves && turn <= LEVEL
      ? [`The trend turns between ${halves[0].to} and ${halves[1].from}.`]
      : []),
    ...against.map(({ from, to }) => `Against the trend: ${from} to ${to}.`),
    ...(isNegligible(slope) ? ['No difference of practical size.'] : []),
    ...(edges.length > 0
      ? [
          `Width ${edges.join(', ')} on the edge of its range${slope.favoured ? ', where it favours the effect and is left out of the test' : ''}.`,
        ]
      : []),
    ...(diverged > 0
      ? [`${diverged} judging runs diverged and count as having learnt nothing.`]
      : []),
  ];
  return notes.join(' ');
}
