import type { Model } from '../model.ts';
import type { ModelShape } from '../shape.ts';
import { convNet } from './conv-net.ts';
import { mlp } from './mlp.ts';
import { residualMlp } from './residual-mlp.ts';
import { transformer } from './transformer.ts';

/** The model of a shape, by its kind. Throws on sizes that it cannot have. */
export function modelOf(
  shape: ModelShape,
  sides: { readonly inputDim: number; readonly outputDim: number },
): Model {
  switch (shape.kind) {
    case 'mlp':
      return mlp(shape, sides);
    case 'residual-mlp':
      return residualMlp(shape, sides);
    case 'transformer':
      return transformer(shape, sides);
    case 'conv-net':
      return convNet(shape, sides);
    default:
      throw new Error(
        `unknown model: ${(shape as ModelShape).kind} (mlp, residual-mlp, transformer, conv-net)`,
      );
  }
}
