import { type Evidence, lossWords, rangeWords, skippedWords } from '@hyperlaw/cli';
import {
  DRIFT_MARGIN,
  isNegligible,
  LEVEL,
  MARGIN,
  type RichText,
  type SizeEffect,
} from '@hyperlaw/report';
import { type Decision, decide, whereTitles } from './decision-rule.ts';
import { type Comparison, comparisons } from './equal-budgets.ts';
import type { Sorted } from './evidence.ts';
import { cellsOf, scaleOf } from './plan.ts';
import { tuned } from './tuning.ts';

export const introduction: readonly RichText[] = [
  'Infinite depth is a finickier limit than infinite width. A plain net off the critical line loses its input after a few depth scales ([Schoenholz et al. 2016](https://arxiv.org/abs/1611.01232)), and even on it fluctuates from one random start to the next as $\\exp(\\text{depth}/\\text{width})$ ([Hanin and Nica 2019](https://arxiv.org/abs/1909.05989)). Residual nets have proper limits where every branch is multiplied by $L^{-1/2}$ ([Bordelon et al. 2023](https://arxiv.org/abs/2309.16620), [Yang et al. 2023](https://arxiv.org/abs/2310.02244)) or by $L^{-1}$ with rates to match (CompleteP, [Dey et al. 2025](https://arxiv.org/abs/2505.01618)), and the best learning rate should then stay where it is. Whether the tuned loss *falls* with depth is what no theory says yet.',
  'The question leaves open what is held equal. More layers of the same width are more parameters and more compute: it would be odd if they hurt. So there are three answers here, from the same tasks, tuned in the same way: at *equal width* and steps; at *equal parameters*, where a deeper net is narrower; and at *equal compute*, where a deeper net of the same width trains for fewer steps.',
];

