import { type Evidence, lossWords, rangeWords, skippedWords } from '@hyperlaw/cli';
import { DRIFT_MARGIN, LEVEL, MARGIN, type RichText } from '@hyperlaw/report';
import { BEATEN } from './measurements.ts';
import { BASE_WIDTH, BATCH, cellsOf, DEPTH, searchSpace } from './plan.ts';

export const introduction: readonly RichText[] = [
  'Infinitely wide networks are the objects that theory can handle, so it matters whether they are also the best ones. Where only the readout is trained the answer is known: at the optimal ridge, the test error of a random feature model falls in the number of features ([Simon et al. 2024](https://arxiv.org/abs/2311.14646)). Where all layers learn, the evidence is empirical: with hyperparameters transferred by $\\mu$P, larger models did strictly better ([Yang et al. 2022](https://arxiv.org/abs/2203.03466)). The open question asks for *all hyperparameters optimally tuned* and for *arbitrary tasks on average*. This page measures just that, for small MLPs.',
  'What theory predicts: in $\\mu$P the training dynamics converge as the width $n$ grows, so the tuned loss should tend to a limit, and the best learning rate should stay where it is. Whether the loss falls on its way is what no theory says yet. A limit above the best reachable loss is no contradiction: training ends after a fixed number of steps.',
];

/** How the numbers were made. */
export function method({ protocol, profile, tasks }: Evidence): readonly RichText[] {
  const cells = cellsOf(profile, tasks);
  const steps = (group: 'named' | 'random') =>
    cells.find((cell) => cell.group === group)?.arm.steps ?? 0;
  const widths = (group: 'named' | 'random') =>
    [...new Set(cells.filter((cell) => cell.group === group).map(({ width }) => width))].join(', ');
  const { searchTrials, tuningSeeds, judgeSeeds, confirm } = protocol;
  return [
    `*Model.* A bias-free ReLU MLP of ${DEPTH} hidden layers of width $n$, mean squared error or cross-entropy. Named tasks: ${steps('named')} steps at widths ${widths('named')}, in $\\mu$P and SP, which agree at the base width ${BASE_WIDTH}. Random tasks: ${steps('random')} steps at widths ${widths('random')}, in $\\mu$P.`,
    `*Optimizer.* Plain SGD, constant rate, batches of ${BATCH}. SGD at a constant rate has that rate to tune and no other number of its own; the theory of $\\mu$P and of the richness $\\gamma$ is cleanest for it; Adam would bring $\\beta_1$, $\\beta_2$ and $\\varepsilon$, each of which would have to be tuned at every width. Batch size, schedule and factors between layers are not tuned. Synthetic tasks draw fresh examples at every step and the text is not seen twice, so that nothing can overfit; only MNIST, where it is among the tasks, is gone through a few times.`,
    `*What is tuned.* Learning rate $\\eta$ and init scale $\\sigma$, jointly, in factors of 2, at every width: ${rangeWords(searchSpace)}, followed as far as the budget and these limits allow; where that does not suffice the arm is marked. The richness $\\gamma$, which divides the output, needs no axis of its own: a bias-free ReLU net with $L$ weight layers is homogeneous, $f(\\sigma\\theta) = \\sigma^L f(\\theta)$, so that $$(\\eta,\\ \\sigma,\\ \\gamma)\\quad\\text{and}\\quad(c^2\\eta,\\ c\\,\\sigma,\\ c^L\\gamma)$$ are the same training for every $c > 0$ (a test of this suite checks it to the last bit). Tuning $(\\eta, \\sigma)$ at $\\gamma = 1$ is therefore tuning all three; the richness at unit init scale is $\\gamma = \\sigma^{-L} = \\sigma^{-${DEPTH + 1}}$, and rates are those at $\\gamma = 1$. In these coordinates the best rate of the rich regime, $\\eta \\propto \\gamma^{2/L}$ ([Atanasov et al. 2024](https://arxiv.org/abs/2410.04642)), is a vertical line.`,
    `*Protocol.* Every arm gets the same budget: a coarse screen at a fraction ${protocol.screenFraction} of the horizon, ${searchTrials} settings at the full horizon, the best ${confirm} on ${tuningSeeds} tuning seeds, a slice along $\\eta$ through the best of them on all of these seeds, and for the best of the slice its neighbours in $\\sigma$ and ${judgeSeeds} judging seeds. Tuning looks at validation examples, judging at test examples; neither seeds nor examples are shared, and only judged losses are reported. All arms share seeds: the same examples in the same order, and weights from the same random numbers, so that differences are paired.`,
    '*Fixed init scale.* To show what tuning the init scale does, the named tasks are tuned once more over the learning rate alone, at $\\sigma = \\sqrt 2$, which keeps ReLU signals at their size. These arms enter no verdict.',
    lossWords,
    `*Random tasks* are drawn, before anything is trained, from seven synthetic families with random dimensions, noise, teachers, polynomials, spectra and grammars: that distribution is what “on average over arbitrary tasks” means here.`,
  ];
}

