import type { Tensor } from '@tensorflow/tfjs';
import type { Knobs } from '../knobs.ts';
import type { Parameter } from '../parameter.ts';
import type { Family } from '../parameterizations/explicit-form.ts';
import type { Tensors } from '../tensors.ts';
import type { BiasCorrections } from './bias-corrections.ts';

/** What a rule needs to know on the host to make one step's scalars for one tensor of one lane. */
export interface ScalarInputs {
  /** Learning rate × schedule × the tensor's factor × the rule's own factor. */
  readonly rate: number;
  /** ε × the tensor's factor. */
  readonly epsilon: number;
  /** Decoupled decay × the tensor's factor. */
  readonly decay: number;
  readonly knobs: Knobs;
  readonly bias: BiasCorrections;
}

/**
 * How an optimizer updates one tensor. The graph holds only memory passes over `[lane, fanIn, fanOut]`; all scalar
 * arithmetic is done on the host in float64 and fed as `[lane, 1, 1]`.
 */
export interface UpdateRule {
  readonly family: Family;
  /** The rule's own factor on the learning rate, where it has one. */
  readonly rateFactor?: (knobs: Knobs) => number;
  /** Names of the state tensors, each of the parameter's shape, all zero at the start. */
  readonly slots: readonly string[];
  /** Knobs that the graph reads as they are, the same for all tensors and steps. */
  readonly constants: readonly string[];
  /** The scalars that differ by tensor and step, by name, each a function to float64. */
  readonly perStep: Readonly<Record<string, (inputs: ScalarInputs) => number>>;
  /** One step. Scalars are `[lane, 1, 1]`, by the names above. */
  readonly update: (
    parameter: Tensor,
    gradient: Tensor,
    slots: Tensors,
    scalars: Tensors,
  ) => { readonly parameter: Tensor; readonly slots: Tensors };
}

/** An optimizer: which rule updates which tensor. */
export type Optimizer = (parameter: Parameter) => UpdateRule;
