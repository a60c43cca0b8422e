import { activations } from './activation.ts';
import { arithmetic } from './arithmetic.ts';
import { blocks } from './blocks.ts';
import { comparisons } from './comparison.ts';
import { convolutions } from './convolution.ts';
import { cumulatives } from './cumulative.ts';
import { generators } from './generating.ts';
import { indexings } from './indexing.ts';
import { joins } from './joining.ts';
import type { Lowerings } from './lowering.ts';
import { products } from './matmul.ts';
import { normalizations } from './normalization.ts';
import { poolings } from './pooling.ts';
import { reductions } from './reduction.ts';
import { resizes } from './resize.ts';
import { shapes } from './shape.ts';
import { slices } from './slicing.ts';
import { softmaxes } from './softmax.ts';
import { unary } from './unary.ts';

/** Every tfjs kernel that can be traced. */
export const allLowerings: Lowerings = {
  ...arithmetic,
  ...comparisons,
  ...unary,
  ...activations,
  ...reductions,
  ...softmaxes,
  ...products,
  ...shapes,
  ...slices,
  ...joins,
  ...blocks,
  ...indexings,
  ...cumulatives,
  ...generators,
  ...normalizations,
  ...convolutions,
  ...poolings,
  ...resizes,
};
