import type { RichText } from '@hyperlaw/report';
import { BATCH, WIDTH } from './net.ts';

export const introduction: readonly RichText[] = [
  'Whether deeper nets are better once everything is tuned depends on the task and on what is held equal; at equal width `deeper` finds it mixed. The question behind this page is the sharper one: is there a task on which a deeper net, tuned, is clearly *worse* than a shallow one of the same width? One is enough.',
  'What theory says: nothing forbids it. A residual net whose branch multiplier is tuned to nothing is a linear net, whatever its depth, and at multipliers $L^{-1/2}$ it tends to a limit of infinite depth ([Bordelon et al. 2023](https://arxiv.org/abs/2309.16620), [Yang et al. 2023](https://arxiv.org/abs/2310.02244)), but with one multiplier for all of them eight blocks do not train as a single block does. Where a target has no use for composition, and labels are few and noisy, one block should do at least as well.',
];

export const method: readonly RichText[] = [
  `*Model.* A bias-free residual ReLU MLP of width ${WIDTH}: a linear input layer, blocks $h \\leftarrow h + b\\,\\phi(h) W$, a linear readout; mean squared error, plain SGD at a constant rate, batches of ${BATCH}. Depth is the number of blocks, at equal width and equal steps: the deeper net has more parameters and costs more.`,
  '*Tasks.* A staircase of two steps of a leap $\\ell$, $c_1 z_1 \\cdots z_\\ell + c_2 z_1 \\cdots z_{2\\ell}$ with $c_k^2 \\propto k^{-\\beta}$, of Gaussian inputs with variances $\\lambda_i \\propto i^{-\\alpha}$ along a random frame, whose leading coordinates, whitened, are the $z_i$ ([Abbe et al. 2023](https://arxiv.org/abs/2302.11055) for the leap). A fixed training set of $n$ examples with label noise $\\sigma$; validation and test examples, fresh ones, have clean labels, so that the loss is the excess risk and no noise floor hides a harm.',
  '*What is tuned,* at each depth, on every draw: learning rate $\\eta$, init scale and branch multiplier $b$, in factors of 2; weight decay, in factors of 4; training time, from all steps down to a thirty-second of them, in factors of 2 (early stopping). Under SGD the multiplier makes all depth rules one. Tuning looks at validation examples, judging at test examples.',
];

export const caveats: readonly RichText[] = [
  `Residual nets of width ${WIDTH} with branches of one layer, SGD with one rate and one init scale for all layers; Momentum, schedules and norms are not tuned; one of them might undo a harm that is found here.`,
  'All branches share one multiplier. With a multiplier for each block there could be no counterexample but by imperfect tuning: at 0 in all blocks but one, and that one at its best, eight blocks train exactly as a single one does. A harm found here is one of depth with blocks treated alike, as they are in practice.',
  'A pilot with other draws and seeds, of `wider-counterexample`, shaped the family: its first form had more tasks that neither net learns, and noise in the held-out labels. A first search, with another random sample and other draws and seeds, whose arms were judged at what was best before their slice and not at the best of it, came to supported, by a noisy task of 4,096 samples: depth 8 over depth 1 by +14 % [+6, +22] for all five finalists at once, and by +12 % [−7, +34] on six draws that chose nothing.',
];
