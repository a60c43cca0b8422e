import type { Evidence } from '@hyperlaw/cli';
import type { Finding, Law } from '../../law.ts';
import { richnessClaims } from './claims.ts';
import { curvesFigure, featureFigure, plateauFigure } from './course-figures.ts';
import { readDepths } from './found.ts';
import { plan, tasks } from './plan.ts';
import { edgeFigure, planeFigure } from './plane-figures.ts';

function find(evidence: Evidence): Finding {
  const found = readDepths(evidence);
  return {
    claims: richnessClaims(found),
    figures: [
      planeFigure(found),
      edgeFigure(found),
      featureFigure(found),
      plateauFigure(found),
      curvesFigure(found),
    ],
    text: [
      'Bias-free ReLU nets, homogeneous of degree $L$, learn a small ReLU teacher. The output is divided by γ and centred, $f - f_0$, and μP with base width 1 puts the border of lazy and rich at $\\gamma = 1$. The plane and the best rates are those of SGD on fresh examples, as in the paper; the edge of stability, features and plateaus are those of gradient descent on 32 fixed examples, where the edge is sharp.',
      'Why $2/L$: with weights in units of $\\gamma^{1/L}$ a rich net no longer knows γ, but that its rate is $\\eta\\gamma^{-2/L}$ and that it starts from weights of size $\\gamma^{-1/L}$, near a saddle; its features are $\\gamma^{(L-1)/L}$ times those of that net.',
    ],
  };
}

export const richness: Law = {
  id: 'richness',
  title: 'Richness',
  law: 'With the output divided by γ, the best learning rate and the edge of stability grow as $\\gamma^2$ for $\\gamma \\ll 1$, where features move by a share γ, and as $\\gamma^{2/L}$ for $\\gamma \\gg 1$, where $L$ layers grow together after a plateau ([2410.04642](https://arxiv.org/abs/2410.04642), Figure 1).',
  tasks,
  plan,
  find,
};
