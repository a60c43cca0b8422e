import type { Tensor } from '@tensorflow/tfjs';
import * as tf from '@tensorflow/tfjs';
import type { Parameter } from '../parameter.ts';
import type { BranchGain } from '../shape.ts';
import type { Tensors } from '../tensors.ts';
import { tensorOf } from '../tensors.ts';

/**
 * The trained number that a branch is multiplied by, `<branch>.gain` `[1, 1]` (SkipInit of 2002.10444, ReZero of
 * 2003.04887), or one a feature `[1, width]` (LayerScale of 2103.17239), starting at the knob `branchGainScale`, 0 by
 * default. It is the branch's end: it holds the branch multiplier.
 */
export function branchGainParameter(
  branch: string,
  { kind, width }: { readonly kind: BranchGain; readonly width: number },
): Parameter {
  const features = kind === 'scalar' ? 1 : width;
  return {
    ...{ name: `${branch}.gain`, role: 'branch-gain', place: 'branch-end' },
    ...{ shape: [1, features], fanIn: 1, fanOut: features },
    scales: { fanIn: false, fanOut: kind === 'features' },
  };
}

/** What a branch adds, `[lane, rows, width]`, times its gain. */
export function branchGain(branch: string, parameters: Tensors, added: Tensor): Tensor {
  return tf.mul(added, tensorOf(parameters, `${branch}.gain`));
}
