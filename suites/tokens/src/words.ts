import { type Evidence, lossWords, skippedWords } from '@hyperlaw/cli';
import { formatInterval, formatNumber, type RichText } from '@hyperlaw/report';
import { parametricFit } from '@hyperlaw/theory';
import { attempt } from './attempt.ts';
import { netTitles } from './claims.ts';
import {
  CONFIDENCE,
  EXPONENT_MARGIN,
  exponentWord,
  lineThrough,
  RATIO_MARGIN,
} from './decision-rule.ts';
import { curvesOf, overFitted, type Sorted } from './evidence.ts';
import { scaleOf } from './plan.ts';
import { onePassShare } from './prediction.ts';
import { SHARE_MARGIN } from './proportion.ts';
import type { FeatureFound } from './random-features/found.ts';
import { cutOff, difficulties, difficultiesOf } from './sources.ts';

export const introduction: readonly RichText[] = [
  'Compute-optimal language models have been trained on tokens in proportion to parameters ([2203.15556](https://arxiv.org/abs/2203.15556)): of $C = 6ND$ operations, $N_{\\text{opt}} \\propto C^{s}$ with $s$ near ½. No theory of the architecture says so. This suite asks the simplest models that have both sizes, random features, for a prediction that could fail: how does $s$ change with the difficulty of the task?',
  'Random features give two answers. *Fitted to the end* at the best ridge, $n$ samples determine about $n$ modes and $k$ features represent about $k$; for noiseless targets whose modes weigh as the eigenvalues do, as here, the eigenframework ([2311.14646](https://arxiv.org/abs/2311.14646)) is symmetric in $n$ and $k$, $n = k$ is best, and $s = \\tfrac12$ whatever the spectrum. *Trained in one pass*, SGD has learnt a mode of variance $\\lambda_i \\propto i^{-(1+a)}$ only after $1/\\lambda_i$ samples: $k$ features leave $k^{-a}$, $n$ samples leave $n^{-a/(1+a)}$, and $s = 1/(2+a)$ (phase Ia of [2405.15074](https://arxiv.org/abs/2405.15074); the same for facts that are learnt one by one, [2303.13506](https://arxiv.org/abs/2303.13506)). Tokens are then proportional to parameters only in the limit of hard tasks, $a \\to 0$; easier ones want ever more tokens a parameter.',
  'The check is on transformers, and beside them MLPs, that read a synthetic language of facts with frequencies $p_i \\propto i^{-(1+a)}$. Nothing of the nets enters the prediction.',
];

