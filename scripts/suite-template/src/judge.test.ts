import { describe, expect, it } from 'vitest';
import { decide, overall } from './judge.ts';

describe('decide', () => {
  it('says nothing without evidence', () => {
    expect(decide(-0.5, 0.05)).toBe('inconclusive');
    expect(decide(0.5, Number.NaN)).toBe('inconclusive');
  });

  it('follows the sign of a clear effect', () => {
    expect(decide(-0.5, 0.01)).toBe('supported');
    expect(decide(0.5, 0.01)).toBe('refuted');
  });
});

describe('overall', () => {
  it('is one word where the decided agree, mixed where they do not', () => {
    expect(overall(['supported', 'inconclusive', 'supported'])).toBe('supported');
    expect(overall(['refuted', 'inconclusive'])).toBe('refuted');
    expect(overall(['supported', 'refuted'])).toBe('mixed');
    expect(overall(['inconclusive'])).toBe('inconclusive');
    expect(overall([])).toBe('inconclusive');
  });
});
