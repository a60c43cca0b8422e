import type { Knobs } from '../knobs.ts';
import { layerKnob } from '../knobs.ts';
import type { Parameter } from '../parameter.ts';
import { isBias, scalingClass } from '../parameter.ts';
import type { Exponents } from './exponents.ts';
import type { ParameterizationName } from './tables.ts';
import { parameterizationTables } from './tables.ts';

/**
 * A parameterization and the width at which it is tuned. Everything scales with `m = width/baseWidth`, so at
 * `width = baseWidth` every parameterization is SP and their learning rates are comparable, as with the base shapes of
 * 2203.03466.
 */
export interface Parameterization {
  readonly name: ParameterizationName;
  /** Without it nothing scales and every parameterization is SP at its own width: see `noEffect`. */
  readonly baseWidth?: number;
}

/** How an optimizer's step answers to the gradient's scale: in proportion, not at all, or orthogonalised. */
export type Family = 'sgd' | 'adam' | 'muon';

/**
 * What a parameterization says about one tensor, for one width and one lane's knobs.
 * All but the first two are factors on the knob of that name.
 */
export interface TensorForm {
  /** The layer computes `multiplier · (h W)`; a bias enters as `multiplier · b`. */
  readonly multiplier: number;
  /** Standard deviation of the entries at initialization. */
  readonly initStd: number;
  readonly rate: number;
  readonly epsilon: number;
  /** Decoupled weight decay, which the rate multiplies: chosen so that rate · decay does not scale. */
  readonly decay: number;
  readonly l2: number;
  readonly l1: number;
  /** Weight of the tensor's squared gradient in the global norm that clipping looks at. */
  readonly clip: number;
}

/** The width ratio `m` to the base width; 1 without a base width. Throws where that is not a positive number. */
export function widthRatio({ baseWidth }: Parameterization, width: number): number {
  if (baseWidth === undefined) return 1;
  if (!(baseWidth > 0 && baseWidth < Infinity)) {
    throw new Error(`unknown base width: ${baseWidth} (a positive number)`);
  }
  return width / baseWidth;
}

/**
 * A tensor's form with its multiplier written out, as the parameterization's table has it.
 *
 * The knobs read are `initScale`, `biasScale`, `richness` and the layerwise factors of `initScale` and
 * `learningRate`. The whole output, bias included, is divided by the richness γ, so that larger γ is richer.
 * Biases start at `biasScale` (0 by default) and weights at `initScale/√fanIn`, both at the base width.
 */
export function explicitForm(
  parameter: Parameter,
  options: {
    readonly parameterization: Parameterization;
    readonly width: number;
    readonly family: Family;
    readonly knobs: Knobs;
  },
): TensorForm {
  const { parameterization, width, family, knobs } = options;
  const m = widthRatio(parameterization, width);
  const { a, b, sgd, adam, gradient } = exponentsOf(parameter, parameterization.name);
  const { role, fanIn, scales } = parameter;
  const atBase = isBias(parameter)
    ? (knobs.biasScale ?? 0)
    : layerKnob(knobs, 'initScale', parameter) / Math.sqrt(scales.fanIn ? fanIn / m : fanIn);
  const readout = role === 'output' || role === 'output-bias';
  const part = layerKnob({ ...knobs, learningRate: 1 }, 'learningRate', parameter);
  // An orthogonalised step has spectral norm 1 whatever the width, which is what a hidden matrix wants of its
  // effective weight m^{-a} W (2310.17813, Condition 1): hence c = −a. Its gradient's norm scales as m^{-a}.
  const c = { sgd, adam, muon: -a }[family];
  const e = family === 'muon' ? a : gradient;
  return {
    multiplier: m ** -a / (readout ? (knobs.richness ?? 1) : 1),
    initStd: atBase * m ** -b,
    rate: part * m ** -c,
    epsilon: m ** -e,
    decay: m ** c,
    l2: m ** sgd,
    l1: m ** -gradient,
    clip: 1,
  };
}

const fixed: Exponents = { a: 0, b: 0, sgd: 0, adam: 0, gradient: 0 };

function exponentsOf(parameter: Parameter, name: ParameterizationName): Exponents {
  const table = parameterizationTables[name];
  if (table === undefined) {
    const known = Object.keys(parameterizationTables).join(', ');
    throw new Error(`unknown parameterization: ${name} (${known})`);
  }
  const scaling = scalingClass(parameter);
  return scaling === 'fixed' ? fixed : table[scaling];
}
