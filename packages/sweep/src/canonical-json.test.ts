import { describe, expect, it } from 'vitest';
import { canonicalJson } from './canonical-json.ts';

describe('canonicalJson', () => {
  it('does not depend on the order of keys, at any depth', () => {
    expect(canonicalJson({ b: [{ d: 1, c: 2 }], a: null })).toBe('{"a":null,"b":[{"c":2,"d":1}]}');
    expect(canonicalJson({ a: null, b: [{ c: 2, d: 1 }] })).toBe('{"a":null,"b":[{"c":2,"d":1}]}');
  });

  it('is what JSON.parse reads back', () => {
    const value = { text: 'é"\u2028\ud800', numbers: [0.1, -1e300, 5e-324, 0], yes: true };
    expect(JSON.parse(canonicalJson(value))).toEqual(value);
  });

  it('keeps the order of arrays and tells numbers from texts', () => {
    expect(canonicalJson([1, 2])).not.toBe(canonicalJson([2, 1]));
    expect(canonicalJson(1)).not.toBe(canonicalJson('1'));
    expect(canonicalJson(-0)).toBe(canonicalJson(0));
  });

  it.each([
    [Number.NaN, 'NaN'],
    [Infinity, 'Infinity'],
    [undefined, 'undefined'],
    [() => 1, 'function'],
    [1n, 'bigint'],
    [Symbol('a'), 'symbol'],
    [new Date(0), 'a Date'],
    [new Float32Array(1), 'a Float32Array'],
  ])('refuses %s and says where', (value, found) => {
    expect(() => canonicalJson({ knobs: [value] })).toThrow(
      `not canonical JSON at $.knobs[0]: ${found}`,
    );
  });

  it('refuses cycles but not shared values', () => {
    const shared = { a: 1 };
    expect(canonicalJson([shared, shared])).toBe('[{"a":1},{"a":1}]');
    const cycle: Record<string, unknown> = {};
    cycle.self = cycle;
    expect(() => canonicalJson(cycle)).toThrow('a cycle');
  });
});
