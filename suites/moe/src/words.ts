import { type Evidence, lossWords, rangeWords, skippedWords } from '@hyperlaw/cli';
import { DRIFT_MARGIN, type RichText } from '@hyperlaw/report';
import { axes, BASE, BATCH } from './axes.ts';
import { CHECK_STEPS, SLOPE_MARGIN } from './claims.ts';
import { PROBES } from './course.ts';
import { courseScale, WATCHED_RATE } from './course-plan.ts';
import type { Decision } from './decision-rule.ts';
import { scaleOf, searchSpace } from './plan.ts';
import { idleAxes } from './statement.ts';

export const introduction: readonly RichText[] = [
  'A mixture of experts has three sizes that a dense net has not: how many experts, how many of them are active, and how wide each is. Each proposal for its hyperparameters fixes what grows. With the numbers of experts fixed, experts are hidden weights and the router is an output layer ([Małaśnicki et al. 2025](https://arxiv.org/abs/2508.09752); regime I of [Vankadara et al. 2026](https://arxiv.org/abs/2605.14200)). Where the numbers grow with the width, gates are multiplied by $k_0/k$: of the sum over active experts the part that all agree on then stays of order 1, and the part that is random falls as $k^{-1/2}$. That imbalance, the second paper reports, moves the best rate in spite of $\\mu$P, and it repairs it by second maps that start $\\sqrt M$ times as large (experts of a fixed width, regime II) or by experts that all start alike (everything grows, regime III): *maximally scale-stable* (MSSP). Between the two stand *scaled gates* ([Jiang et al. 2026](https://arxiv.org/abs/2601.20205)): a router that is an output layer, and gates times $k_0/k$.',
  'Two pairs of proposals turn out to be one rule each: the router as an output layer, in the form of Table 8 of [2203.03466](https://arxiv.org/abs/2203.03466), trains as fixed experts do, and so does $\\mu$P by scaling class; and the $\\mu$P rules of regimes II and III are one rule in fan-in and fan-out. A test of the core package checks both, up to $\\varepsilon$, which the first paper leaves global. They share their rows below.',
];

/** How the numbers were made. */
export function method({ profile, protocol }: Evidence): readonly RichText[] {
  const { ratios, steps } = scaleOf(profile);
  const { stops, seeds } = courseScale(profile);
  const { width, count, active, features } = BASE;
  const { searchTrials, tuningSeeds, judgeSeeds, screenFraction } = protocol;
  return [
    `*Net.* $h = \\phi(x W)$, $z = \\sum_e g_e\\, \\phi(h U_e) D_e$ over the $k$ experts with the largest logits $r = h R$, gates $g_e = \\sigma(r_e)$, output $\\phi(z) V$; ReLU, no biases, no load-balancing loss, no capacity: nothing is dropped. Every expert computes every example, and gates that are 0 scale its features away, which on a processor is faster than looking examples up as long as fewer than about 4 experts are computed for each that is active; the operations that this page counts are those that were computed.`,
    `*Training.* Adam, $\\beta_1 = 0.9$, $\\beta_2 = 0.99$, constant rate, batches of ${BATCH}, ${steps} steps. $\\varepsilon = 10^{-12}$ lies below every gradient, so that the proposals’ rules for $\\varepsilon$, which core has, play no part here.`,
    `*Base and sizes.* All rules are SP at the base, but that under all-scaling MSSP all experts of a net have one start: width ${width}, ${count} experts of ${features} hidden features, ${active} active. Sizes are ${ratios.join(', ')} times the base along every axis; the number of active experts cannot exceed that of experts.`,
    `*Tuning.* The learning rate, in factors of 2, at every size under every rule: a screen at a fraction ${screenFraction} of the steps, ${searchTrials} rates at the full horizon, a slice of ${protocol.sliceRadius} steps to each side of the best on ${tuningSeeds} seeds, from which best rates are read, and ${judgeSeeds} judging seeds for the best of the slice; tuned losses are those of the judging seeds. The rate is searched first, and at most: ${rangeWords(searchSpace)}. Nets of several rules that come to the same numbers, tensor by tensor, are one arm. Tasks share seeds.`,
    lossWords,
    `*Watched nets.* Apart from that, all rules at all sizes are trained at the rate $2^{${Math.log2(WATCHED_RATE)}}$, chosen before any was seen, from ${seeds} seeds on one task, and looked at after ${stops.join(', ')} steps on ${PROBES} held-out examples.`,
  ];
}

