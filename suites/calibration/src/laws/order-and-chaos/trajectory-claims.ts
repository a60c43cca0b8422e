import { bootstrapInterval, type Claim, meanInterval } from '@hyperlaw/report';
import { fixedLength, mean } from '@hyperlaw/theory';
import { agreement } from '../../agreement.ts';
import { netOf } from './nets.ts';
import type { Trajectories, Trajectory } from './trajectories.ts';

export function trajectoryClaims({ tanh, relu }: Trajectories): readonly Claim[] {
  return [lengthClaim(tanh), ...reluClaims(relu)];
}

/** Tolerance: lengths have found their fixed point to e^{−16/1.8} of themselves; a width of 1024 bends it by a few 1/N. */
function lengthClaim(tanh: readonly Trajectory[]): Claim {
  const nets = tanh[0]?.lengths.length ?? 0;
  const ratios = Array.from({ length: nets }, (_, net) =>
    mean(
      tanh.map(({ group, lengths }) => {
        const own = lengths[net] as readonly number[];
        return mean(own.slice(own.length / 2)) / fixedLength(netOf(group.weightVariance));
      }),
    ),
  );
  return agreement({
    name: 'Length of deep layers over the fixed point q*, all phases',
    predicted: 1,
    formula: '$1$, with $q^* = \\sigma_w^2\\,\\mathrm E\\,\\varphi(\\sqrt{q^*}z)^2 + \\sigma_b^2$',
    measured: meanInterval(ratios),
    tolerance: 0.02,
    test: `t interval over ${nets} nets, deeper half of their layers`,
  });
}

/** The layer at which ReLU's correlations are compared: deep enough to go algebraically, not too deep for the width. */
const COMPARED = 12;

/**
 * Tolerances. Lengths: E q_{l+1} = (σ_w²/2) q_l at every width, so that only noise is allowed for. Correlations:
 * fluctuations of order 1/N a layer add up to l/N of a separation, 2 % at l = 12 and N = 512, with a coefficient of a few.
 */
function reluClaims(relu: readonly Trajectory[]): readonly Claim[] {
  const on = relu.find(({ group }) => group.weightVariance === 2);
  if (on === undefined) return [];
  const { lengths, separations, predicted } = on;
  const last = predicted.lengths.length - 1;
  const separation = 1 - (predicted.correlations[COMPARED - 1] as number);
  return [
    agreement({
      name: 'ReLU at σ_w² = 2: growth of the log of the mean q per layer',
      predicted: 0,
      formula: '$\\ln(\\sigma_w^2/2) = 0$',
      measured: bootstrapInterval(
        lengths.map((row) => (row[last] as number) / (row[0] as number)),
        (grown) => Math.log(mean(grown)) / last,
        { seed: 65 },
      ),
      tolerance: 0.01,
      test: `bootstrap over ${lengths.length} nets of ${last + 1} layers`,
    }),
    agreement({
      name: `ReLU: 1 − c in layer ${COMPARED} over the mean-field recursion`,
      predicted: 1,
      formula: '$1$, with $1 - c_l \\to 9\\pi^2/2l^2$',
      measured: meanInterval(separations.map((row) => (row[COMPARED - 1] as number) / separation)),
      tolerance: 0.1,
      test: `t interval over ${separations.length} nets`,
    }),
  ];
}
