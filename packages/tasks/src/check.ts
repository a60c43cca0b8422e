/** Throws a line that names the parameter, the value given and what would be accepted. */
export type Check = (name: string, value: unknown) => void;

/** A check for each parameter of a law but its kind. */
export type Checks<Law> = { readonly [Key in Exclude<keyof Law, 'kind'>]-?: Check };

/** An offending value as one short printable line. */
export function shown(value: unknown): string {
  if (typeof value === 'string') return clipped(value);
  if (value === undefined) return 'nothing';
  if (typeof value === 'number' || typeof value === 'bigint') return String(value);
  return clipped(JSON.stringify(value) ?? String(value));
}

function clipped(text: string): string {
  const line = text.replace(/\p{Cc}+/gu, ' ');
  return line.length > 80 ? `${line.slice(0, 77)}…` : line;
}

const refuse = (name: string, value: unknown, accepted: string): never => {
  throw new Error(`unknown ${words(name)}: ${shown(value)} (${accepted})`);
};

/** `inputDim` reads `input dim`. */
const words = (name: string): string => name.replace(/[A-Z]/g, (c) => ` ${c.toLowerCase()}`);

/** Accepts integers from `min` to `max`. */
export function integer(min: number, max = Number.MAX_SAFE_INTEGER): Check {
  const from = min === 1 ? 'a positive integer' : min === 0 ? 'a non-negative integer' : null;
  const accepted =
    max === Number.MAX_SAFE_INTEGER
      ? (from ?? `an integer from ${min}`)
      : `an integer from ${min} to ${max}`;
  return (name, value) => {
    if (typeof value !== 'number' || !Number.isSafeInteger(value) || value < min || value > max) {
      refuse(name, value, accepted);
    }
  };
}

/** Accepts finite numbers from `min` to `max`. */
export function number(min: number, max: number): Check {
  return (name, value) => {
    if (typeof value !== 'number' || !(value >= min && value <= max)) {
      refuse(name, value, `a number from ${min} to ${max}`);
    }
  };
}

/** Accepts the members of a list. */
export function oneOf(members: readonly (string | number)[]): Check {
  return (name, value) => {
    if (!members.some((member) => member === value)) {
      refuse(name, value, `one of ${members.join(', ')}`);
    }
  };
}

/** Accepts what `other` accepts, and nothing at all. */
export function optional(other: Check): Check {
  return (name, value) => {
    if (value !== undefined) other(name, value);
  };
}

/** Accepts what `other` accepts, and one word besides. */
export function wordOr(word: string, other: Check): Check {
  return (name, value) => {
    if (typeof value === 'string' && value !== word) refuse(name, value, `${word}, or a number`);
    if (value !== word) other(name, value);
  };
}

/**
 * Checks every parameter of a law; throws one line for the first that is missing, out of range or not
 * a parameter of this kind of task (a misspelt one would otherwise change the key and nothing else).
 */
export function checkLaw<Law extends { kind: string }>(law: Law, checks: Checks<Law>): void {
  const known = Object.keys(checks);
  for (const name of Object.keys(law)) {
    if (name !== 'kind' && !known.includes(name)) {
      throw new Error(
        `unknown parameter of task ${law.kind}: ${shown(name)} (one of ${known.join(', ')})`,
      );
    }
  }
  for (const [name, check] of Object.entries<Check>(checks)) {
    check(name, (law as Readonly<Record<string, unknown>>)[name]);
  }
}

/** Every law that has a random target says which: instance 0, 1, 2, … */
export const instanceCheck = integer(0);
/** Dimension of an input: large enough for anything here, small enough to be a mistake beyond. */
export const inputDimCheck = integer(1, 65536);
/** Standard deviation of Gaussian label noise, in units of the clean target's. */
export const noiseCheck = number(0, 1000);
