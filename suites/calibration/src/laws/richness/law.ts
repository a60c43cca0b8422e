import type { Evidence } from '@hyperlaw/cli';
import type { Finding, Law } from '../../law.ts';
import { findingOfParts, type Part } from '../../not-measured.ts';
import { courseClaims, PLATEAU } from './course-claims.ts';
import { curvesFigure, featureFigure, plateauFigure } from './course-figures.ts';
import { readCourses, readDepthEdges, readPlanes } from './found.ts';
import { plan, tasks } from './plan.ts';
import { edgeFigure, planeFigure } from './plane-figures.ts';
import { bestRateClaims, edgeClaims } from './rate-claims.ts';

function find(evidence: Evidence): Finding {
  const [edges, planes, courses] = [
    readDepthEdges(evidence),
    readPlanes(evidence),
    readCourses(evidence),
  ];
  const parts: readonly Part[] = [
    {
      claims: [...edgeClaims(edges.found), ...edges.missing],
      figures: [
        ...(planes.found.length > 0 ? [planeFigure(planes.found, edges.found)] : []),
        ...(edges.found.length > 0 ? [edgeFigure(edges.found)] : []),
      ],
    },
    { claims: [...bestRateClaims(planes.found), ...planes.missing], figures: [] },
    {
      claims: [...courseClaims(courses.found), ...courses.missing],
      figures:
        courses.found.length > 0
          ? [featureFigure, plateauFigure, curvesFigure].map((figure) => figure(courses.found))
          : [],
    },
  ];
  const early = courseClaims(courses.found).some(
    ({ name, verdict }) => name.startsWith(PLATEAU) && verdict === 'refuted',
  );
  return findingOfParts(parts, [
    'Bias-free ReLU nets, homogeneous of degree $L$, learn a small ReLU teacher. The output is divided by γ and centred, $f - f_0$, and μP with base width 1 puts the border of lazy and rich at $\\gamma = 1$. The plane and the best rates are those of SGD on fresh examples, as in the paper; the edge of stability, features and plateaus are those of gradient descent on 32 fixed examples, where the edge is sharp.',
    'Why $2/L$: with weights in units of $\\gamma^{1/L}$ a rich net no longer knows γ, but that its rate is $\\eta\\gamma^{-2/L}$ and that it starts from weights of size $\\gamma^{-1/L}$, near a saddle; its features are $\\gamma^{(L-1)/L}$ times those of that net. Slopes are laid over those that the scalar net with target 1 has at the same values of γ, where its limits are not yet reached.',
    ...(early
      ? [
          'Plateaus fail beside the scalar net with target 1, which is not the law’s failure but the scalar net’s: over these values of γ its times still bend, with a slope above its limit by a term in $\\gamma^{-1/3}$ for $L = 3$, while nets with many units, whose weights do not start equal, can be on their limit already. A larger target, which would bring the scalar net as near, would contradict what features and edges say. The difference between two layers and three, which is what tells $\\gamma\\ln\\gamma$ from γ, hardly depends on the target and is judged on its own.',
        ]
      : []),
  ]);
}

export const richness: Law = {
  id: 'richness',
  title: 'Richness',
  law: 'With the output divided by γ, the best learning rate and the edge of stability grow as $\\gamma^2$ for $\\gamma \\ll 1$, where features move by a share γ, and as $\\gamma^{2/L}$ for $\\gamma \\gg 1$, where $L$ layers grow together after a plateau ([2410.04642](https://arxiv.org/abs/2410.04642), Figure 1).',
  tasks,
  plan,
  find,
};
