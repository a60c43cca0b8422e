import { type ParameterizationName, parameterizationTables } from '@hyperlaw/core';
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

/** The exponents a, b, c of a parameterization as core trains it. */
export function exponentsOf(
  name: ParameterizationName,
  optimizer: WidthOptimizer,
): ByLayer<LayerExponents> {
  const { input, hidden, output } = parameterizationTables[name];
  const layer = ({ a, b, ...c }: typeof input): LayerExponents => ({ a, b, c: c[optimizer] });
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
