import { describe, expect, it } from 'vitest';
import { rangeWords } from './method-words.ts';

describe('rangeWords', () => {
  it('says where knobs are searched, in powers of 2, and how far that may extend', () => {
    const words = rangeWords([
      { name: 'learningRate', base: 1, min: -6, max: -2, limits: [-16, 6] },
      { name: 'initScale', base: Math.SQRT2, factor: Math.SQRT2, min: -2, max: 2 },
    ]);
    expect(words).toBe(
      '$\\eta$ from $2^{-6}$ to $2^{-2}$, at most $2^{-16}$ to $2^{6}$; $\\sigma$ from $2^{-0.5}$ to $2^{1.5}$, at most $2^{-0.5}$ to $2^{1.5}$',
    );
  });

  it('calls a knob without a symbol by its name', () => {
    expect(rangeWords([{ name: 'duration', base: 1, min: -1, max: 0 }])).toBe(
      'duration from $2^{-1}$ to $2^{0}$, at most $2^{-1}$ to $2^{0}$',
    );
  });
});
