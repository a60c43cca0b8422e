/** Error level of every family of tests. */
export const LEVEL = 0.05;

/** Slopes smaller than this, in log2 loss per doubling of a size, make no practical difference: 0.7 % of the loss. */
export const MARGIN = 0.01;
