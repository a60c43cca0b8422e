import type { Evidence } from '@hyperlaw/cli';
import { type Finding, type Law, NotMeasured } from '../../law.ts';
import { findingOfParts, measuredOr, part } from '../../not-measured.ts';
import { planeFound, planPlane } from './plane.ts';
import { phaseFigure, trainedFigure } from './plane-figures.ts';
import { scalesFound } from './scale-claims.ts';
import { planScales } from './scale-nets.ts';
import { forgettingFigure, reluFigure, scaleFigure, trajectoryFigure } from './signal-figures.ts';
import { planTrained, trainedFound, trainedTasks } from './trainable.ts';
import { trainedClaims } from './trained-claims.ts';
import { trainedText } from './trained-text.ts';
import { measuredTrajectories, planTrajectories } from './trajectories.ts';
import { trajectoryClaims } from './trajectory-claims.ts';

function find(evidence: Evidence): Finding {
  const plane = measuredOr(
    () => planeFound(evidence),
    (reason) => new NotMeasured(reason),
  );
  const trained = measuredOr(
    () => trainedFound(evidence),
    (reason) => new NotMeasured(reason),
  );
  const parts = [
    part('Phase diagram', () => {
      if (plane instanceof NotMeasured) throw plane;
      return { claims: plane.claims, figures: [phaseFigure(plane)] };
    }),
    part('Depth scale of correlations', () => {
      const { scales, claims } = scalesFound(evidence);
      const cells = plane instanceof NotMeasured ? [] : plane.cells;
      return { claims, figures: [scaleFigure(scales, cells)] };
    }),
    part('How far a net can be trained', () => {
      if (trained instanceof NotMeasured) throw trained;
      return { claims: trainedClaims(trained), figures: [trainedFigure(trained)] };
    }),
    part('Fixed points, and ReLU’s degenerate line', () => {
      const trajectories = measuredTrajectories(evidence);
      return {
        claims: trajectoryClaims(trajectories),
        figures: [
          trajectoryFigure(trajectories.tanh),
          forgettingFigure(trajectories),
          reluFigure(trajectories.relu),
        ],
      };
    }),
  ];
  return findingOfParts(parts, [
    'Pairs of inputs are carried through deep nets of Gaussian weights of variance $\\sigma_w^2/n$ and biases of variance $\\sigma_b^2$, layer by layer on the device. In the chaotic phase they start on either side of the fixed correlation, and what is measured is the rate at which the difference of the two dies out: what a finite net does to both cancels, and what it does to one by chance decays at the same rate. In the ordered phase they start almost equal.',
    'The plane is measured with two nearby inputs, whose difference is scaled back to its size after each layer. Its growth is $\\chi_1$, which is also the factor by which a layer multiplies the mean squared gradient, so that the same measurement gives $\\xi_\\nabla = -1/\\ln\\chi_1$.',
    ...(trained instanceof NotMeasured ? [] : [trainedText(evidence, trained)]),
  ]);
}

export const orderAndChaos: Law = {
  id: 'order-and-chaos',
  title: 'Order and chaos',
  law: 'In a wide random net lengths and correlations of inputs follow a map with fixed points: where $\\chi_1 = \\sigma_w^2\\,\\mathrm E\\,\\varphi^\\prime(\\sqrt{q^*}z)^2 < 1$ inputs become alike, where $\\chi_1 > 1$ similar inputs become unlike, over a depth scale $\\xi_c$ that diverges on the critical line between; and nets can be trained about as deep as $6\\,\\xi_c$ ([1611.01232](https://arxiv.org/abs/1611.01232)).',
  headlines: 8,
  tasks: trainedTasks,
  plan: (profile, tasks) => [
    ...planPlane(profile),
    ...planTrajectories(profile),
    ...planScales(profile),
    ...planTrained(profile, tasks),
  ],
  find,
};
