import { createHash } from 'node:crypto';

/**
 * Writes a value as JSON that is the same for equal values: keys sorted by code unit, no white space,
 * −0 as 0. Throws on what JSON would drop or blur: NaN, infinities, undefined, functions, symbols,
 * bigints, cycles and instances of classes.
 */
export function canonicalJson(value: unknown): string {
  return write(value, '$', []);
}

/** Names a value by the SHA-256, hexadecimal, of its canonical JSON. Throws as that does. */
export function hashOf(value: unknown): string {
  return createHash('sha256').update(canonicalJson(value)).digest('hex');
}

function write(value: unknown, path: string, above: readonly object[]): string {
  if (value === null || typeof value === 'boolean' || typeof value === 'string') {
    return JSON.stringify(value);
  }
  if (typeof value === 'number') {
    if (!Number.isFinite(value)) refuse(path, String(value), 'a finite number, or null');
    return JSON.stringify(value);
  }
  if (typeof value !== 'object') {
    return refuse(path, typeof value, 'null, boolean, number, string, array or plain object');
  }
  if (above.includes(value)) refuse(path, 'a cycle', 'a tree');
  const inside = [...above, value];
  if (Array.isArray(value)) {
    return `[${Array.from(value, (item, index) => write(item, `${path}[${index}]`, inside)).join()}]`;
  }
  const prototype: unknown = Object.getPrototypeOf(value);
  if (prototype !== null && prototype !== Object.prototype) {
    refuse(path, `a ${value.constructor?.name ?? 'class instance'}`, 'a plain object');
  }
  const entries = Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1));
  const members = entries.map(
    ([key, item]) => `${JSON.stringify(key)}:${write(item, `${path}.${key}`, inside)}`,
  );
  return `{${members.join()}}`;
}

function refuse(path: string, found: string, accepted: string): never {
  throw new Error(`not canonical JSON at ${path}: ${found} (${accepted})`);
}