export function method(evidence: Evidence): readonly RichText[] {
  const { profile, protocol } = evidence;
  const { facts, text } = scaleOf(profile);
  const { transformer, mlp } = facts;
  const list = (values: readonly number[]) => values.map((v) => formatNumber(v, 2)).join(', ');
  const hardest = Math.min(...difficulties[profile]);
  return [
    `*The language.* A fact is a name of four tokens out of 32 and an answer, one token; which name and which answer is drawn at random, so that facts share nothing. Fact $i$ of $2^{18}$ is said with probability $p_i \\propto i^{-(1+a)}$, $a$ = ${difficulties[profile].join(', ')} (of MLPs ${difficultiesOf(profile, 'mlp').join(', ')}). The net reads the name and predicts the answer. Without noise the best loss is 0; whoever knows the $k$ most frequent facts and guesses the others pays $\\ln 32 \\sum_{i>k} p_i$, which goes as $k^{-a}$ less a constant, since the list ends: ${formatNumber(cutOff(hardest), 2)} nats at $a = ${hardest}$, less the easier the language. Where the optimum lies the constant plays no part. Every example is fresh: one pass over endless data. $D$ counts answers.`,
    lossWords,
    `*Nets.* Transformers of one layer (two on texts) with one head, learned positions, RMS norm before each branch and a feed-forward block of twice the width; MLPs of two hidden layers of ReLUs on codes of 8 dimensions a token. Both grow by their width alone (${transformer.widths.join(', ')}); $N$ counts all trained numbers, embeddings included, since facts are kept in them too. Adam with $\\beta_1 = 0.9$, $\\beta_2 = 0.99$, 32 facts a step.`,
    `*Sizes and tokens.* Budgets $ND$ of ${list(transformer.budgets)} for transformers, ${list(mlp.budgets)} for MLPs${text.transformer.budgets.length > 0 ? `; on texts ${list(text.transformer.budgets)} and ${list(text.mlp.budgets)}` : ''}. At every budget, all widths that take from ${transformer.steps[0]} to ${transformer.steps[1]} steps. *Every pair of $N$ and $D$ is a run of its own* whose learning rate falls linearly to zero at its own end, since a schedule for another horizon would favour one of them; the rate is tuned in factors of 2 at every pair, not only at every $N$.`,
    ...(text.transformer.budgets.length > 0
      ? [
          '*Texts* are the declaration files of the TypeScript compiler and, where found, Tiny Shakespeare, as bytes in 32 classes. They are finite: windows are drawn without replacement by where they start, and overlap, so that a byte is seen as often as the context is long in one pass over starts; the longest runs predict about as many bytes as the text has, a few passes at most. Held-out bytes come from other blocks of the text.',
        ]
      : []),
    `*Fits.* The three approaches of 2203.15556: the envelope of training curves (here of runs), parabolas at equal compute through sizes within a factor of 4 of the optimum, and $E + A/N^\\alpha + B/D^\\beta$ by Huber’s loss of the logarithm. Intervals resample the residuals of the third fit, which hold seeds, tuning, and what the law misses.`,
    `*Protocol.* Every pair gets the same budget: a screen of the rate at a quarter of the steps, ${protocol.searchTrials} rates in full, the best ${protocol.confirm} on ${protocol.tuningSeeds} tuning seeds, a slice of its neighbours, and ${protocol.judgeSeeds} judging seeds on test examples for the best of them. Runs that diverge count as guesses. Optima on an edge of the rate’s range only bound a loss from above and are left out of the fits, and counted.`,
    '*Random features* are drawn in the eigenbasis of their kernel, with the language’s spectrum and a target whose mode $i$ has the weight of fact $i$. One pass: SGD with one fresh sample a step and a constant rate, the one that theory has as best for every size; the theory is the exact recursion of SGD’s squared errors in the eigenbasis of the features drawn, where what they cannot reach acts as label noise. To the end: ridge regression in float64 at the best ridge. The engine forms features and trains; test errors are exact given the weights.',
  ];
}

/** The rule of `decision-rule.ts` in words. */
export const decisionRule: readonly RichText[] = [
  'The rule was written down, and tested on made-up losses, before the data of this page; pilots on other instances of the language set the ranges of sizes and rates. A first run on these languages came to inconclusive; after it claims on single tasks came to want two approaches that agree, where approach 3 alone had said *refuted* of texts while approach 1 had erred to the other side. This page stands on seeds that no run before saw.',
  `*Exponent.* By each approach, the slope of measured exponents over predicted ones $1/(2+a)$, one point a language: 1 if the prediction holds, 0 if difficulty moves nothing. Its interval (${100 * CONFIDENCE} %, Student’s $t$ with two degrees fewer than languages) takes the larger of two standard errors, from the scatter about the line and from the points’ own intervals. *Supported* if it lies above 0 and meets 1 ± ${EXPONENT_MARGIN}: the direction is shown, and the predicted size is not excluded, which a wide interval never does; *refuted* if it stays below that and reaches down to 0, or lies within ${EXPONENT_MARGIN} of 0; *mixed* if it lies in between or above; else *inconclusive*. The exponent is what two of the three approaches say, and *mixed* if one supports and another refutes.`,
  `*Ratio.* The slope of $\\ln D/N$ over $a$ at the middle budget: *supported* if its interval lies above 0 and reaches beyond ${RATIO_MARGIN}, *refuted* if it lies below and reaches beyond −${RATIO_MARGIN}.`,
  'The verdict is *supported* if both halves are, for transformers; *refuted* if one half is refuted and none supported; *mixed* if they contradict each other or the exponent is mixed; else *inconclusive*. MLPs have the same claims, which do not enter the verdict.',
  `Where difficulty moves nothing, the rule supports the prediction in at most 2.5 % of made-up sweeps. Claims on single tasks (is the exponent within ½ ± ${SHARE_MARGIN}, by two approaches of which the third does not say another thing?) and on random features (against theory at the same sizes) are not part of it.`,
];

