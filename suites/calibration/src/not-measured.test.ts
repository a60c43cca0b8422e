import type { Evidence } from '@hyperlaw/cli';
import { describe, expect, it } from 'vitest';
import { agreement } from './agreement.ts';
import { driftAgreement, driftBelowZero } from './drift-agreement.ts';
import { findingOf } from './finding-of.ts';
import { type Law, NotMeasured } from './law.ts';
import { findingOfParts, part, readEach } from './not-measured.ts';

const measured = { estimate: 1, interval: [0.95, 1.05], level: 0.95 } as const;
const given = { name: 'slope', predicted: 1, tolerance: 0.1, test: 'made up' };

function lawOf(find: Law['find']): Law {
  return { id: 'made-up', title: 'Made up', law: '', plan: () => [], find };
}
const evidence = {} as Evidence;
const fails = () => {
  throw new NotMeasured('diverged');
};

describe('what cannot be measured', () => {
  it('is a claim of its own, with its prediction, and leaves the others', () => {
    const claims = [agreement({ ...given, measured }), agreement({ ...given, measured: fails })];
    expect(claims.map(({ effect, predicted }) => [effect, predicted])).toEqual([
      [1, 1],
      [null, 1],
    ]);
    const found = findingOf(
      lawOf(() => ({ claims, figures: [], text: ['found'] })),
      evidence,
    );
    expect(found.verdict).toBe('inconclusive');
    expect(found.text).toHaveLength(2);
    expect(found.text[0]).toContain('in all its parts: slope (diverged).');
  });

  it('takes no other part of a law along', () => {
    const law = lawOf(() =>
      findingOfParts(
        [
          part('first', fails),
          part('second', () => ({ claims: [agreement({ ...given, measured })], figures: [] })),
        ],
        ['found'],
      ),
    );
    const { claims } = findingOf(law, evidence);
    expect(claims.map(({ name, verdict }) => [name, verdict])).toEqual([
      ['first', 'inconclusive'],
      ['slope', 'supported'],
    ]);
    const { found, missing } = readEach([1, 2], String, (n) => (n === 1 ? fails() : n));
    expect(found).toEqual([2]);
    expect(missing.map(({ name }) => name)).toEqual(['1']);
  });

  it('is the whole law where nothing could be', () => {
    const { claims, text } = findingOf(lawOf(fails), evidence);
    expect(claims.map(({ name }) => name)).toEqual(['Made up']);
    expect(text).toEqual(['This law could not be measured: diverged.']);
  });

  it('is no other error', () => {
    const law = lawOf(() => {
      throw new Error('a bug');
    });
    expect(() => findingOf(law, evidence)).toThrow('a bug');
  });
});

describe('a drift', () => {
  const sizes = [8, 16, 32];
  const sweep = (best: number) =>
    Array.from({ length: 9 }, (_, i) => ({
      x: 2 ** (i - 4),
      losses: [0, 0.01, -0.01].map((shift) => 1 + 0.1 * (i - 4 - best - shift) ** 2),
    }));
  const claim = (bests: readonly number[]) =>
    driftAgreement(
      { of: 'widths', sizes, sweeps: bests.map(sweep), resampling: { seed: 1, resamples: 50 } },
      { name: 'drift', predicted: 0, tolerance: 0.1 },
    );

  it('holds where optima stay, and says which are on an edge', () => {
    expect(claim([0, 0, 0]).verdict).toBe('supported');
    expect(claim([1, 0, -1]).verdict).toBe('refuted');
    const edge = claim([0, 0, 9]);
    expect(edge.verdict).toBe('inconclusive');
    expect(edge.note).toContain('widths 32');
    expect(claim([0, 9, 9]).effect).toBeNull();
  });

  it('falls where its whole interval lies below 0', () => {
    const falls = (bests: readonly number[]) =>
      driftBelowZero(
        { of: 'widths', sizes, sweeps: bests.map(sweep), resampling: { seed: 1, resamples: 50 } },
        { name: 'falls' },
      ).verdict;
    expect(falls([1, 0, -1])).toBe('supported');
    expect(falls([0, 0, 0])).toBe('inconclusive');
    expect(falls([-1, 0, 1])).toBe('refuted');
    expect(falls([1, 0, -9])).toBe('inconclusive');
  });
});
