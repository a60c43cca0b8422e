import type { Evidence } from '@hyperlaw/cli';
import type { Finding, Law } from '../../law.ts';
import { coordinateClaims, coordinatesFigure, readCoordinates } from './coordinates-found.ts';
import { widthOptimizers } from './names.ts';
import { plan, tasks } from './plan.ts';
import { readSame, sameClaims, sameFigure } from './same-found.ts';
import {
  driftFigure,
  edgeClaims,
  readEdges,
  readTransfers,
  transferClaims,
  tuningFigure,
} from './transfer-found.ts';

function find(evidence: Evidence): Finding {
  const same = readSame(evidence);
  const coordinates = readCoordinates(evidence);
  const tuned = readTransfers(evidence);
  const held = readEdges(evidence);
  return {
    claims: [
      ...sameClaims(same),
      ...coordinateClaims(coordinates),
      ...transferClaims(tuned),
      ...edgeClaims(held),
    ],
    figures: [
      sameFigure(same),
      coordinatesFigure(coordinates),
      ...widthOptimizers.map((optimizer) => tuningFigure(tuned, optimizer)),
      driftFigure(tuned, held),
    ],
    text: [
      'Suites train the normal form, in which every multiplier is absorbed into the weights. Here the explicit forms are trained with their multipliers in the graph and their own tables of initial scales, rates and ε: μP as abc-exponents and as Tables 3 and 8 of [2203.03466](https://arxiv.org/abs/2203.03466), and the mean-field form. Table 3 has no multipliers, so it is the normal form bit by bit.',
      'The coordinate check takes one step of centred ReLU nets with two hidden layers, on one batch, at a rate so small that changes are in proportion to it. A layer’s output then changes by its own step on unchanged input, and by what earlier layers’ changes hand on through unchanged weights; each is a pure power of the width, and their sum is the figure’s. Exponents are those that the tables imply, by `updateExponents` of `packages/theory`.',
      'The largest stable rate falls with the fastest-growing change. Under squared error no change may grow with width; under cross-entropy logits may, since softmax bounds what they do ([2505.22491](https://arxiv.org/abs/2505.22491)), so that SP’s rate falls as $n^{-1/2}$ only, and NTP’s *rises* as $n^{1/2}$. The best of a sweep tells this under cross-entropy, where losses are smooth around it. Under squared error the best rate stands on a cliff, and the cliff itself is what theory speaks of: the largest rate at which gradient descent on a fixed set of examples never raises its loss above the start.',
    ],
  };
}

export const parameterizations: Law = {
  id: 'parameterizations',
  title: 'Parameterizations',
  law: 'Maximal update and mean-field parameterizations are one training written in many ways, and the only one in which every layer moves alike at every width, so that learning rates transfer; in the standard one changes grow with width, and the largest stable rate of SGD falls as $n^{-1}$ under squared error and as $n^{-1/2}$ under cross-entropy ([2011.14522](https://arxiv.org/abs/2011.14522), [2203.03466](https://arxiv.org/abs/2203.03466), [2505.22491](https://arxiv.org/abs/2505.22491)).',
  tasks,
  plan,
  find,
};