/** How the numbers were made. */
export function method({ protocol, profile, tasks }: Evidence): readonly RichText[] {
  const cells = cellsOf(profile, tasks);
  const { named, random, transformer } = scaleOf(profile);
  const range = (net: string, of: (cell: (typeof cells)[number]) => number) => {
    const values = cells.filter((cell) => cell.net === net && cell.group === 'named').map(of);
    return values.length === 0 ? 'none' : `${Math.min(...values)} to ${Math.max(...values)}`;
  };
  const { searchTrials, borrow, tuningSeeds, judgeSeeds, confirm } = protocol;
  const at = ({ anchor: { depth, width, steps } }: typeof named) =>
    `depth ${depth}, width ${width}, ${steps} steps`;
  return [
    '*Residual net.* A linear input layer, $L$ blocks $h \\leftarrow h + m\\,\\phi(h) W$ with ReLU, a linear readout; no biases, no norms ([2309.16620](https://arxiv.org/abs/2309.16620)). *Plain net.* $L$ hidden layers $h \\leftarrow \\phi(h W)$ and a readout; its critical init scale is $\\sqrt 2$. Both train by SGD with a constant rate on batches of 32, in $\\mu$P over the width.',
    `*Transformer.* Decoder-only, pre-norm (RMS, no gains), two heads, rotary positions, context 16, ReLU, untied readout; Adam with $\\beta_1 = 0.9$, $\\beta_2 = 0.99$, in $\\mu$P and CompleteP; batches of 8 windows, every position predicting its next byte. Plain SGD hardly trains it.`,
    `*Equal.* The anchor is ${at(named)} on the named tasks (depths ${named.depths.join(', ')}), ${at(random)} on the random ones (depths ${random.depths.join(', ')}), and ${at(transformer)} for the transformer (depths ${transformer.depths.join(', ')}). Equal width: that width, those steps. Equal parameters: the width whose count of all trained numbers comes closest (residual nets: ${range('residual', ({ width }) => width)}), those steps. Equal compute: that width, and as many steps as make steps times floating-point operations of a step equal (residual nets: ${range('residual', ({ arm }) => arm.steps)} steps); operations are those of matrix products, not wall-clock time, in which deep narrow nets would fare worse. At equal parameters compute is nearly equal too, since a parameter costs six operations an example wherever it stands.`,
    `*What is tuned.* Learning rate, init scale, and (residual nets and transformer) branch multiplier, jointly, in factors of 2 (the init scale of plain nets in factors of $\\sqrt 2$), at every depth, width and number of steps: ${rangeWords(tuned.residual.space)} (plain nets: ${rangeWords(tuned.plain.space)}; transformer: ${rangeWords(tuned.transformer.space.slice(0, 1))}, otherwise as residual nets), followed as far as the budget and these limits allow; where that does not suffice the arm is marked. Under SGD the multiplier makes one family of the rules: branches times 1, $L^{-1/2}$ and $L^{-1}$ differ by a factor that the knob covers, so that an arm tuned over $m$ is tuned over all three (a test of this suite checks it to the last bit). CompleteP under SGD is $L^{-1/2}$ with branches that start $L^{1/2}$ times smaller, which is outside: that would take an init scale of its own for branches.`,
    `*Transfer.* Apart from that, the named tasks are tuned once more over the rate alone, at equal width and with all scales as theory has them: plain nets at $\\sigma = \\sqrt 2$; residual ones at $\\sigma = 1$ with branches times 1, $L^{-1/2}$, and in CompleteP. These arms enter no verdict.`,
    `*Protocol.* Every arm gets the same budget: a coarse screen at a fraction ${protocol.screenFraction} of the horizon, ${searchTrials} settings at the full horizon, the best ${confirm} on ${tuningSeeds} tuning seeds, a slice along the rate through the best of them on all of these seeds, and for the best of the slice its neighbours and ${judgeSeeds} judging seeds. Among those ${searchTrials}, half-way through, are up to ${borrow} that an arm has not measured and that its neighbours found best, the next depths on either side in the same comparison, each by a search of its own: a place to go on from, never the answer, and no trial more than without. (Tried on seeds of its own: of 57 residual arms of three named tasks 12 came to another winner than without it; on further seeds and validation examples 10 were better and one worse, the most at depths 16 and 32 with few steps, and the twelfth diverged less often. Of 38 plain arms of two tasks 4 did, none better.) Tuning looks at validation examples, judging at test examples; neither seeds nor examples are shared, and only judged losses are reported. All arms of a task share seeds: the same examples in the same order, so that differences are paired. Runs that diverge are kept and counted.`,
    lossWords,
    '*Random tasks* are drawn, before anything is trained, from seven synthetic families with random dimensions, noise, teachers, polynomials, spectra and grammars: that distribution is what “on average over arbitrary tasks” means here.',
  ];
}

