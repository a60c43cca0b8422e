import type { Evidence } from '@hyperlaw/cli';
import type { Finding, Law } from '../../law.ts';
import { findingOfParts, part } from '../../not-measured.ts';
import { firstStepClaims, initialClaims, trainedClaims } from './claims.ts';
import { firstStepFigure, initialFigure, trainedFigure } from './figures.ts';
import { firstStepsOf, trainedOf } from './found.ts';
import { bytes, plan } from './plan.ts';

function find(evidence: Evidence): Finding {
  const parts = [
    part('Heads after training', () => {
      const trained = trainedOf(evidence);
      return { claims: trainedClaims(trained), figures: [trainedFigure(trained)] };
    }),
    part('Logits at initialization and in the first step', () => {
      const first = firstStepsOf(evidence);
      return {
        claims: [...initialClaims(first), ...firstStepClaims(first)],
        figures: [initialFigure(first), firstStepFigure(first)],
      };
    }),
  ];
  return findingOfParts(parts, [
    'Core’s transformers of one layer in μP, on TypeScript bytes. Their width is the number of heads times their size; it grows by more heads of size 8, or by a fixed number of larger heads. Logits between a token and itself or an earlier one are read before and after training.',
    'In the first step queries and keys alone are trained, each net’s on one example of its own, so that what moves a logit is its own gradient. The gradient of a logit is that of its head’s output along its values: at initialization a sum of $d$ terms of random sign, and later of one sign. So SGD moves logits of larger heads as $d^{3/2-2s}$ at first and as $d^{2-2s}$ once values are aligned; Adam, which sees signs alone, as $d^{1-s}$. At $s = 1$ both end at a pace without $d$. Our derivation.',
    'Between heads logits differ by what is random in them. By larger heads at $s = 1$ that vanishes as $d^{-1/2}$, while what all heads learn is of order one: heads become alike. By more heads each stays as random as it began, and the limit is a mean over heads. Larger heads at $s = \\tfrac12$ have no such limit in μP: their logits learn ever faster. Powers are those of wide nets; of many heads at $s = \\tfrac12$, whose logits move far, changes still rise at these widths, each doubling less than the one before.',
  ]);
}

export const attention: Law = {
  id: 'attention',
  title: 'Attention',
  law: 'Transformers can be widened by more heads, whose attention stays random and diverse, or by larger heads, whose logits $q \\cdot k/d$ vanish at initialization, learn at a pace without width, and become the same in all heads; at $1/\\sqrt d$ those of larger heads would learn ever faster ([2203.03466](https://arxiv.org/abs/2203.03466), [2405.15712](https://arxiv.org/abs/2405.15712)).',
  headlines: 6,
  tasks: () => [bytes],
  plan,
  find,
};
