/** Error level of every family of tests. */
export const LEVEL = 0.05;

/** Slopes smaller than this, in log2 loss per doubling of width, make no practical difference: 0.7 % of the loss. */
export const MARGIN = 0.01;

/** What slopes are in. */
export const UNIT = '$\\log_2$ loss per doubling of width';
