import { type Evidence, lossWords, rangeWords, skippedWords } from '@hyperlaw/cli';
import { LEVEL, type RichText } from '@hyperlaw/report';
import { NEED_MARGIN } from './need-gaps.ts';
import type { NeedDecision } from './need-rule.ts';
import { phenomenaScale } from './phenomena-plan.ts';
import { scaleOf } from './plan.ts';
import { marginWords } from './statement.ts';
import { CONTEXT } from './tasks.ts';
import { searchSpace } from './tuning.ts';

export const introduction: readonly RichText[] = [
  'Norm layers stand in nearly every net that is trained at scale, and what they are for has been explained many times over. One account is exact: the loss does not change with the length of weights that a norm follows, so that gradients are orthogonal to them, their length can only grow under SGD, and what counts is the effective rate $\\eta/\\|w\\|^2$ ([van Laarhoven 2017](https://arxiv.org/abs/1706.05350), [Arora et al. 2018](https://arxiv.org/abs/1812.03981)). Another looks at signals: norms keep residual streams from growing with depth, and batch norm keeps the representations of examples apart ([Daneshmand et al. 2020](https://arxiv.org/abs/2003.01652)).',
  'The first question is whether these accounts, taken as predictions with numbers, hold in nets that learn. The second is whether anything is left of norms’ advantage once everything is tuned: every effect above could be had by other means. So nets with norms meet nets with something in their stead — a bounded map with a learned scale ([DyT](https://arxiv.org/abs/2503.10622)), branches that start at zero ([SkipInit](https://arxiv.org/abs/2002.10444)) or small ([LayerScale](https://arxiv.org/abs/2103.17239)), standardised weights ([1903.10520](https://arxiv.org/abs/1903.10520)), weights on a sphere ([2410.01131](https://arxiv.org/abs/2410.01131)), or steps in proportion to the weights (LARS, [1708.03888](https://arxiv.org/abs/1708.03888); LAMB, [1904.00962](https://arxiv.org/abs/1904.00962)) — and with nothing at all.',
];

/** How the numbers were made. */
export function method({ protocol, profile }: Evidence): readonly RichText[] {
  const { width, depth, deep, steps, transformer } = scaleOf(profile);
  const phenomena = phenomenaScale(profile);
  const { searchTrials, borrow, tuningSeeds, judgeSeeds, confirm } = protocol;
  const { one, own } = phenomena.rates;
  const exponents = ([low, high]: readonly [number, number]) => `$2^{${low}}$ to $2^{${high}}$`;
  return [
    `*Phenomena.* Plain ReLU nets of ${phenomena.depth} hidden layers with a norm before each activation, and residual ones of as many blocks $h \\leftarrow h + \\phi(h)W$ with LayerNorm before the branch, after the sum, or on both sides of the branch; width ${phenomena.width}, no biases, SGD with a constant rate, batches of 32. A *plane* trains ${phenomena.steps} steps at rates from ${exponents(one)} times ${phenomena.scales.length} init scales (of all weights but the readout’s) from ${phenomena.seeds} seeds; its losses are held-out. In a second kind of plane only the rate of these weights varies, from ${exponents(own)}, and the readout’s is held at $2^{-4}$. A *course* watches nets at several such rates for ${phenomena.courseSteps} steps; those for signals have ${phenomena.deep} layers, one rate for all weights, and ${phenomena.deepSteps} steps.`,
    '*Predictions* are regions in which an effect lies, by task and seed; their regions and what they follow from stand in the table. Tuned losses of a plane are those at the rate that is best for the *other* seeds.',
    `*Contests.* Residual ReLU nets of width ${width} with biases and ${depth} one-layer blocks, ${steps} steps of batches of 32, in which seven ways of having norms meet seven of not having them; again with ${deep.depth} blocks on some families. A decoder-only transformer of width ${transformer.width}, ${transformer.depth} layers, two heads, context ${CONTEXT}, ${transformer.steps} steps of 8 windows, where five meet five: batch norm would see later tokens, and weights are used as they are. MLPs train by SGD (LARS without momentum where steps are in proportion to weights), transformers by Adam with $\\beta_1 = 0.9$, $\\beta_2 = 0.99$ (LAMB). All rates are constant. Families of synthetic tasks have several instances, drawn before anything was trained; the text has several codes, or vocabularies.`,
    `*Equal tuning.* Learning rate and init scale of all weights, jointly, in factors of 2, for every arm by the same protocol: a coarse screen at a fraction ${protocol.screenFraction} of the horizon, ${searchTrials} settings at the full horizon, the best ${confirm} on ${tuningSeeds} tuning seeds, a slice along the rate through the best of them on all of these seeds, and for the best of the slice its neighbours and ${judgeSeeds} judging seeds. The ranges of nets trained by SGD are ${rangeWords(searchSpace)}, followed as far as the budget and these limits allow; Adam, LARS and LAMB have ranges of their own for the rate. Where they do not suffice the arm is marked. Where a task is learnt at two depths, up to ${borrow} of those settings, half-way through, are ones that an arm has not measured and that the same contestant at the other depth found best in a search of its own: a place to go on from, never the answer, and no trial more than without; normed nets and replacements borrow alike. Both sides have as many arms, so that the best normed net is chosen among as many as there are replacements. It is chosen on tuning seeds and validation examples; what is reported are fresh seeds and test examples. Runs that diverge are kept and counted as a constant prediction.`,
    lossWords,
  ];
}

