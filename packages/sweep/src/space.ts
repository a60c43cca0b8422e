import type { Knobs } from './trial.ts';

/**
 * A hyperparameter on a logarithmic lattice: coordinate i has the value base · factor^i. All bounds are
 * integer coordinates and inclusive.
 */
export interface Knob {
  readonly name: string;
  /** The value at coordinate 0. */
  readonly base: number;
  /** The ratio of neighbouring values; 2 unless given. */
  readonly factor?: number;
  /** The range searched first. */
  readonly min: number;
  readonly max: number;
  /** How far the range may extend; no further than min and max unless given. */
  readonly limits?: readonly [low: number, high: number];
  /** Lattice steps between the points of the first coarse screen; 1 unless given. */
  readonly stride?: number;
}

/** The knobs tuned together; their order decides ties. */
export type Space = readonly Knob[];

/** Lattice coordinates, one for each knob of a space. */
export type Setting = readonly number[];

/** The value of a knob at a coordinate: bitwise equal for equal arguments on every machine. */
export function knobValue({ base, factor = 2 }: Knob, coordinate: number): number {
  const power =
    factor === Math.SQRT2
      ? integerPower(2, Math.floor(Math.abs(coordinate) / 2)) * (coordinate % 2 ? Math.SQRT2 : 1)
      : integerPower(factor, Math.abs(coordinate));
  return coordinate < 0 ? base / power : base * power;
}

/** Multiplications only: `Math.pow` may round differently from one release to the next. */
function integerPower(base: number, exponent: number): number {
  let power = 1;
  for (
    let square = base, rest = exponent;
    rest > 0;
    rest = Math.floor(rest / 2), square *= square
  ) {
    if (rest % 2 === 1) power *= square;
  }
  return power;
}

/** The hard limits of a knob. */
export function limitsOf(knob: Knob): readonly [low: number, high: number] {
  return knob.limits ?? [knob.min, knob.max];
}

/** The knob values of a setting, by name. */
export function settingKnobs(space: Space, setting: Setting): Knobs {
  return Object.fromEntries(space.map((knob, k) => [knob.name, knobValue(knob, setting[k]!)]));
}

/** Orders settings by coordinates, first knob first; decides ties. */
export function compareSettings(a: Setting, b: Setting): number {
  const k = a.findIndex((coordinate, index) => coordinate !== b[index]);
  return k < 0 ? 0 : a[k]! - b[k]!;
}

/** The setting `by` lattice steps away along knob number `k`. */
export function shifted(setting: Setting, k: number, by: number): Setting {
  return setting.map((coordinate, index) => (index === k ? coordinate + by : coordinate));
}

/** Whether a setting stands within the hard limits of every knob. */
export function withinLimits(space: Space, setting: Setting): boolean {
  return space.every((knob, k) => {
    const [low, high] = limitsOf(knob);
    return setting[k]! >= low && setting[k]! <= high;
  });
}

/** Every combination of coordinates from min to max at each knob's stride, in lattice order. */
export function screenLattice(space: Space): readonly Setting[] {
  return space.reduce<readonly Setting[]>(
    (settings, knob) => settings.flatMap((setting) => screenAxis(knob).map((i) => [...setting, i])),
    [[]],
  );
}

function screenAxis({ min, max, stride = 1 }: Knob): readonly number[] {
  return Array.from({ length: Math.floor((max - min) / stride) + 1 }, (_, n) => min + n * stride);
}

/** How many settings stand within the hard limits. */
export function latticeSize(space: Space): number {
  return space.reduce((size, knob) => {
    const [low, high] = limitsOf(knob);
    return size * (high - low + 1);
  }, 1);
}

/** Throws where a space has no knob, one twice, an empty range, or a value that no lattice can have. */
export function checkSpace(space: Space): void {
  if (space.length === 0) throw new Error('empty space: no knobs (at least one)');
  const seen = new Set<string>();
  for (const knob of space) {
    if (seen.has(knob.name)) throw new Error(`knob twice in a space: ${knob.name} (once)`);
    seen.add(knob.name);
    checkKnob(knob);
  }
}

function checkKnob(knob: Knob): void {
  const { name, base, factor = 2, min, max, stride = 1 } = knob;
  const [low, high] = limitsOf(knob);
  const require = (holds: boolean, what: string, value: unknown, accepted: string) => {
    if (!holds) throw new Error(`unknown ${what} of ${name}: ${value} (${accepted})`);
  };
  require(Number.isFinite(base) && base > 0, 'base', base, 'a positive number');
  require(Number.isFinite(factor) && factor > 1, 'factor', factor, 'a number above 1');
  require(Number.isInteger(stride) && stride > 0, 'stride', stride, 'a positive integer');
  for (const [what, value] of [
    ['min', min],
    ['max', max],
    ['limit', low],
    ['limit', high],
  ] as const) {
    require(Number.isInteger(value), what, value, 'an integer coordinate');
  }
  if (min > max) throw new Error(`empty range of ${name}: ${min} to ${max} (min at most max)`);
  require(low <= min && high >= max, 'limits', `${low} to ${high}`, `around ${min} to ${max}`);
  const ends = [knobValue(knob, low), knobValue(knob, high)];
  require(ends.every((v) => Number.isFinite(v) && v > 0), 'limits', ends.join(
    ' to ',
  ), 'finite values');
}

/** The place of a knob in a space; throws where the space has none of that name. */
export function knobIndex(space: Space, name: string): number {
  const index = space.findIndex((knob) => knob.name === name);
  const known = space.map((knob) => knob.name).join(', ');
  if (index < 0) throw new Error(`unknown knob: ${name} (${known})`);
  return index;
}
