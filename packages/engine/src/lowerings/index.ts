import { arithmetic } from './arithmetic.ts';
import type { Lowerings } from './lowering.ts';
import { products } from './matmul.ts';
import { reductions } from './reduction.ts';
import { shapes } from './shape.ts';
import { unary } from './unary.ts';

/** Every tfjs kernel that can be traced. */
export const allLowerings: Lowerings = {
  ...arithmetic,
  ...unary,
  ...reductions,
  ...products,
  ...shapes,
};
