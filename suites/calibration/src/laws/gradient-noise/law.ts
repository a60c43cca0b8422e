import type { Evidence } from '@hyperlaw/cli';
import type { Finding, Law } from '../../law.ts';
import { findingOfParts, notMeasured, type Part, part } from '../../not-measured.ts';
import { descentClaims, descentFigure, readDescents } from './descent-found.ts';
import { netRaces } from './net-races.ts';
import { noiseClaim, noiseFigure, readNoise } from './noise-found.ts';
import { netRaceCells, plan } from './plan.ts';
import { raceClaims, raceText } from './race-claims.ts';
import { raceFigures } from './race-figures.ts';
import { readRaces } from './races.ts';
import { type Sizes, sizes } from './sizes.ts';

function find(evidence: Evidence): Finding {
  const chosen = sizes[evidence.profile];
  const races = readRaces(evidence, chosen);
  const available = netRaceCells(chosen, evidence.tasks).map(({ task }) => task);
  const absent = chosen.netTasks.filter(({ title }) => !available.includes(title));
  const parts: readonly Part[] = [
    part('B_simple from gradients at two batch sizes', () => {
      const noise = readNoise(evidence, chosen);
      return { claims: [noiseClaim(noise)], figures: [noiseFigure(noise)] };
    }),
    part('Loss of SGD over the exact recursion', () => {
      const descents = readDescents(evidence, chosen);
      return { claims: descentClaims(descents), figures: [descentFigure(descents)] };
    }),
    {
      claims: [
        ...races.found.flatMap(raceClaims),
        ...races.missing,
        ...absent.map(({ title }) =>
          notMeasured(`Steps to a loss against batch size: ${title}`, 'its data could not be had'),
        ),
      ],
      figures: races.found.length > 0 ? raceFigures(races.found) : [],
    },
  ];
  return findingOfParts(parts, [
    'Gradients, steps and losses are those of core’s training step, compiled by the engine, in float32. $B_\\text{simple} = \\operatorname{tr}\\Sigma/|G|^2$ is estimated as it must be in practice, from squared gradient norms at two batch sizes; for the loss $(\\langle w, x\\rangle - y)^2$ on unit Gaussian inputs it is known exactly.',
    'Steps to a loss are counted with the learning rate tuned at every batch size. On linear regression they are laid over the exact recursion of the expected loss, in which the hyperbola is itself only an approximation; its own distance from the hyperbola is the prediction there; the rates tried lie an octave around the recursion’s best. For nets the prediction is the hyperbola with two constants fitted. How sharply steps turn is fitted besides, as $p$ of $S = S_\\text{min}[1 + (B_\\text{crit}/B)^p]^{1/p}$, which is 1 for the hyperbola; exact regressions have 0.9 to 1.6, by their spectrum and target, so that of nets no more than that is claimed. The runs of the standard profile fix $p$ to about 10 % on linear regression and 30 % for nets, hardly better than these tolerances, so that its claims may stay undecided.',
    ...(chosen.netTasks.length > 0 ? [netText(chosen)] : []),
    ...races.found.map(raceText),
  ]);
}

const netText = ({ netSeeds }: Sizes): string =>
  `The nets have one hidden layer of 32 tanh units and are trained by SGD from ${netSeeds} seeds. Two other seeds try rates a factor of four apart first; then rates around the best, ever closer where a neighbour takes much longer: near the edge of stability the best rate stands below a cliff. Held-out loss is taken after every twelfth part of the steps so far.`;

export const gradientNoise: Law = {
  id: 'gradient-noise',
  title: 'Gradient noise',
  law: 'Noise in the gradient trades steps for examples: $(S/S_\\text{min} - 1)(E/E_\\text{min} - 1) = 1$, with the turn near $B_\\text{simple} = \\operatorname{tr}\\Sigma/|G|^2$, which for linear regression is $d + 1 + \\sigma^2 d/|\\Delta|^2$ ([1812.06162](https://arxiv.org/abs/1812.06162)); there the whole course of SGD’s expected loss is known at every batch size ([2106.02713](https://arxiv.org/abs/2106.02713)).',
  tasks: (profile) => (sizes[profile].netTasks.length > 0 ? netRaces.map(({ law }) => law) : []),
  plan,
  find,
};
