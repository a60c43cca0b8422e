import type { Evidence } from '@hyperlaw/cli';
import type { Finding, Law } from '../../law.ts';
import { findingOfParts, part } from '../../not-measured.ts';
import { coordinateClaims, coordinatesFigure, readCoordinates } from './coordinates-found.ts';
import { widthOptimizers } from './names.ts';
import { plan, tasks } from './plan.ts';
import { readSame, sameClaims, sameFigure } from './same-found.ts';
import { driftFigures, tuningFigures } from './transfer-figures.ts';
import {
  edgeClaims,
  readEdges,
  readTransfers,
  transferClaims,
  transferText,
} from './transfer-found.ts';

function find(evidence: Evidence): Finding {
  const tuned = readTransfers(evidence);
  const held = readEdges(evidence);
  const parts = [
    part('One training in five forms', () => {
      const same = readSame(evidence);
      return { claims: sameClaims(same), figures: [sameFigure(same)] };
    }),
    part('Width exponents of the first step', () => {
      const coordinates = readCoordinates(evidence);
      return { claims: coordinateClaims(coordinates), figures: [coordinatesFigure(coordinates)] };
    }),
    {
      claims: [
        ...transferClaims(tuned.found),
        ...tuned.missing,
        ...edgeClaims(held.found),
        ...held.missing,
      ],
      figures: [
        ...widthOptimizers.flatMap((optimizer) => tuningFigures(tuned.found, optimizer)),
        ...driftFigures(tuned.found, held.found),
      ],
    },
  ];
  return findingOfParts(parts, [
    'Suites train the normal form, in which every multiplier is absorbed into the weights. Here the explicit forms are trained with their multipliers in the graph and their own tables of initial scales, rates and ε: μP as abc-exponents and as Tables 3 and 8 of [2203.03466](https://arxiv.org/abs/2203.03466), and the mean-field form. Table 3 has no multipliers, so it is the normal form bit by bit.',
    'The coordinate check takes one step of centred ReLU nets with two hidden layers, on one batch, at a rate so small that changes are in proportion to it. A layer’s output then changes by its own step on unchanged input, and by what earlier layers’ changes hand on through unchanged weights; each is a pure power of the width, and their sum is the figure’s. Exponents follow from the published definitions of each parameterization, by `updateExponents` of `packages/theory`. One draw of weights and examples a seed serves all four parameterizations, so that their claims are not independent.',
    'The largest stable rate falls with the fastest-growing change. Under squared error no change may grow with width; under cross-entropy logits may, since softmax bounds what they do ([2505.22491](https://arxiv.org/abs/2505.22491)), so that SP’s rate falls as $n^{-1/2}$ only, and NTP’s *rises* as $n^{1/2}$. The best of a sweep tells this under cross-entropy, where losses are smooth around it. Under squared error the best rate stands on a cliff, and the cliff itself is what theory speaks of: the largest rate at which gradient descent on a fixed set of examples does not raise its loss above the start within the steps that are trained.',
    ...transferText(tuned.found),
  ]);
}

export const parameterizations: Law = {
  id: 'parameterizations',
  title: 'Parameterizations',
  law: 'Maximal update and mean-field parameterizations are one training written in many ways, and the only one in which every layer moves alike at every width, so that learning rates transfer; in the standard one changes grow with width, and the largest stable rate of SGD falls as $n^{-1}$ under squared error and as $n^{-1/2}$ under cross-entropy ([2011.14522](https://arxiv.org/abs/2011.14522), [2203.03466](https://arxiv.org/abs/2203.03466), [2505.22491](https://arxiv.org/abs/2505.22491)).',
  tasks,
  plan,
  find,
};
