import type { RichText } from '@hyperlaw/report';
import { BASE_WIDTH, BATCH, DEPTH } from './net.ts';

export const introduction: readonly RichText[] = [
  'That wider nets are better once everything is tuned is what most measurements say, `wider` among them. The question behind this page is the other one: is there *any* task on which a wider net, tuned, is worse? One is enough, and a search that finds none says where not to look.',
  'What theory says: where only the readout is trained, the answer is no; at the optimal ridge the error of a random feature model falls in the number of features ([Simon et al. 2024](https://arxiv.org/abs/2311.14646)), and optimal regularisation takes the peak out of double descent ([Nakkiran et al. 2020](https://arxiv.org/abs/2003.01897)). Where all layers learn, nothing is proved. The likeliest places are few samples with noisy labels, where a narrow net’s want of capacity may regularise in a way that no knob does; hence the family.',
];

export const method: readonly RichText[] = [
  `*Model.* A bias-free ReLU MLP of ${DEPTH} hidden layers of equal width, mean squared error, in $\\mu$P with base width ${BASE_WIDTH}; plain SGD at a constant rate, batches of ${BATCH}.`,
  '*Tasks.* A staircase of two steps of a leap $\\ell$, $c_1 z_1 \\cdots z_\\ell + c_2 z_1 \\cdots z_{2\\ell}$ with $c_k^2 \\propto k^{-\\beta}$, of Gaussian inputs with variances $\\lambda_i \\propto i^{-\\alpha}$ along a random frame, whose leading coordinates, whitened, are the $z_i$ ([Abbe et al. 2023](https://arxiv.org/abs/2302.11055) for the leap). A fixed training set of $n$ examples with label noise $\\sigma$; validation and test examples, fresh ones, have clean labels, so that the loss is the excess risk and no noise floor hides a harm.',
  '*What is tuned,* at each width, on every draw: learning rate $\\eta$ and init scale, in factors of 2; weight decay, in factors of 4; training time, from all steps down to a thirty-second of them, in factors of 2 (early stopping). The richness $\\gamma$ needs no axis of its own, since the net is homogeneous. Tuning looks at validation examples, judging at test examples.',
];

export const caveats: readonly RichText[] = [
  'Two hidden layers, ReLU, SGD with one rate and one init scale for all layers. Momentum, schedules, dropout and layerwise factors are not tuned; one of them might undo a harm that is found here.',
  'A pilot with other draws and seeds shaped the family: its first form had more tasks that neither net learns, and noise in the held-out labels. A first search, with another random sample and other draws and seeds, whose arms were judged at what was best before their slice and not at the best of it, came to inconclusive: of its finalists the worst changed the loss of width 128 against 8 by −8 % [−27, +14].',
];
