/** A number for people: `12,345`. */
export function number(value: number): string {
  return value.toLocaleString('en-US');
}

/** A number of things: `1 worker`, `2 workers`. */
export function count(value: number, what: string): string {
  return `${number(value)} ${what}${value === 1 ? '' : 's'}`;
}
