import { logSlope } from '@hyperlaw/core';
import { bootstrapStratified, type Claim, meanInterval } from '@hyperlaw/report';
import { mean } from '@hyperlaw/theory';
import { agreement } from '../../agreement.ts';
import { NotMeasured } from '../../law.ts';
import {
  type Deviations,
  type KernelKind,
  kernelKinds,
  kernelTitles,
  netTitles,
} from './kernels.ts';

type Activation = Deviations['activation'];

/** Widths from which squared deviations enter the fits of their exponent. */
const LEAST_WIDTH = 32;
/** Widths up to which biases do: beyond they drown in fluctuations. */
export const MOST_BIASED_WIDTH = 32;

/**
 * Where a bias is looked for: in either kernel of either net. On the diagonal bias-free ReLU nets have none at any width:
 * the norms of what enters a layer and of the gradient at it are kept in the mean and are independent. Of erf nets both
 * entries of the NT kernel have one, off the diagonal with less noise. That of ReLU nets is too large for near inputs and
 * too small for far ones, so that a mean over pairs says nothing, as a first reading showed: one pair is taken.
 */
export const biased: readonly {
  readonly kind: KernelKind;
  readonly activation: Activation;
  readonly entries: 'diagonal' | 'offDiagonal' | 'farthest';
}[] = [
  { kind: 'nngp', activation: 'relu', entries: 'offDiagonal' },
  { kind: 'nngp', activation: 'erf', entries: 'diagonal' },
  { kind: 'ntk', activation: 'relu', entries: 'farthest' },
  { kind: 'ntk', activation: 'erf', entries: 'offDiagonal' },
];
export const entryTitles = {
  diagonal: 'on the diagonal',
  offDiagonal: 'off the diagonal',
  farthest: 'of the least correlated inputs',
} as const;

export function kernelClaims(all: readonly Deviations[]): Claim[] {
  return kernelKinds.flatMap((kind) => {
    const own = all.filter((each) => each.kind === kind);
    return [
      levelClaim(kind, own),
      ...(['relu', 'erf'] as const).map((activation) =>
        squareClaim(
          kind,
          activation,
          own.filter((each) => each.activation === activation),
        ),
      ),
      ...biased
        .filter((each) => each.kind === kind)
        .map((each) =>
          biasClaim(
            each,
            own.filter(({ activation }) => activation === each.activation),
          ),
        ),
    ];
  });
}

/** One hidden layer: the size itself is known, at every width. */
function levelClaim(kind: KernelKind, own: readonly Deviations[]): Claim {
  const ratios = own.flatMap(({ exact, squared }) =>
    exact === null ? [] : squared.map((value) => value / exact),
  );
  return agreement({
    name: `Mean squared deviation of the ${kernelTitles[kind]} kernel over its exact value, one hidden layer`,
    predicted: 1,
    measured: () => {
      if (ratios.length < 2) throw new NotMeasured('fewer than two blocks of nets');
      return meanInterval(ratios);
    },
    // Exact at every width, so that the tolerance is one of precision: far less than any term of the constant is worth.
    tolerance: 0.05,
    test: `t interval over ${ratios.length} blocks of nets, ReLU and erf, all widths`,
  });
}

function squareClaim(kind: KernelKind, activation: Activation, own: readonly Deviations[]): Claim {
  const deep = own.filter(({ hidden, width }) => hidden === 2 && width >= LEAST_WIDTH);
  return agreement({
    name: `Exponent in width of the mean squared deviation of the ${kernelTitles[kind]} kernel: ${netTitles[activation]}, two hidden layers`,
    predicted: -1,
    measured: () => slopeOf(deep, ({ squared }) => squared),
    // Next orders are 1/n: for ReLU's diagonal (1 + 5/n)² − 1 = 10/n (1 + 2.5/n), 8 % at the smallest width.
    tolerance: 0.1,
    test: 'bootstrap over blocks of nets at each width',
  });
}

function biasClaim(
  { kind, activation, entries }: (typeof biased)[number],
  own: readonly Deviations[],
): Claim {
  const deep = own.filter(({ hidden, width }) => hidden === 2 && width <= MOST_BIASED_WIDTH);
  return agreement({
    name: `Exponent in width of the bias of the ${kernelTitles[kind]} kernel, ${entryTitles[entries]}: ${netTitles[activation]}, two hidden layers`,
    predicted: -1,
    measured: () => slopeOf(deep, (each) => each[entries]),
    // The next order, of some 2/n, is a quarter of the bias at width 8 and less than a tenth at 32.
    tolerance: 0.3,
    test: 'bootstrap over blocks of nets at each width',
  });
}

/** Slope of the size of block means over width, on logarithmic axes. */
function slopeOf(
  own: readonly Deviations[],
  values: (deviations: Deviations) => readonly number[],
) {
  const widths = own.map(({ width }) => width);
  if (widths.length < 2) throw new NotMeasured('fewer than two widths');
  return bootstrapStratified(
    own.map(values),
    (strata) =>
      logSlope(
        widths,
        strata.map((blocks) => Math.abs(mean(blocks))),
      ).slope,
    { seed: 46 },
  );
}
