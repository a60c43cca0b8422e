import type { Evidence } from '@hyperlaw/cli';
import { describe, expect, it } from 'vitest';
import type { Reach, TrainedColumn, TrainedFound } from './trainable.ts';
import { trainedClaims } from './trained-claims.ts';
import { trainedText } from './trained-text.ts';

const depths = [6, 10, 16, 27, 45, 75];

/** A column whose nets reach, seed by seed, so many doublings of its limit; null where all of the grid learn. */
function column(
  limit: number,
  doublings: readonly (number | null)[],
  chaotic = false,
): TrainedColumn {
  return {
    ...{ weightVariance: limit, chaotic, losses: depths.map(() => 1), limit, gradientLimit: limit },
    reached: doublings.map(
      (d): Reach =>
        d === null ? { bound: 'least', depth: 75 } : { bound: 'at', depth: limit * 2 ** d },
    ),
  };
}

const found = (...columns: readonly TrainedColumn[]): TrainedFound => ({
  ...{ depths, steps: 200, width: 100, columns },
});
const ordered = [10, 20, 40].map((limit) => column(limit, [-0.1, 0, 0.1]));
const chaotic = [20, 40].map((limit) => column(limit, [-0.1, 0, 0.1], true));
const named = (columns: readonly TrainedColumn[], of: RegExp) =>
  trainedClaims(found(...columns)).filter(({ name }) => of.test(name));

describe('claims about trained depth', () => {
  it('count columns whose limit lies beyond the deepest net', () => {
    const columns = [...ordered, ...chaotic, column(300, [-2.1, -2, -1.9])];
    const [near] = named(columns, /near the critical line/);
    expect(near?.verdict).toBe('refuted');
    expect(near?.effect).toBeCloseTo(-2, 12);
    const exponents = named(columns, /^Exponent/).map(({ verdict }) => verdict);
    expect(exponents).toEqual(['supported', 'refuted']);
  });

  it('have seeds as the units of their intervals, not weight variances', () => {
    const [first] = named(
      [column(10, [0.2, 0.2, 0.2]), column(40, [-0.2, -0.2, -0.2])],
      /ordered phase$/,
    );
    for (const end of first?.interval ?? [1]) expect(end).toBeCloseTo(0, 12);
    const [other] = named(
      [column(10, [-0.2, 0, 0.2]), column(40, [-0.2, 0, 0.2])],
      /ordered phase$/,
    );
    // t of two degrees of freedom, 4.303, times 0.2/√3.
    expect(other?.interval?.[1]).toBeCloseTo(0.497, 3);
  });

  it('say what a column says in which nets of all depths learn', () => {
    const [consistent] = named([...ordered, column(40, [null, 0.5, 0.5])], /at σ_w² = 40/);
    expect(consistent?.verdict).toBe('inconclusive');
    expect(consistent?.note).toContain('in 1 of 3 seeds nets of all depths learn');
    const [against] = named([...ordered, column(12, [null, null, null])], /at σ_w² = 12/);
    expect(against?.verdict).toBe('refuted');
    expect(against?.effect).toBeCloseTo(Math.log2(75 / 12), 12);
  });

  it('are not measured, and do not vanish, where there are too few points', () => {
    const claims = trainedClaims(found(column(10, [0, 0.1])));
    expect(claims.map(({ test }) => test === 'not measured')).toEqual([
      false,
      true,
      true,
      true,
      true,
    ]);
  });
});

it('says in words what the columns say', () => {
  const evidence = { tasks: [] } as unknown as Evidence;
  expect(trainedText(evidence, found(...ordered, ...chaotic))).toContain('In the chaotic phase');
  expect(trainedText(evidence, found(...ordered))).not.toContain('In the chaotic phase');
  expect(trainedText(evidence, found(...ordered, column(300, [-2, -2])))).toContain(
    'nets stop learning at 75 (σ_w² = 300)',
  );
});