/** The rule of `decision-rule.ts` in words. */
export const decisionRule: readonly RichText[] = [
  'The rule was fixed, and tested on made-up sweeps, before the data of this page; a small pilot on other seeds set the ranges of the search. The rule for the verdict has not changed since; the search has: a first whole run, on seeds of its own, left a quarter of its arms on an edge for want of measured neighbours, so that winners are now enclosed. That run came to inconclusive at equal width and at equal parameters, to refuted at equal compute, and to inconclusive overall. A second one, with enclosed winners, depths up to 32 and arms that borrowed nothing, came to inconclusive at equal width, to refuted at equal parameters and at equal compute, and to inconclusive overall; a third, to depth 64 and with arms that may borrow, over five named tasks and the transformer, to the same; a fourth, with power-law features and parity, so that all named tasks of the suite on width are here, to the same again. After it arms came to be judged at the best of their slice, where they had been judged at what was best before the slice, and arms that learnt nothing to be left out of the claims on transfer (with them the best rate under $L^{-1/2}$ drifted by 0.13 [−0.16, 0.43], undecided; without, on the same data, by 0.02 [−0.05, 0.08]). This page stands on seeds that no run before saw. The rule is that of the suite on width, applied to each of the three comparisons alone. Where nothing happens it makes a claim about some named task of a comparison in at most about 5 % of made-up sweeps, tuning noise included.',
  'The effect in a task is the least-squares slope of $\\log_2$ held-out loss over $\\log_2$ depth, of residual nets, and of the transformer as one task more. The best reachable loss is not subtracted.',
  'A run that diverged counts as having learnt nothing: the loss of a constant prediction, which also caps every other run. None is dropped.',
  'The standard error is the larger of two: over seeds, and from the scatter of arms about a parabola in $\\log_2$ depth, pooled over the three comparisons (the anchor counts once). A tuned setting is itself a random draw; the scatter holds that noise, which seeds alone do not show.',
  `A task’s claim is *supported* where the slope is negative at level ${LEVEL} (Student’s $t$, Holm over the tasks of a comparison), *refuted* where it is positive likewise, provided its interval does not lie within ±${MARGIN}, which makes no practical difference. It is *mixed* where the shallower and the deeper half of the depths have significant slopes of opposite sign (Holm over tasks), or where a single step goes significantly against a significant slope (Holm over the task’s steps) by more than ${MARGIN}. Otherwise it is *inconclusive*.`,
  'The loss of an arm on the edge of its search range only bounds its tuned loss from above. A p value counts only if it holds with those edge arms left out that favour the effect: a shallow arm on the edge cannot support the claim, a deep one cannot refute it.',
  `Over random tasks the share in which the deepest net beats the shallowest is tested against ½ (exact binomial, level ${LEVEL}); wins over a loser on the edge must not be needed for it. A task of which neither net comes below a constant prediction by the margin is in neither count.`,
  'A comparison is *supported* if that share is significantly above ½, at least half of the named tasks support the claim, and none refutes it or is mixed. *Refuted* if the share is significantly below ½ and no named task supports the claim or is mixed, or if no claim supports it and more than half of the named tasks refute it. *Mixed* if claims point both ways. Otherwise *inconclusive*.',
  'Overall: *supported* or *refuted* if all three comparisons are; *mixed* if one is mixed, or one is supported and another refuted; otherwise *inconclusive*, since the question does not say what is to be held equal.',
  `Claims on plain nets, on the gap between plain and residual ones, on transfer and on the branch multiplier do not enter the verdict. Transfer means that the best rate drifts by less than ${DRIFT_MARGIN} doublings per doubling of depth, with the interval over tasks.`,
];

