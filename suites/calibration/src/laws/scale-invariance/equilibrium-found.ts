import { logSlope } from '@hyperlaw/core';
import { type Claim, type Figure, lawChart, meanInterval } from '@hyperlaw/report';
import {
  equilibriumAngle,
  equilibriumSquaredNorm,
  mean,
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
import { normTitles, pointOf } from './nets.ts';

/** G: the mean squared gradient at ‖w‖ = 1, from a net's own updates. */
const unitGradient = ({ means }: FollowedWeight, learningRate: number): number =>
  means.product / learningRate ** 2;

/**
 * G from other runs of a net, with the same ηλ and smaller η/λ; null where there is none. G belongs to the directions of the
 * weights, which turn alike where ηλ is the same, and to the layers beside them, which are this net's and do not train; but the
 * norms of these runs are smaller. A run's own updates would balance its norm whatever G were, as soon as it has settled. One
 * way only, since errors of predictions to and fro would cancel.
 */
function gradientElsewhere(
  settled: readonly Settled[],
  { kind, optimizer, learningRate, weightDecay }: Settled,
  net: number,
): number | null {
  const alike = settled.filter(
    (other) =>
      other.kind === kind &&
      other.optimizer === optimizer &&
      other.learningRate < 0.99 * learningRate &&
      Math.abs((other.learningRate * other.weightDecay) / (learningRate * weightDecay) - 1) < 1e-9,
  );
  if (alike.length === 0) return null;
  return mean(
    alike.map(({ weights, learningRate: rate }) =>
      unitGradient(weights[net] as FollowedWeight, rate),
    ),
  );
}

/** ‖w‖² that theory gives a net trained with signs of the gradient. */
export const signsSquare = ({ learningRate, weightDecay: decay }: Settled): number =>
  normalizedEquilibriumSquaredNorm({
    ...{ learningRate, decay, updateNorm: Math.sqrt(SIGN_SQUARED) },
  });

/** ‖w‖² that theory gives a net, of SGD from the gradients of other runs; null where there are none. */
function predictedSquare(settled: readonly Settled[], cell: Settled, net: number): number | null {
  const { optimizer, learningRate, weightDecay: decay } = cell;
  if (optimizer === 'signsgd') return signsSquare(cell);
  const unitGradientSquared = gradientElsewhere(settled, cell, net);
  return unitGradientSquared === null
    ? null
    : equilibriumSquaredNorm({ learningRate, decay, unitGradientSquared });
}

/** A statistic of each net over all its settings, nets of both norms. */
function perNet(
  settled: readonly Settled[],
  statistic: (
    cells: readonly { readonly cell: Settled; readonly weight: FollowedWeight }[],
    net: number,
  ) => number,
): number[] {
  return (['layer', 'rms'] as const).flatMap((kind) => {
    const own = settled.filter((cell) => cell.kind === kind);
    return (own[0]?.weights ?? []).map((_, net) =>
      statistic(
        own.map((cell) => ({ cell, weight: cell.weights[net] as FollowedWeight })),
        net,
      ),
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
    const ratiosOf = (cell: Settled, weight: FollowedWeight, net: number): readonly number[] => {
      const predicted = predictedSquare(own, cell, net);
      return predicted === null ? [] : [weight.means.square / predicted];
    };
    const known = own.filter((cell) => predictedSquare(own, cell, 0) !== null).length / 2;
    const { square, exponent } = laws[optimizer];
    const title = optimizerTitles[optimizer];
    return [
      agreement({
        name: `Squared norm in equilibrium, over its prediction: ${title}`,
        predicted: 1,
        formula: square,
        measured: meanInterval(
          perNet(own, (cells, net) =>
            mean(cells.flatMap(({ cell, weight }) => ratiosOf(cell, weight, net))),
          ),
        ),
        // Norms fluctuate by some √(ηλ) ~ 10 % about equilibrium, which moves their mean by half the square of that.
        tolerance: 0.02,
        test:
          optimizer === 'sgd'
            ? `mean over ${known} settings, $G$ of the same net’s runs at the same $\\eta\\lambda$ and smaller $\\eta/\\lambda$, t interval ${nets}`
            : `mean over settings, t interval ${nets}`,
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
      'Mean squared norm of a normed weight matrix in equilibrium against η/λ: nine pairs of learning rate and decay, mean over nets with 95 % intervals. Lines: $\\sqrt{\\eta G/2\\lambda}$ with the mean $G$ of all these runs, and $\\eta U^2/2\\lambda$ with $U^2$ the number of entries. *Look for* slopes ½ and 1, and for pairs with the same η/λ on top of one another; SGD’s differ by their $G$, which the claims take from other runs with the same $\\eta\\lambda$.',
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
