import type { ParameterizationName } from '@hyperlaw/core';
import type { ByLayer, LayerExponents } from '@hyperlaw/theory';

/** The optimizers that the theory of widths speaks of. */
export type WidthOptimizer = 'sgd' | 'adam';

export const widthOptimizers = ['sgd', 'adam'] as const;

export const optimizerTitles: Readonly<Record<WidthOptimizer, string>> = {
  sgd: 'SGD',
  adam: 'Adam',
};

/** The parameterizations that are told apart; the other tables of μP train as it does. */
export const comparedNames = ['sp', 'ntp', 'mfp', 'mup'] as const;
export type ComparedName = (typeof comparedNames)[number];

export const parameterizationTitles: Readonly<Record<ParameterizationName, string>> = {
  sp: 'SP',
  ntp: 'NTP',
  mfp: 'MFP',
  mup: 'μP',
  'mup-table-3': 'μP, Table 3',
  'mup-table-8': 'μP, Table 8',
};

/** Exponents of a class of layer as papers write them, with a rate for each optimizer. */
interface PublishedExponents {
  readonly a: number;
  readonly b: number;
  readonly c: Readonly<Record<WidthOptimizer, number>>;
}

/**
 * The definitions of 2011.14522 (SP, NTP, MFP, μP with SGD) and of 2203.03466 and 2407.05872 (Adam), written out here: a
 * prediction that read core's tables would agree with whatever stands there.
 */
const published: Readonly<Record<ComparedName, ByLayer<PublishedExponents>>> = {
  sp: {
    input: { a: 0, b: 0, c: { sgd: 0, adam: 0 } },
    hidden: { a: 0, b: 1 / 2, c: { sgd: 0, adam: 0 } },
    output: { a: 0, b: 1 / 2, c: { sgd: 0, adam: 0 } },
  },
  ntp: {
    input: { a: 0, b: 0, c: { sgd: 0, adam: 0 } },
    hidden: { a: 1 / 2, b: 0, c: { sgd: 0, adam: 1 / 2 } },
    output: { a: 1 / 2, b: 0, c: { sgd: 0, adam: 1 / 2 } },
  },
  mfp: {
    input: { a: 0, b: 0, c: { sgd: -1, adam: 0 } },
    hidden: { a: 1 / 2, b: 0, c: { sgd: -1, adam: 1 / 2 } },
    output: { a: 1, b: 0, c: { sgd: -1, adam: 0 } },
  },
  mup: {
    input: { a: -1 / 2, b: 1 / 2, c: { sgd: 0, adam: 1 / 2 } },
    hidden: { a: 0, b: 1 / 2, c: { sgd: 0, adam: 1 } },
    output: { a: 1 / 2, b: 1 / 2, c: { sgd: 0, adam: 1 / 2 } },
  },
};

/** The exponents a, b, c of a parameterization, from the literature. */
export function exponentsOf(
  name: ComparedName,
  optimizer: WidthOptimizer,
): ByLayer<LayerExponents> {
  const { input, hidden, output } = published[name];
  const layer = ({ a, b, c }: PublishedExponents): LayerExponents => ({ a, b, c: c[optimizer] });
  return { input: layer(input), hidden: layer(hidden), output: layer(output) };
}

/** An exponent as text: halves as fractions, with a true minus. */
export function exponentText(value: number): string {
  const size = Math.abs(value);
  const whole = Math.floor(size);
  const half = size - whole === 0.5;
  const digits = half ? `${whole === 0 ? '' : whole}½` : String(whole);
  return value < 0 ? `−${digits}` : digits;
}
