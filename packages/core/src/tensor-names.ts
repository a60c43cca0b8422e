/** Name of a tensor's own scalar or slot among a program's tensors. */
export function scalarName(parameter: string, key: string): string {
  return `${parameter}:${key}`;
}

/** Name of the constant that a tied tensor's readout is multiplied by. */
export function multiplierName(parameter: string): string {
  return scalarName(parameter, 'multiplier');
}

/** Name of the constant that holds the root mean square of a spherical weight's columns. */
export function radiusName(parameter: string): string {
  return scalarName(parameter, 'radius');
}

/** Name of the constant that holds a parameter's value at initialization, for centred models. */
export function initialName(parameter: string): string {
  return `${parameter}:initial`;
}