/** The rule of `decision-rule.ts` in words. */
export const decisionRule: readonly RichText[] = [
  'The rule was fixed, and tested on made-up drifts, before the data of this page; a pilot on other seeds set the ranges of the search and the number of steps. A first run came to inconclusive; it judged nets at the rate that was best before the slice, which entered no claim. This page stands on seeds that no run before saw.',
  'The drift of a task along an axis is the slope of $\\log_2$ best rate (vertex of a parabola through the slice) over $\\log_2$ size; sizes whose best rate stands on the edge, or at which nothing is learnt, are left out, and a task counts where at most one is.',
  `Along an axis the best rate *stays put* (supported) where the 95 % interval of the mean drift over tasks lies within ±${DRIFT_MARGIN}; it *moves* (refuted) where the mean is significantly beyond (one-sided t test over tasks, Holm over all distinct trainings and axes, 5 %); otherwise, and with fewer than three tasks, inconclusive.`,
  'A proposal is judged on the axes that its authors derive it for: *supported* where all are, *refuted* where one is refuted and none supported, *mixed* where both occur, otherwise inconclusive. That an axis lies in a rule’s scope means that it is derived there, not that its authors promise transfer: 2605.14200 does not find its own $\\mu$P rules reliable, and derives MSSP for that.',
  'The verdict is *supported* where some rule stays put along every axis, those outside its scope too: the largest $p$, over axes, of two one-sided $t$ tests against the margin, Holm over distinct rules, 5 %. It is *refuted* where every proposal moves along some axis, otherwise inconclusive. SP is judged alike and is not among the proposals.',
  '*Changed after a pilot,* whose seeds are not these: the verdict corrects for the number of rules, since the best of several is more easily found by luck (before, each rule was allowed to err in 2.5 % of cases); and width was added to the scope of scaled gates, whose authors derive them for it.',
  `Coordinate checks (after ${CHECK_STEPS.late} steps, supported within ±${SLOPE_MARGIN} for every role) and claims on richness do not enter the verdict.`,
];

/** What this profile can and cannot decide. */
export function caveats(
  { profile, skipped, tasks }: Evidence,
  decision: Decision,
): readonly RichText[] {
  const { ratios, steps } = scaleOf(profile);
  const [least, most] = [Math.min(...ratios), Math.max(...ratios)];
  const idle = idleAxes(decision).map((axis) => axes[axis].title);
  return [
    ...skippedWords({ skipped }),
    `This profile can decide whether the best rate moves between ${least} and ${most} times the base in nets of one mixture after ${steps} steps, over ${tasks.length} tasks. It cannot say what happens in transformers, at the sizes of language models, or near convergence, where 2605.14200 sees its effects.`,
    'Drifts are averages over a few doublings at small sizes, where limits are not reached: a rule may drift here and settle later, or the other way.',
    ...(idle.length > 0
      ? [
          `Along ${idle.join(', ')} the best rate of SP stays put too: there it needs no rule, and that a rule keeps it in place is no evidence for the rule.`,
        ]
      : []),
    'Intervals are over tasks: they cover what differs between these tasks, not between all tasks. Tasks share seeds, so that what initial weights do to all of them alike is not covered.',
    `The margin of a quarter of a doubling per doubling is a convention: between ${least} and ${most} times the base a best rate may move by a factor of ${(2 ** (DRIFT_MARGIN * Math.log2(most / least))).toFixed(1)} and still count as put.`,
    'Coordinate checks and richness are measured on one task, over seeds alone, and their words are not corrected for how many roles and rules there are.',
    'Only the rate is tuned, one for all tensors; init scales, layerwise factors, $\\beta$s and schedules may move with size too.',
    'Gates are sigmoids; with softmax over the active experts gates sum to 1, and multiplying them by $k_0/k$ would divide twice.',
    'MSSP of regime I starts the router at 0, where a choice of the largest logits has nothing to choose by; it is not compared.',
    'Where no load-balancing loss is trained on, unevenness is the router’s own; with such a loss, or a capacity, results may differ.',
    ...(profile === 'full' ? [] : ['`full` goes to 16 times the base and thousands of steps.']),
  ];
}
