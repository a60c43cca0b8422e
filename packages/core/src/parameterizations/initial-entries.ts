import type { Knobs } from '../knobs.ts';
import { layerKnob } from '../knobs.ts';
import type { Parameter } from '../parameter.ts';

/**
 * Mean and standard deviation of a tensor's entries at the base width: weights `initScale/√fanIn`, biases `biasScale`
 * (0 by default), norm gains all `gainScale` (1 by default), norm biases 0, slopes of
 * dynamic tanhs `tanhSlope` (0.5, as in 2503.10622), branch gains `branchGainScale` (0).
 * Of a normalised weight the entries are of `1/√fanIn`, and its gains all `initScale`. `m` is the width ratio.
 */
export function initialEntries(
  parameter: Parameter,
  { m, knobs }: { readonly m: number; readonly knobs: Knobs },
): { readonly mean: number; readonly std: number } {
  const { role, fanIn, scales, direction, gainOf, place } = parameter;
  const at = place === undefined ? {} : { place };
  switch (role) {
    case 'input':
    case 'hidden':
    case 'output':
    case 'router':
    case 'expert-up':
    case 'expert-down':
      // The scale of a normalised weight is its gain's; its own length only sets the pace at which it turns.
      if (direction) return { mean: 0, std: 1 / Math.sqrt(scales.fanIn ? fanIn / m : fanIn) };
      return {
        mean: 0,
        std: layerKnob(knobs, 'initScale', parameter) / Math.sqrt(scales.fanIn ? fanIn / m : fanIn),
      };
    case 'input-bias':
    case 'hidden-bias':
    case 'output-bias':
    case 'expert-up-bias':
    case 'expert-down-bias':
      return { mean: 0, std: knobs.biasScale ?? 0 };
    case 'norm-gain':
      return { mean: knobs.gainScale ?? 1, std: 0 };
    case 'weight-gain':
      return { mean: layerKnob(knobs, 'initScale', { ...(gainOf ?? parameter), ...at }), std: 0 };
    case 'norm-slope':
      return { mean: knobs.tanhSlope ?? 0.5, std: 0 };
    case 'branch-gain':
      return { mean: knobs.branchGainScale ?? 0, std: 0 };
    case 'norm-bias':
      return { mean: 0, std: 0 };
  }
}