/** What this profile can and cannot decide. */
export function caveats(
  { profile, protocol, skipped, tasks, outcomes }: Evidence,
  {
    decision,
    compared,
    residual,
  }: { readonly decision: Decision } & Pick<Sorted, 'compared' | 'residual'>,
): readonly RichText[] {
  const { named, random, transformer } = scaleOf(profile);
  const deepest = Math.max(...named.depths);
  const cells = cellsOf(profile, tasks);
  const deep = cells.filter(
    ({ group, net, depth }) => group === 'named' && net === 'residual' && depth === deepest,
  );
  const fewest = Math.min(named.anchor.steps, ...deep.map(({ arm }) => arm.steps));
  const narrowest = Math.min(named.anchor.width, ...deep.map(({ width }) => width));
  // A slice may have moved the winner off what was borrowed.
  const won = outcomes.filter(({ slice, borrowed }) =>
    borrowed.some((setting) => slice.some((point) => point.setting.join() === setting.join())),
  ).length;
  const count = new Set(
    cells.filter(({ group }) => group === 'random').map(({ task }) => task.name),
  ).size;
  return [
    ...skippedWords({ skipped }),
    `This profile can decide whether tuned loss falls or rises between depth 1 and ${deepest} after ${named.anchor.steps} steps of nets of width ${named.anchor.width}, in each of the tasks named, and whether depth ${Math.max(...random.depths)} beats depth 1 in most of ${count} random ones. It cannot decide what happens near convergence, at widths far above the depth, or beyond depth ${deepest}; and a task whose loss hardly changes with depth stays undecided.`,
    `Depth needs training: a deep net that would win after many steps may lose after few. The comparison at equal compute gives the deepest residual nets ${fewest} steps, a coarse screen ${Math.round(fewest * protocol.screenFraction)}, and holds for the budget of its anchor only; another anchor may order depths differently.`,
    `At depth ${deepest} residual nets are ${narrowest} units wide at equal parameters and ${named.anchor.width} at equal width: the fewer units a layer has beside the depth, the more a net fluctuates from one random start to the next.`,
    `The random tasks and the transformer stop at depths ${Math.max(...random.depths)} and ${Math.max(...transformer.depths)}: what is said of depth ${deepest} is said of the named tasks. A plain net that trains at no setting is counted as having learnt nothing; a finer search near its critical scale might still find one that does.`,
    'The rate, the init scale and the multiplier are one number each for all layers: layerwise factors, schedules, momentum, norms and regularisation are not tuned and may matter to one depth more than to another. The transformer’s $\\beta_1$, $\\beta_2$, heads and expansion are not tuned either.',
    'Online tasks cannot overfit, so that a harm of depth by overfitting could not show; that needs finite training sets.',
    `What neighbours lend ties their arms together: ${won} of ${outcomes.length} winners were found along a slice that holds a borrowed setting, and as far as they were, the tuning noise of neighbouring depths is not as independent as the rule takes it to be. In made-up sweeps in which nothing happens and that noise is correlated by a tenth, the rule makes a claim about some named task of a comparison in 3 % where the noise of tuning is half that of seeds, and in 8 % where it is five times as large (3 % and 4 % without correlation); about a comparison, or overall, in about 1 % or less.`,
    'One transformer, one text, and a context of 16: it is one task among the named, not a statement about language models.',
    'The share of random tasks is a statement about the distribution they are drawn from, which is of our making. Few of its targets are compositions that only depth can express cheaply; the random hierarchy is one.',
    `${alikeOf(decision)} There nets of every depth come to nearly the same loss, at its floor or where nothing but the mean is learnt yet, so that a win is a coin’s and draws the share towards ½: a share that is not significant does not say that depth makes no difference.`,
    `Counted otherwise, which decides nothing: ${recounted(decide(residual))} without the transformer; ${recounted(decide(telling(compared, decision)))} without the random tasks whose interval lies within ±${MARGIN}; ${recounted(decide(telling(residual, decision)))} without both.`,
    'Tuned settings stand on a lattice; a finer one would lower all losses a little, those in sharper valleys more, and three knobs are searched on the same budget as one.',
    ...(profile === 'full'
      ? []
      : [
          'This profile is made for minutes on two cores; `full` goes to width 128 and thousands of steps, and has random tasks up to depth 64.',
        ]),
  ];
}

/** The same without the random tasks in which depth makes no difference that matters. */
function telling(compared: Sorted['compared'], { parts }: Decision): Sorted['compared'] {
  const without = (comparison: Comparison) => {
    const { named, random } = compared[comparison];
    const effects = parts[comparison].sample?.effects ?? [];
    return {
      named,
      random: random.filter((_, i) => !isNegligible((effects[i] as SizeEffect).slope)),
    };
  };
  return {
    width: without('width'),
    parameters: without('parameters'),
    compute: without('compute'),
  };
}

/** What the rule would come to, with the wins among random tasks. */
function recounted({ verdict, parts }: Decision): string {
  const each = comparisons.map((comparison) => {
    const { verdict: word, sample } = parts[comparison];
    const wins = sample
      ? ` (${sample.overall.count} of ${sample.overall.total} random tasks, ${pOf(sample.overall.pValue)})`
      : '';
    return `${word} ${whereTitles[comparison]}${wins}`;
  });
  return `${each.join(', ')}, *${verdict}* overall`;
}

const pOf = (p: number): string => (p < 0.001 ? '$p$ < 0.001' : `$p$ = ${p.toPrecision(2)}`);

/** In how many random tasks depth makes no difference that matters. */
function alikeOf({ parts }: Decision): RichText {
  const counts = comparisons.flatMap((comparison) => {
    const effects = parts[comparison].sample?.effects ?? [];
    const alike = effects.filter(({ slope }) => isNegligible(slope)).length;
    return [`${alike} of ${effects.length} ${whereTitles[comparison]}`];
  });
  return `In some random tasks the whole interval of the slope lies within ±${MARGIN}: ${counts.join(', ')}.`;
}