/** The rule of `decision-rule.ts` in words. */
export const decisionRule: readonly RichText[] = [
  'The rule was fixed before the data of this page. Pilots on other seeds and other random tasks came first and gave the plan and the rule their shape; the same tasks were then run twice. The first run came to supported (five of seven named tasks). After it came the guard against badly tuned arms of $\\mu$P (below), and arms came to be judged at the best point of their slice, not at the point that the slice goes through. The second run came to supported (all seven). After it the winners’ neighbours in init scale came to be measured, for want of which several arms had counted as standing on an edge. This page stands on seeds that neither run saw. The rule is a pure function of losses by width and seed, and is tested on made-up sweeps: where wider is worse it says refuted, where loss is U-shaped in width mixed, and where nothing happens it makes a claim about some named task in about 5 % of sweeps, tuning noise included (up to 10 % where narrow nets are three times noisier than wide ones).',
  'The effect in a task is the least-squares slope of $\\log_2$ held-out loss over $\\log_2$ width in $\\mu$P. The best reachable loss is *not* subtracted: it is unknown for real data, its estimate on finitely many examples is noisy where a net comes close, and a constant changes neither the sign of a difference nor that of a monotone trend. Slopes of tasks with a floor are therefore smaller in size than those of their excess loss.',
  'A run that diverged counts as having learnt nothing: the loss of a constant prediction (a uniform guess among classes), which also caps every other run. None is dropped.',
  'The standard error is the larger of two: over seeds, and from the scatter of arms about a parabola in $\\log_2$ width, pooled over $\\mu$P and SP (which at the base width are one arm). A tuned setting is itself a random draw; the scatter holds that noise, which seeds alone do not show. Curvature beyond a parabola widens it.',
  `A task’s claim is *supported* where the slope is negative at level ${LEVEL} (Student’s $t$, Holm over tasks), *refuted* where it is positive likewise, provided its interval does not lie within ±${MARGIN}, which makes no practical difference. It is *mixed* where the narrower and the wider half of the widths have significant slopes of opposite sign (Holm over tasks), or where a single doubling goes significantly against a significant slope (Holm over the task’s doublings) by more than ${MARGIN}. Otherwise it is *inconclusive*.`,
  'The loss of an arm on the edge of its search range only bounds its tuned loss from above. A p value counts only if it holds with those edge arms left out that favour the effect: a narrow arm on the edge cannot support the claim, a wide one cannot refute it.',
  `So it is with an arm of $\\mu$P that SP, tuned likewise, beats by more than ${BEATEN} in $\\log_2$ loss at its width ($t$ test over seeds, level ${LEVEL}): at one width the two differ by factors between layers alone, and what SP reaches $\\mu$P could come near. This guard came after the first run, in which narrow nets of $\\mu$P on the sparse parity had stayed at nearly twice the loss of SP, and supported the claim by it. It can take a claim away, never give one.`,
  `Over random tasks the share in which the widest net beats the narrowest is tested against ½ (exact binomial, level ${LEVEL}); wins over a loser on the edge must not be needed for it. A task of which neither net comes below a constant prediction by the margin is in neither count. The median slope has the task as its unit, and its p value must hold with and without the tasks that an arm on the edge favours.`,
  'Overall: *supported* if the share is significantly above ½, at least half of the named tasks support the claim, and none refutes it or is mixed. *Refuted* if the share is significantly below ½ and no named task supports it or is mixed, or if no claim supports it and more than half of the named tasks refute it. *Mixed* if claims point both ways. Otherwise *inconclusive*.',
  `Claims on $\\mu$P and SP do not enter the verdict. Transfer means that the best rate drifts by less than ${DRIFT_MARGIN} doublings per doubling of width, with the interval over tasks: over five doublings that allows a factor of 2.4.`,
  'What would change our mind: a named task whose loss rises with width, or turns, with interior optima; or a share of random tasks that does not exceed ½.',
];

/** What this profile cannot decide. */
export function caveats({ profile, skipped }: Evidence): readonly RichText[] {
  return [
    ...skippedWords({ skipped }),
    'Small widths and a short, fixed number of steps: nothing here is about convergence, nor about widths beyond the largest. More steps may change the order of widths.',
    'Equal steps and equal examples, not equal compute: a wide net costs more per step. “Better” is held-out loss, whatever it costs.',
    `Two hidden layers, ReLU, no biases, SGD with a constant rate. Schedules, momentum, depth, normalisation and regularisation are not tuned and may matter to one width more than to another.`,
    'The init scale is one number for all layers, and the learning rate too: layerwise factors are not tuned.',
    'Online tasks cannot overfit, so that a harm of width by overfitting could not show; that needs finite training sets.',
    'The share of random tasks is a statement about the distribution they are drawn from, which is of our making and full of tasks that nets are known to learn.',
    'Tuned settings stand on a lattice; a finer one would lower all losses a little, those in sharper valleys more.',
    ...(profile === 'full'
      ? []
      : [
          'This profile is made for minutes on two cores; `full` goes to width 4096 and more steps.',
        ]),
  ];
}
