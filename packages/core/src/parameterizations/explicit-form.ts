import type { Knobs } from '../knobs.ts';
import { layerKnob } from '../knobs.ts';
import type { Parameter } from '../parameter.ts';
import { isWeight, scalingClass } from '../parameter.ts';
import type { DepthParameterization } from './depth-form.ts';
import { depthForm } from './depth-form.ts';
import type { ExpertsParameterization } from './expert-form.ts';
import { expertExponents, expertForm } from './expert-form.ts';
import type { Exponents } from './exponents.ts';
import { initialEntries } from './initial-entries.ts';
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
  /** How residual branches scale with their number; by default not at all. */
  readonly depth?: DepthParameterization;
  /** A rule for mixtures of experts; by default their tensors scale as others of their class. */
  readonly experts?: ExpertsParameterization;
}

/**
 * How an optimizer's step answers to the gradient's scale: in proportion, not at all, orthogonalised, or (`relative`)
 * not at all and in proportion to the weight's own length.
 */
export type Family = 'sgd' | 'adam' | 'muon' | 'relative';

/**
 * What a parameterization says about one tensor, for one width, one depth and one lane's knobs. `rate`, `epsilon`,
 * `decay`, `l2` and `l1` are factors on the knobs `learningRate`, `epsilon`, `weightDecay`, `l2` and `l1`.
 */
export interface TensorForm {
  /** The layer computes `multiplier · (h W)`; a bias enters as `multiplier · b`. */
  readonly multiplier: number;
  /** Standard deviation of the entries at initialization. */
  readonly initStd: number;
  /** Mean of the entries at initialization: 0 but for norm gains. */
  readonly initMean: number;
  readonly rate: number;
  readonly epsilon: number;
  /** Decoupled weight decay, which the rate multiplies: chosen so that rate · decay does not scale. */
  readonly decay: number;
  readonly l2: number;
  readonly l1: number;
  /** Weight of the tensor's squared gradient in the global norm that clipping looks at. */
  readonly clip: number;
  /** All experts start with the same entries. */
  readonly alike?: true;
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
 * The knobs read are those of `initialEntries`, `richness`, `branchMultiplier`, `attentionScale` and the
 * layerwise factors of `learningRate`. The whole output, bias included, is divided by the richness γ, so that larger γ
 * is richer; what a residual branch adds is multiplied by `branchMultiplier`, which changes no rate. The depth rule
 * scales with `depth`, the model's: its residual blocks, or a transformer's layers of two blocks each.
 */
export function explicitForm(
  parameter: Parameter,
  options: {
    readonly parameterization: Parameterization;
    readonly width: number;
    readonly depth: number;
    readonly family: Family;
    readonly knobs: Knobs;
  },
): TensorForm {
  const { parameterization, width, depth, family, knobs } = options;
  const m = widthRatio(parameterization, width);
  const { a, b, sgd, adam, relative, gradient } = exponentsOf(parameter, parameterization);
  const { role, place, multiplierKnob } = parameter;
  const atBase = initialEntries(parameter, { m, knobs });
  const readout = role === 'output' || role === 'output-bias';
  const branch = place === 'branch-end' ? (knobs.branchMultiplier ?? 1) : 1;
  const own = multiplierKnob === undefined ? 1 : (knobs[multiplierKnob] ?? 1);
  const part = layerKnob({ ...knobs, learningRate: 1 }, 'learningRate', parameter);
  // An orthogonalised step has spectral norm 1 whatever the width, which is what a hidden matrix wants of its
  // effective weight m^{-a} W (2310.17813, Condition 1): hence c = −a. Its gradient's norm scales as m^{-a}.
  const c = { sgd, adam, muon: -a, relative }[family];
  const e = family === 'muon' ? a : gradient;
  const over = depthForm(parameter, {
    parameterization: parameterization.depth ?? { rule: 'none' },
    depth,
    family,
  });
  const { experts } = parameterization;
  const among = expertForm(parameter, { experts, family });
  const alike = expertExponents(parameter, experts)?.alike;
  return {
    multiplier:
      ((m ** -a * branch * own) / (readout ? (knobs.richness ?? 1) : 1)) *
      over.multiplier *
      among.multiplier,
    initStd: atBase.std * m ** -b * among.initStd,
    initMean: atBase.mean * m ** -b,
    rate: part * m ** -c * over.rate * among.rate,
    epsilon: m ** -e * over.epsilon * among.epsilon,
    decay: m ** c * over.decay * among.decay,
    l2: m ** sgd * over.l2 * among.l2,
    l1: m ** -gradient * over.l1 * among.l1,
    clip: 1,
    ...(alike && { alike }),
  };
}

const fixed: Exponents = { a: 0, b: 0, sgd: 0, adam: 0, relative: 0, gradient: 0 };

function exponentsOf(parameter: Parameter, { name, experts }: Parameterization): Exponents {
  const table = parameterizationTables[name];
  if (table === undefined) {
    const known = Object.keys(parameterizationTables).join(', ');
    throw new Error(`unknown parameterization: ${name} (${known})`);
  }
  const own = isWeight(parameter) ? expertExponents(parameter, experts) : null;
  if (own) return own.width(parameter.scales);
  if (parameter.tied && table.tied) return table.tied;
  const scaling = scalingClass(parameter);
  return scaling === 'fixed' ? fixed : table[scaling];
}
