import { formatChange, HARM_MARGIN, HEADROOM, LEVEL, type RichText } from '@hyperlaw/report';
import { countOf } from '@hyperlaw/sweep';
import type { Profile } from '../suite.ts';
import type { CounterexampleDeclaration, HarmScale } from './declaration.ts';
import type { Told } from './statement.ts';

/** How the family was searched and finds were replicated. */
export function searchMethod(
  { family, words }: CounterexampleDeclaration,
  { scale }: Told,
): readonly RichText[] {
  const { plan, sizes } = scale;
  const { search, scouting, replication } = plan;
  const axes = family.axes.map(({ title, levels }) => `${title} (${levels.join(', ')})`);
  const members = countOf(family.axes).toLocaleString('en-US');
  return [
    `*Family.* ${members} tasks: every combination of ${axes.join('; ')}.`,
    `*Search.* ${search.sample} tasks drawn at random, then ${search.rounds} rounds of ${search.batch} that a Gaussian process (Matérn 5/2, a length for each parameter, fitted anew each round) gives the highest upper bounds, ${search.optimism} standard deviations above what it expects (GP-BUCB, [Desautels, Krause and Burdick 2014](https://jmlr.org/papers/v15/desautels14a.html)). It maximises the harm of the larger net, less what the smaller one falls short of ${HEADROOM} (in $\\log_2$ loss) below a constant prediction: where nothing is learnt nothing can be lost. A task is measured by tuning and judging ${words.size}s ${sizes.small} and ${sizes.large} on one draw of it: a screen, ${scouting.searchTrials} settings, ${scouting.tuningSeeds} tuning and ${scouting.judgeSeeds} judging seeds. Bounds rather than expected improvement, since measurements are noisy and the best one so far is mostly luck; a random sample first, since it says what is usual in the family.`,
    `*Replication.* The ${plan.finalists} measured tasks of which the model expects the most, no two of them near each other, go on to ${plan.draws} fresh draws each: new directions, new training sets, tuned anew (${replication.searchTrials} settings, ${replication.tuningSeeds} tuning seeds, neighbours of the winner measured), ${replication.judgeSeeds} judging seeds, all seeds the draw’s own. The search’s own measurements are never counted. The finalist whose replicated harm is surest is tuned once more at ${words.size}s ${sizes.ladder.join(', ')} on ${plan.ladderDraws} further draws, and on ${plan.stretch.draws} more with ${plan.stretch.factor} times as many steps.`,
  ];
}

/** The decision rule of a search. */
export function decisionRule(
  { words }: CounterexampleDeclaration,
  { plan }: HarmScale,
): readonly RichText[] {
  return [
    `The harm of a draw is $\\log_2$ of the larger net’s tuned test loss over the smaller net’s, mean over judging seeds that both share; a run that diverged or is worse than a constant counts as having learnt nothing.`,
    `Of a finalist the claim “${words.more} hurts” is *supported* where its mean harm over the ${plan.draws} fresh draws exceeds ${HARM_MARGIN} (${formatChange(HARM_MARGIN)} of the loss; one-sided t test over draws, Holm over finalists, level ${LEVEL}), also with those draws left out whose larger net stands on an edge of its ranges, of which at least half must be left. It is *refuted* where the harm is below the margin likewise, with those draws left out whose smaller net stands on an edge. Otherwise it is *inconclusive*.`,
    'The verdict, that there is a counterexample, is *supported* where some finalist’s claim is, and *inconclusive* otherwise, with how far the search went. It is never *refuted*: no search through one family can show that there is none.',
    'What the search measured, the random sample, the ladder of sizes and the winner’s curse do not enter the verdict. Intervals of finalists hold for all of them at once. A find is the surest of several, and its replicated harm is flattered by that; its harm on the ladder’s draws, which chose nothing, is not.',
    'What would change our mind: a finalist that no longer replicates when more is tuned (momentum, schedules, layerwise rates), or, of an *inconclusive*, a family with a find.',
  ];
}

/** What this profile cannot decide. */
export function caveats({
  profile,
  scale,
  findings,
}: Told & { readonly profile: Profile }): readonly RichText[] {
  const large = findings.finalists.flatMap(({ duels }) => duels.map((duel) => duel.large));
  const whole = large.filter(({ winner }) => (winner?.knobs.duration ?? 1) === 1).length;
  return [
    `A counterexample shows that larger is not always better; it says nothing about the average task. An empty search says nothing about other families, nets or more than ${scale.steps} steps.`,
    `Training time is tuned up to ${scale.steps} steps. The larger net wanted all of them in ${whole} of ${large.length} replicated draws, and might want more: a harm of that kind is one at this horizon.`,
    'Tuned settings stand on a lattice, and every net has the same budget of trials. The draws’ scatter holds the noise of tuning, not its bias: if that budget leaves the larger net farther from its optimum on average, because its valley is sharper or moves more, what it loses by that counts as harm, and only the margin stands against it.',
    ...(profile === 'full'
      ? []
      : [
          'This profile is made for minutes on two cores; `full` trains longer and searches further.',
        ]),
  ];
}
