import { logSlope } from '@hyperlaw/core';
import { type Claim, type Figure, lawChart, meanInterval } from '@hyperlaw/report';
import {
  equilibriumAngle,
  equilibriumSquaredNorm,
  normalizedEquilibriumSquaredNorm,
} from '@hyperlaw/theory';
import { agreement } from '../../agreement.ts';
import {
  type Optimizer,
  optimizers,
  optimizerTitles,
  type Settled,
  SIGN_SQUARED,
} from './equilibrium.ts';
import type { FollowedWeight } from './lengths.ts';
import { mean, normTitles, pointOf } from './nets.ts';

/** G: the squared gradient at ‖w‖ = 1 that a net's own updates had. */
const unitGradient = ({ means }: FollowedWeight, learningRate: number): number =>
  means.product / learningRate ** 2;

/** ‖w‖² that theory gives one net. */
export function predictedSquare(
  { optimizer, learningRate, weightDecay: decay }: Settled,
  weight: FollowedWeight,
): number {
  switch (optimizer) {
    case 'sgd': {
      const unitGradientSquared = unitGradient(weight, learningRate);
      return equilibriumSquaredNorm({ learningRate, decay, unitGradientSquared });
    }
    case 'signsgd':
      return normalizedEquilibriumSquaredNorm({
        ...{ learningRate, decay, updateNorm: Math.sqrt(SIGN_SQUARED) },
      });
  }
}

/** A statistic of each net over all its settings, nets of both norms. */
function perNet(
  settled: readonly Settled[],
  statistic: (
    cells: readonly { readonly cell: Settled; readonly weight: FollowedWeight }[],
  ) => number,
): number[] {
  return (['layer', 'rms'] as const).flatMap((kind) => {
    const own = settled.filter((cell) => cell.kind === kind);
    return (own[0]?.weights ?? []).map((_, net) =>
      statistic(own.map((cell) => ({ cell, weight: cell.weights[net] as FollowedWeight }))),
    );
  });
}

const laws: Readonly<Record<Optimizer, { readonly square: string; readonly exponent: number }>> = {
  sgd: { square: '1, of $\\sqrt{\\eta G/\\lambda(2-\\eta\\lambda)}$', exponent: 0.5 },
  signsgd: { square: '1, of $\\eta U^2/\\lambda(2-\\eta\\lambda)$', exponent: 1 },
};

export function equilibriumClaims(settled: readonly Settled[]): Claim[] {
  return optimizers.flatMap((optimizer): Claim[] => {
    const own = settled.filter((cell) => cell.optimizer === optimizer);
    const nets = `over ${perNet(own, () => 0).length} nets, each at ${own.length / 2} settings`;
    const { square, exponent } = laws[optimizer];
    const title = optimizerTitles[optimizer];
    return [
      agreement({
        name: `Squared norm in equilibrium, over its prediction: ${title}`,
        predicted: 1,
        formula: square,
        measured: meanInterval(
          perNet(own, (cells) =>
            mean(
              cells.map(({ cell, weight }) => weight.means.square / predictedSquare(cell, weight)),
            ),
          ),
        ),
        // Norms fluctuate by some √(ηλ) ~ 10 % about equilibrium, which moves their mean by half the square of that.
        tolerance: 0.02,
        test: `mean over settings, t interval ${nets}`,
      }),
      agreement({
        name: `Exponent of the squared norm in η/λ: ${title}`,
        predicted: exponent,
        measured: meanInterval(
          perNet(
            own,
            (cells) =>
              logSlope(
                cells.map(({ cell }) => rateOverDecay(cell)),
                cells.map(({ weight }) => weight.means.square),
              ).slope,
          ),
        ),
        // Exact for signs. SGD's gradient noise depends on the weights' spectrum, by up to a third over settings, though hardly
        // on η/λ itself, over a range of 16.
        tolerance: optimizer === 'sgd' ? 0.05 : 0.02,
        test: `least squares on logarithmic axes, t interval ${nets}`,
      }),
      agreement({
        name: `Angle of a step in equilibrium, over its prediction: ${title}`,
        predicted: 1,
        formula: '1, of $\\arccos(1-\\eta\\lambda)$',
        measured: meanInterval(
          perNet(own, (cells) =>
            mean(
              cells.map(
                ({ cell: { learningRate, weightDecay: decay }, weight }) =>
                  Math.sqrt(weight.means.angle) / equilibriumAngle({ learningRate, decay }),
              ),
            ),
          ),
        ),
        // The same fluctuations.
        tolerance: 0.02,
        test: `root mean square, mean over settings, t interval ${nets}`,
      }),
    ];
  });
}

export function equilibriumFigure(settled: readonly Settled[]): Figure {
  const least = (optimizer: Optimizer) =>
    Math.min(...settled.filter((cell) => cell.optimizer === optimizer).map(rateOverDecay));
  const relative = (cell: Settled) => rateOverDecay(cell) / least(cell.optimizer);
  return {
    id: 'scale-invariance-equilibrium',
    title: 'Where decay balances growth',
    caption:
      'Mean squared norm of a normed weight matrix in equilibrium against η/λ: nine pairs of learning rate and decay, mean over nets with 95 % intervals. Lines: $\\sqrt{\\eta G/2\\lambda}$ with the mean $G$ of all these runs, and $\\eta U^2/2\\lambda$ with $U^2$ the number of entries. *Look for* slopes ½ and 1, and for pairs with the same η/λ on top of one another; SGD’s differ by their $G$, which the claims take run by run.',
    chart: lawChart({
      x: { title: 'η/λ, over the smallest', scale: 'log2' },
      y: { title: 'squared norm', scale: 'log10' },
      series: { title: 'norm layers' },
      theory: optimizers.map((optimizer) => {
        const own = settled.filter((cell) => cell.optimizer === optimizer);
        const gradient = mean(
          own.flatMap((cell) => cell.weights.map((w) => unitGradient(w, cell.learningRate))),
        );
        const smallest = least(optimizer);
        const ratios = [...new Set(own.map(rateOverDecay))].sort((a, b) => a - b);
        const square = (x: number) =>
          optimizer === 'sgd' ? Math.sqrt((x * gradient) / 2) : (x * SIGN_SQUARED) / 2;
        return {
          facet: facetTitles[optimizer],
          label: 'equilibrium',
          points: ratios.map((x) => [x / smallest, square(x)] as const),
        };
      }),
      measured: settled.map((cell) => ({
        facet: facetTitles[cell.optimizer],
        series: normTitles[cell.kind],
        x: relative(cell),
        ...pointOf(cell.weights.map(({ means }) => means.square)),
      })),
      columns: 2,
    }),
  };
}

const rateOverDecay = ({ learningRate, weightDecay }: Settled): number =>
  learningRate / weightDecay;

const facetTitles: Readonly<Record<Optimizer, string>> = {
  sgd: 'SGD: slope ½',
  signsgd: 'signs of the gradient: slope 1',
};