/** The rules of `account-rule.ts` and `need-rule.ts` in words. */
export const decisionRule: readonly RichText[] = [
  'Both rules were fixed, and tested on made-up results, before the data of this page; a small pilot on other seeds, of one task, set ranges and sizes, and showed that large rates of normed weights can only be looked at where the readout has a rate of its own. A first whole run, whose arms borrowed nothing from other depths, came to mixed on the account and to inconclusive on the need; a second one, whose arms were judged at what was best before their slice and not at the best of it, to the same. The tuned nets of this page stand on seeds that neither saw; its phenomena are those of the first. Where effects stand on their bounds or margins either rule says anything at all in at most about 5 % of made-up suites.',
  `*What is going on.* Of every prediction the effect is the mean over tasks, its error that over seeds (for comparisons of tuned nets, over contests if that is larger). It is *supported* where it lies in its region and *refuted* where it lies outside, at level ${LEVEL} by one-sided $t$ tests with doubled $p$, Holm over all predictions; *mixed* where it surely lies inside in one task and outside in another.`,
  'The verdict on the account is *supported* where at least three quarters of the predictions are and none is refuted or mixed; *refuted* where more than half are; *mixed* where some are supported and others refuted or mixed; *inconclusive* otherwise. “Supported” means: what is going on is what theory says.',
  `*Whether they are needed.* The gap of a replacement is the mean of $\\log_2$ (its loss / the loss of the best normed net), paired by seed, over the tasks of a contest. Its error is the larger of two: over seeds, and from the scatter of tasks about the mean of their family, pooled over families, which holds the noise of tuning. The margin is ${marginWords}: less can be had by making a net a few times wider, and is as little as a single tuned arm can resolve.`,
  'A replacement *does without norms* where its gap is below the margin in every contest (the largest $p$ over contests, Holm over replacements); one that cannot be tried in a contest cannot. A contest *needs norms* where the gap of every replacement is above the margin (the largest $p$ over replacements, Holm over contests); it *does not* where some gap is below it (Holm over all pairs).',
  'The verdict on the need is *refuted* where some one replacement does without norms everywhere; *supported* where more than half of the contests need norms and none does not; *mixed* where some contest does and another does not; *inconclusive* otherwise.',
  'An arm on the edge of its range could be tuned better: a normed net there lets no gap be below the margin, a replacement there lets none be above.',
];

/** What the profile can and cannot decide. */
export function caveats(
  { profile, skipped }: Evidence,
  { results }: NeedDecision,
): readonly RichText[] {
  const { width, steps, deep } = scaleOf(profile);
  const edges = results.flatMap(({ gaps }) => gaps).filter((gap) => gap.edges > 0).length;
  const pairs = results.flatMap(({ gaps }) => gaps).length;
  return [
    ...skippedWords({ skipped }),
    `This profile can decide whether nets of width ${width} and at most ${deep.depth} blocks, after ${steps} steps, lose more than ${(100 * (2 ** NEED_MARGIN - 1)).toFixed(0)} % of their loss without norms. It cannot decide what happens near convergence, at a hundred layers, with momentum, schedules and decay, or in language models: where norms are said to matter most, nets are deeper and train longer than here.`,
    'Norms may be worth their while by sparing the tuning that is done here: that they widen the basin of good rates is an answer to the first question, and no gap after tuning to the second takes it back.',
    'Weight decay is not tuned: with it normed weights reach an equilibrium, and the effective rate becomes a matter of the decay.',
    'Batch norm evaluates by the statistics of the evaluated batch (256 examples), without running averages: its predictions may use what other held-out examples look like, which those of no other net can. Where the best normed net is one with batch norm, a gap holds whatever that is worth, for or against it.',
    'The phenomena are those of three tasks, and the intervals are over seeds alone: another task may differ, and a mean over tasks may be that of one (the claims say it by task). *Mixed* is corrected within a prediction, not over all.',
    'The first two predictions follow from an exact identity: scaling normed weights by $c$ and their rate by $c^2$ is the same training. They test the code and the search, and where they hold, that is no finding. Losses have more than one valley, and the rates that are tried are the same at every init scale, so that they show other valleys at one scale than at another: that, and edges taken for best rates, draws the exponent of the second below 2. It is a property of the window more than of norms. That norms of single examples leave the rank at the start alone, and that post-norm streams keep their scale, is nearly as much a matter of construction.',
    'The regions that are not half-lines (±0.05, 1.75 to 2.25, 0.35 to 0.65, ±0.25), the exponent below ½ and the share of 0.9 that makes a basin are choices of what counts as the same, not results of theory.',
    'Standardised weights and weights on a sphere are tried in MLPs alone, so that they cannot be found to do without norms everywhere.',
    'What starts branches small does so at 0.1; a learned tanh starts at slope 0.5; LARS has no momentum. These numbers are not tuned.',
    'The scatter of tasks is pooled over families: one in which tuning is noisy (multi-index) widens the intervals of one in which it is not (the texts), so that a gap near zero there may stay undecided for want of other families’ quiet. The rule has it so for error control; more instances of every family, as in `full`, are the remedy.',
    `The ${results.length} contests are not as many independent tasks: a family at two depths has the same instances, and the instances of a text, its codes or vocabularies, are one text. Gaps called the closest or the largest were chosen among several on the judging seeds, and their intervals do not correct for that; the verdicts do.`,
    'At two depths of one task an arm and its neighbour may stand on a setting that one lent the other, which ties their contests together a little more than the same instances do.',
    `${edges} of ${pairs} gaps rest on an arm that stands on the edge of its range.`,
    ...(profile === 'full'
      ? []
      : [
          'This profile is made for minutes on two cores; `full` trains wider and deeper nets for thousands of steps.',
        ]),
  ];
}
