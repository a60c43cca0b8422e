import { normalization, product, reduction, softmax } from './algebra.ts';
import { activation, arithmetic, comparison, limit, unary } from './elementwise.ts';
import { convolution, pooling, resizing } from './images.ts';
import { indexing, shape } from './shapes.ts';

/** The table of cases, by family. */
export const families = {
  arithmetic,
  comparison,
  unary,
  activation,
  reduction,
  softmax,
  product,
  normalization,
  shape,
  indexing,
  convolution,
  pooling,
  resizing,
};

/** What only processors with IEEE arithmetic are held to. */
export const exactFamilies = { limit };
