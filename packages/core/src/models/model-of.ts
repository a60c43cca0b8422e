import type { Dimensions, Model } from '../model.ts';
import type { ModelShape } from '../shape.ts';
import { checkWords } from './check-words.ts';
import { convNet } from './conv-net.ts';
import { mlp } from './mlp.ts';
import { residualMlp } from './residual-mlp.ts';
import { transformer } from './transformer.ts';

const kinds: readonly string[] = ['mlp', 'residual-mlp', 'transformer', 'conv-net'];

/** The model of a shape, by its kind. Throws on words and sizes that it cannot have. */
export function modelOf(shape: ModelShape, sides: Dimensions): Model {
  if (!kinds.includes(shape.kind)) {
    throw new Error(`unknown model: ${shape.kind} (${kinds.join(', ')})`);
  }
  checkWords(shape);
  switch (shape.kind) {
    case 'mlp':
      return mlp(shape, sides);
    case 'residual-mlp':
      return residualMlp(shape, sides);
    case 'transformer':
      return transformer(shape, sides);
    case 'conv-net':
      return convNet(shape, sides);
  }
}
