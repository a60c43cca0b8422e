import type { Evidence } from '@hyperlaw/cli';
import { formatNumber } from '@hyperlaw/report';
import { mean } from '@hyperlaw/theory';
import type { Finding, Law } from '../../law.ts';
import { findingOfParts, measuredOr, part } from '../../not-measured.ts';
import {
  effectiveRateClaim,
  effectiveRateFigure,
  planEffectiveRate,
  rateCellsOf,
} from './effective-rate.ts';
import { loudOf, planEquilibrium, settledOf } from './equilibrium.ts';
import { equilibriumClaims, equilibriumFigure, signsSquare } from './equilibrium-found.ts';
import { growthClaim, growthFigure, growthsOf, planGrowth } from './growth.ts';
import {
  homogeneitiesOf,
  homogeneityClaims,
  homogeneityFigure,
  planHomogeneity,
} from './homogeneous.ts';
import { cosinesOf, invarianceClaims, invarianceFigure, planInvariance } from './invariance.ts';
import { planRelaxation, relaxationClaim, relaxationFigure, relaxationsOf } from './relaxation.ts';

function find(evidence: Evidence): Finding {
  const loud = measuredOr(
    () => loudOf(evidence),
    () => null,
  );
  const excess = loud && mean(loud.weights.map((w) => w.means.square / signsSquare(loud))) - 1;
  const parts = [
    part('Gradients across weights', () => {
      const cosines = cosinesOf(evidence);
      return { claims: invarianceClaims(cosines), figures: [invarianceFigure(cosines)] };
    }),
    part('Growth of norms', () => {
      const growths = growthsOf(evidence);
      return { claims: [growthClaim(growths)], figures: [growthFigure(growths)] };
    }),
    part('Effective rate', () => {
      const rates = rateCellsOf(evidence);
      return { claims: [effectiveRateClaim(rates)], figures: [effectiveRateFigure(rates)] };
    }),
    part('Growth without decay', () => {
      const relaxations = relaxationsOf(evidence);
      return { claims: [relaxationClaim(relaxations)], figures: [relaxationFigure(relaxations)] };
    }),
    part('Equilibrium', () => {
      const settled = settledOf(evidence);
      return { claims: equilibriumClaims(settled), figures: [equilibriumFigure(settled)] };
    }),
    part('Homogeneity', () => {
      const all = homogeneitiesOf(evidence);
      return { claims: homogeneityClaims(all), figures: [homogeneityFigure(all)] };
    }),
  ];
  return findingOfParts(parts, [
    'Core’s residual MLP with layer or RMS norm. With norms on both sides of its branches every hidden weight matrix is scale-invariant; with norms before them alone only all that writes to the residual stream is, taken as one vector.',
    'Orthogonality and growth are measured while the nets learn a teacher, and so is the effective rate: hidden weights that start three times as large learn in the same way at nine times the rate. Growth without decay and equilibrium with it are measured where there is nothing to learn, on labels that are coin flips, so that the gradient at $\\|w\\| = 1$ has a law of its own. Its mean square $G$, from which SGD’s equilibrium is predicted, is taken from other runs of the same net, with the same $\\eta\\lambda$, in which directions turn alike, but smaller $\\eta/\\lambda$, whose norms are smaller: a run’s own updates would balance its norm whatever they were. Of other nets it would say less: $G$ differs from net to net by its layers that do not train, as a first reading showed.',
    ...(excess === null
      ? []
      : [
          `The law for signs holds for gradients that are noise alone, as the readout here is too small to say anything: signs of a gradient are orthogonal to the weights only in the mean over noise, not one by one. With a readout a hundred times as large the squared norm was ${formatNumber(100 * excess, 2)} % above its prediction.`,
        ]),
  ]);
}

export const scaleInvariance: Law = {
  id: 'scale-invariance',
  title: 'Scale invariance',
  law: 'Weights that a norm follows have $\\langle w, \\nabla_w L\\rangle = 0$, so $\\|w\\|^2$ grows by $\\eta^2\\|\\nabla L\\|^2$ a step, learns at the rate $\\eta/\\|w\\|^2$, and with weight decay settles where it turns by $\\arccos(1-\\eta\\lambda)$ a step; a bias-free ReLU net has $f(cx) = c f(x)$ ([1706.05350](https://arxiv.org/abs/1706.05350), [2006.08419](https://arxiv.org/abs/2006.08419)).',
  plan: (profile) => [
    ...planInvariance(profile),
    ...planGrowth(profile),
    ...planEffectiveRate(profile),
    ...planRelaxation(profile),
    ...planEquilibrium(profile),
    ...planHomogeneity(profile),
  ],
  find,
};
