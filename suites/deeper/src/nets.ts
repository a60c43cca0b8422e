import type { Parameterization, Shape } from '@hyperlaw/core';
import { CONTEXT } from './tasks.ts';

/** The networks that are made deeper. */
export type Net = 'residual' | 'plain' | 'transformer';

/** Examples a step; of the transformer each has `CONTEXT` predictions. */
const BATCH: Readonly<Record<Net, number>> = { residual: 32, plain: 32, transformer: 8 };

/** A network of a depth and a width, and how it is trained: MLPs by SGD, the transformer by Adam. */
export function shapeOf(
  net: Net,
  { depth, width }: { readonly depth: number; readonly width: number },
): Shape {
  const common = { width, depth, activation: 'relu', bias: false, centred: false } as const;
  const batch = BATCH[net];
  switch (net) {
    case 'plain':
      return { model: { kind: 'mlp', ...common }, optimizer: { kind: 'sgd' }, batch };
    case 'residual':
      return {
        model: { kind: 'residual-mlp', ...common, blockLayers: 1, norm: { kind: 'none' } },
        optimizer: { kind: 'sgd' },
        batch,
      };
    case 'transformer':
      return {
        model: {
          kind: 'transformer',
          ...common,
          heads: 2,
          // Rotary positions want even heads.
          headSize: 2 * Math.round(width / 4),
          context: CONTEXT,
          positions: 'rotary',
          readout: 'untied',
          feedForward: 'plain',
          expansion: 2,
          norm: { kind: 'rms', placement: 'pre', gains: false },
          queryKeyNorm: false,
          logitScale: 'sqrt',
          targets: 'every',
        },
        optimizer: { kind: 'adam' },
        batch,
      };
  }
}

/** How branches scale with depth, by the names of core's depth rules. */
export type DepthRule = 'none' | 'sqrt' | 'completep';

/** μP over the width, and a depth rule whose multipliers are L^{-α}; the plain net has no branches. */
export function parameterizationOf(net: Net, width: number, rule: DepthRule): Parameterization {
  const mup = { name: 'mup', baseWidth: width } as const;
  return net === 'plain' ? mup : { ...mup, depth: { rule, baseDepth: 1 } };
}
