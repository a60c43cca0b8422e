import type { Model } from '../model.ts';
import type { Parameter } from '../parameter.ts';
import type { TransformerShape } from '../shape.ts';
import { expertActivations } from './expert-extras.ts';
import { productFlops } from './product-flops.ts';

/**
 * What one example of a transformer costs: products with every matrix at every position, the embedding's one-hot
 * product and a tied readout's included, and those of attention, `4 · heads · headSize · context²` a layer forward and
 * twice that backward; and the activations of its layers with their gradients.
 */
export function transformerCosts(
  shape: TransformerShape,
  {
    parameters,
    vocabulary,
  }: { readonly parameters: readonly Parameter[]; readonly vocabulary: number },
): Pick<Model, 'flops' | 'activations'> {
  const { width, depth, heads, headSize, context, expansion } = shape;
  const predictions = shape.targets === 'every' ? context : 1;
  const looked = ({ name, tied }: Parameter) => name === 'positions.weight' || tied === true;
  const readouts = parameters.filter(({ role, tied }) => role === 'output' && !tied);
  const others = parameters.filter((each) => !readouts.includes(each) && !looked(each));
  const table = 2 * vocabulary * width;
  const products = [
    productFlops(others, { rows: context }),
    productFlops(readouts, { rows: predictions }),
    shape.readout === 'tied'
      ? {
          forward: table * (context + predictions),
          backward: table * (context + 2 * predictions),
        }
      : { forward: 0, backward: 0 },
  ];
  const mixing = 4 * heads * headSize * context ** 2 * depth;
  const sum = (key: 'forward' | 'backward') => products.reduce((all, each) => all + each[key], 0);
  const inner = heads * headSize;
  const hidden = shape.experts ? expertActivations(shape) : 3 * expansion * width;
  const perRow = 6 * width + 8 * inner + 3 * heads * context + hidden;
  return {
    flops: { forward: sum('forward') + mixing, backward: sum('backward') + 2 * mixing },
    activations: 2 * context * (depth * perRow + 2 * width) + 3 * predictions * vocabulary,
  };
}
