import type { Evidence } from '@hyperlaw/cli';
import type { Finding, Law } from '../../law.ts';
import { drawn, findingOfParts, type Part } from '../../not-measured.ts';
import { flowsOf, planFlow } from './flow.ts';
import { flowClaims } from './flow-claims.ts';
import { checkFigure, collapseFigure } from './flow-figures.ts';
import { kernelClaims } from './kernel-claims.ts';
import { deviationsOf, planKernels } from './kernels.ts';
import { biasFigure, squareFigure, widthFigure } from './limit-figures.ts';
import { planWidth, wideningsOf, widthClaims } from './width.ts';

function find(evidence: Evidence): Finding {
  const flows = flowsOf(evidence);
  const widenings = wideningsOf(evidence);
  const deviations = deviationsOf(evidence);
  const parts: readonly Part[] = [
    {
      claims: [...flowClaims(flows.found), ...flows.missing],
      figures: [
        ...drawn(() => collapseFigure(flows.found)),
        ...drawn(() => checkFigure(flows.found)),
      ],
    },
    {
      claims: [...widthClaims(widenings.found), ...widenings.missing],
      figures: widenings.found.length > 0 ? [widthFigure(widenings.found)] : [],
    },
    {
      claims: [...kernelClaims(deviations.found), ...deviations.missing],
      figures:
        deviations.found.length > 0
          ? [squareFigure(deviations.found), biasFigure(deviations.found)]
          : [],
    },
  ];
  return findingOfParts(parts, [
    'Descent on all 64 examples of a teacher’s, losses read at equal times. Where only the readout of a random ReLU net is trained, the loss is a quadratic whose descent and flow are known exactly, and the measured lead of descent over flow is laid over its first order, $-\\tfrac{\\eta\\tau}{2}\\sum_k \\lambda_k^3 e_k^2 \\mathrm{e}^{-2\\lambda_k\\tau}$. Where a whole net is trained only the order is known.',
    'The limit check changes one hyperparameter tenfold and says, with an interval over initializations, whether the curves of ln loss moved by more than 5 %: `limitCheck` in `packages/theory`. It is laid over exact descent where the rate is so large that the dynamics must move. The exponent in width is fitted from $n = 32$ on, where the next order is small; the change itself is small there too, so that the few hundred wide nets of the standard profile may leave it undecided.',
    'Kernels of random nets in neural tangent parameterization are computed by backpropagation, layer by layer. With one hidden layer they are averages over independent units, so they are unbiased and their squared deviation is exactly $C/n$ with $C$ by quadrature. With two there is also a bias: squared deviations and biases both fall as $1/n$, and fluctuations, the root of the first, as $n^{-1/2}$. The NT kernel of ReLU nets is too large for near inputs and too small for far ones, which cancels in a mean over pairs: there the least correlated pair is taken, chosen after a first reading of the mean had shown nothing.',
  ]);
}

export const gradientFlow: Law = {
  id: 'gradient-flow',
  title: 'Gradient flow, and other limits',
  law: 'For small $\\eta$ training depends on $\\eta T$ alone, with an error of order $\\eta$; in μP it depends on width with an error of order $1/n$; and the kernels of random nets tend to their infinite-width forms, squared deviations and biases as $1/n$ ([1711.00165](https://arxiv.org/abs/1711.00165), [1806.07572](https://arxiv.org/abs/1806.07572)).',
  plan: (profile) => [...planFlow(profile), ...planWidth(profile), ...planKernels(profile)],
  find,
};
