import { describe, expect, it } from 'vitest';
import { proportionWord } from './proportion.ts';

type Interval = readonly [number, number];

const wordOf = (...[envelope, isoflop, parametric]: readonly (Interval | null)[]) => {
  const of = (interval: Interval | null = null) =>
    interval && {
      estimate: (interval[0] + interval[1]) / 2,
      interval,
      level: 0.95,
      undetermined: 0,
    };
  return proportionWord({
    envelope: of(envelope),
    isoflop: of(isoflop),
    parametric: of(parametric),
  });
};

const near: Interval = [0.47, 0.53];
const below: Interval = [0.14, 0.37];
const above: Interval = [0.7, 1.8];
const open: Interval = [0, 0.9];

describe('whether tokens grow in proportion to parameters', () => {
  it('is what two approaches say where the third is open', () => {
    expect(wordOf(near, open, near)).toBe('supported');
    expect(wordOf(below, below, open)).toBe('refuted');
    expect(wordOf(null, above, above)).toBe('refuted');
  });

  it('is undecided where approaches contradict each other, or one alone speaks', () => {
    expect(wordOf(above, open, below)).toBe('inconclusive');
    expect(wordOf(near, near, below)).toBe('inconclusive');
    expect(wordOf(open, null, below)).toBe('inconclusive');
    expect(wordOf(null, null, null)).toBe('inconclusive');
  });
});
