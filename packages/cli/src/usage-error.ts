/** Bad usage: what was asked for does not exist. Ends the command with exit code 2. */
export class UsageError extends Error {}

/** An offending value as one short printable line. */
export function shown(value: string): string {
  const line = value.replace(/\p{C}+/gu, ' ');
  return line.length > 80 ? `${line.slice(0, 79)}…` : line;
}

/** Gives a value back where it is one of those known; throws bad usage that lists them where not. */
export function oneOf<const Known extends string>(
  what: string,
  value: string,
  known: readonly Known[],
): Known {
  const found = known.find((one) => one === value);
  if (found === undefined) {
    throw new UsageError(`unknown ${what}: ${shown(value)} (${known.join(', ')})`);
  }
  return found;
}

/** Reads an integer in a range; throws bad usage where it is none. */
export function integer(what: string, value: string, least: number, most = Infinity): number {
  const number = value.trim() === '' ? Number.NaN : Number(value);
  if (!Number.isSafeInteger(number) || number < least || number > most) {
    const accepted =
      most !== Infinity
        ? `an integer from ${least} to ${most}`
        : least === 1
          ? 'a positive integer'
          : `an integer of at least ${least}`;
    throw new UsageError(`unknown ${what}: ${shown(value)} (${accepted})`);
  }
  return number;
}

/** The most hours that a time may be: a timer holds a little less than 25 days in 31 bits of milliseconds. */
const MOST_HOURS = 24 * 24;

/** Reads a time such as `2h`, `1h30m` or `90s`, in seconds; throws bad usage where it is none, or longer than a timer runs. */
export function duration(what: string, value: string): number {
  const [, hours, minutes, seconds] = /^(?:(\d+)h)?(?:(\d+)m)?(?:(\d+)s)?$/.exec(value) ?? [];
  const total = 3600 * Number(hours ?? 0) + 60 * Number(minutes ?? 0) + Number(seconds ?? 0);
  if (!(total > 0)) throw new UsageError(`unknown ${what}: ${shown(value)} (2h, 90m, 1h30m, 45s)`);
  if (total > 3600 * MOST_HOURS) {
    throw new UsageError(`unknown ${what}: ${shown(value)} (at most ${MOST_HOURS}h)`);
  }
  return total;
}

/** Reads a finite number; throws bad usage where it is none. */
export function number(what: string, value: string): number {
  const read = value.trim() === '' ? Number.NaN : Number(value);
  if (!Number.isFinite(read)) {
    throw new UsageError(`unknown ${what}: ${shown(value)} (a number)`);
  }
  return read;
}