/** What this profile can and cannot decide. */
export function caveats(
  { profile, skipped }: Evidence,
  { swept, decisions }: Sorted,
  features: readonly FeatureFound[],
): readonly RichText[] {
  const edges = swept.flatMap(({ tuned }) => tuned.filter(({ status }) => status !== 'interior'));
  const runs = swept.reduce((sum, { tuned }) => sum + tuned.length, 0);
  const sizes = swept.flatMap(({ tuned }) => tuned.map(({ parameters }) => parameters));
  const tokens = swept.flatMap(({ tuned }) => tuned.map((each) => each.tokens));
  const undecided = (['transformer', 'mlp'] as const).flatMap((net) => {
    const open = Object.entries(decisions[net].words).filter(([, word]) => word === 'inconclusive');
    return open.length > 0
      ? [`${netTitles[net]}: ${open.length} of 3 approaches leave the exponent open`]
      : [];
  });
  const missed = features.filter(({ exponent }) => exponent === null).length;
  return [
    ...skippedWords({ skipped }),
    `*Decided here*: whether, and which way, difficulty moves the division on languages of facts, of nets with ${Math.min(...sizes)} to ${Math.max(...sizes)} parameters trained on ${Math.min(...tokens)} to ${Math.max(...tokens)} predictions. *Not decided*: what the exponent of large language models is, and whether their data are as easy as any of these languages.${undecided.length > 0 ? ` Left open: ${undecided.join('; ')}.` : ''}`,
    `${edges.length} of ${runs} pairs of $N$ and $D$ stand on an edge of their rate’s range and are in no fit.`,
    ...(missed > 0 ? [`In ${missed} cases random features had no valley at two budgets.`] : []),
    ...lawCaveat(swept),
    ...floorCaveat(swept),
    ...resolutionCaveat(features),
    'The ratio’s sign at one budget does not follow from exponents alone, since $D/N$ has a factor that depends on $a$ and is not predicted; what follows is that easier languages want more tokens a parameter once budgets are large enough.',
    'Intervals of approach 3 resample its own residuals and keep its form, so they are narrow where the form is wrong; approach 2 chooses its sizes by approach 3’s fit. Two approaches that agree are not two independent witnesses. Where losses scatter by 5 to 10 % from run to run, 95 % intervals of approach 2 cover 80 to 91 % (made-up losses).',
    'Facts share nothing, and so leave a net nothing to generalise: that is what makes the language’s difficulty one number, and what sets it apart from texts.',
    'Adam is not SGD: it takes rarer facts faster than their frequency says, which may move exponents away from the prediction. Batch size, momentum and weight decay are not tuned.',
    'Small nets grow by width alone; their embeddings are a large part of $N$ at the small end, and their products are not all of $6N$ operations a token.',
    'A name of four tokens costs a transformer four times the operations of a prediction, at every size alike: $6ND$ is off by a constant, which moves no exponent.',
    ...(profile === 'full'
      ? []
      : [
          'This profile is made for minutes on two cores; `full` goes on to budgets 16 times as large.',
        ]),
  ];
}

/** How far theory's own exponents are from their limit where they are read as those of nets are. */
function resolutionCaveat(features: readonly FeatureFound[]): readonly RichText[] {
  const points = features.flatMap(({ training, theory, difficulty }) =>
    training === 'onePass' && theory !== null
      ? [{ x: onePassShare(difficulty), estimate: theory, interval: [theory, theory] as const }]
      : [],
  );
  const line = lineThrough(points);
  if (line === null) return [];
  const off = points.map(({ x, estimate }) => estimate - x);
  const limits = points.map(({ x }) => x);
  const range = Math.max(...limits) - Math.min(...limits);
  return [
    `Two decades of compute: exponents here are local slopes, and sizes in factors of two move a parabola’s vertex. Theory’s own exponents for random features of one pass, read at their sizes by the same parabolas, are off $1/(2+a)$ by ${formatNumber(Math.min(...off), 2)} to ${formatNumber(Math.max(...off), 2)}: such budgets resolve an exponent no better, and the limits differ by ${formatNumber(range, 2)} in all. The rule’s own line through these exponents has a slope of ${formatInterval(line.slope, line.interval)}, *${exponentWord(line)}*: budgets this small could not find the prediction in nets that follow it, and that single approaches are *refuted* or *supported* says little. The claims on features compare simulation with that theory, and are no test of $1/(2+a)$.`,
  ];
}

/** A constant in the loss this small is as good as none. */
const NEGLIGIBLE_NATS = 0.05;

/**
 * What approach 3 would find of transformers if it were told that the best loss of a language is 0; of languages whose list
 * ends so far out that the law has no other constant.
 */
function floorCaveat(swept: Sorted['swept']): readonly RichText[] {
  const languages = swept.flatMap(({ net, difficulty, tuned, scaling: { law, exponents } }) => {
    const { parametric } = exponents;
    if (net !== 'transformer' || difficulty === null || !law || !parametric) return [];
    if (cutOff(difficulty) > NEGLIGIBLE_NATS) return [];
    const fit = attempt(() => parametricFit(curvesOf(tuned), { irreducible: 0 }));
    if (!fit) return [];
    const x = onePassShare(difficulty);
    const { estimate } = parametric;
    const [low, high] = parametric.interval.map((end) => end - estimate + fit.exponent);
    const known = { x, estimate: fit.exponent, interval: [low, high] as [number, number] };
    return [{ difficulty, floor: law.irreducible, free: { x, ...parametric }, known }];
  });
  const free = lineThrough(languages.map((one) => one.free));
  const known = lineThrough(languages.map((one) => one.known));
  if (!free || !known) return [];
  const highest = languages.reduce((most, one) => (one.floor > most.floor ? one : most));
  const list = (of: (one: (typeof languages)[number]) => number) =>
    languages.map((one) => formatNumber(of(one), 2)).join(', ');
  return [
    `Approach 3 fits $E$ too, as 2203.15556 does and as the rule was written, though the best loss of a language is 0 (and where its list of facts ends moves the constant by less than ${NEGLIGIBLE_NATS} nats from $a = ${languages[0]?.difficulty}$ on): of transformers it comes to ${formatNumber(highest.floor, 2)} nats at $a = ${highest.difficulty}$. Told that $E = 0$, its exponents, from $a = ${languages[0]?.difficulty}$ to ${languages.at(-1)?.difficulty}, would be ${list((one) => one.known.estimate)} instead of ${list((one) => one.free.estimate)}; their slope over predicted ones ${formatNumber(known.slope, 2)} instead of ${formatNumber(free.slope, 2)}, and its word of these ${languages.length} languages alone *${exponentWord(known)}* instead of *${exponentWord(free)}*.`,
  ];
}

/** How far approach 3's law is from the losses of transformers, on the hardest and on the easiest language. */
function lawCaveat(swept: Sorted['swept']): readonly RichText[] {
  const languages = swept
    .filter(({ net, difficulty }) => net === 'transformer' && difficulty !== null)
    .map((each) => ({
      difficulty: each.difficulty,
      worst: Math.max(...overFitted(each).map(({ ratio }) => Math.abs(Math.log(ratio)))),
    }))
    .filter(({ worst }) => Number.isFinite(worst));
  const [hardest, easiest] = [languages[0], languages.at(-1)];
  if (!hardest || !easiest) return [];
  const share = (log: number) => `${(100 * (Math.exp(log) - 1)).toFixed(0)} %`;
  return [
    `$E + A/N^\\alpha + B/D^\\beta$ misses the losses of transformers by up to ${share(hardest.worst)} at $a = ${hardest.difficulty}$ and by up to ${share(easiest.worst)} at $a = ${easiest.difficulty}$, and not by chance alone (last figure): where few facts make up the loss it has not the additive form, and approach 3’s exponents mean less. Which facts a run has learnt is chance too: the easier the language, the more losses scatter from seed to seed.`,
  ];
}
