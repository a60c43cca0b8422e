import { describe, expect, it } from 'vitest';
import { descentLoss } from './gradient-flow.ts';
import { limitCheck } from './limit-check.ts';
import { normalSource } from './testing/random.ts';

const grid = [0.5, 1, 1.5, 2, 2.5, 3];

/** Loss curves of gradient descent on one quadratic from several random starts, at the grid's times. */
function descents(learningRate: number, seeds: number, seed: number): number[][] {
  const normal = normalSource(seed);
  const eigenvalues = [2, 1, 0.5, 0.25];
  return Array.from({ length: seeds }, () => {
    const initialErrors = eigenvalues.map(normal);
    return grid.map((time) =>
      descentLoss(
        { eigenvalues, initialErrors },
        { learningRate, steps: Math.round(time / learningRate) },
      ),
    );
  });
}

describe('a check of a limit', () => {
  it('finds small rates in the limit of flow and large ones outside, where seeds are shared', () => {
    const check = (learningRate: number) =>
      limitCheck({
        before: descents(learningRate, 10, 1),
        after: descents(learningRate / 10, 10, 1),
        design: 'paired',
        margin: 0.05,
      });
    expect(check(0.005).decision).toBe('still');
    expect(check(0.25).decision).toBe('moved');
    // The distance is of first order in the rate; the next order is a few per cent.
    expect(check(0.005).distance / check(0.0025).distance).toBeCloseTo(2, 1);
    expect(check(0.005).seedSpread).toBeGreaterThan(0.5);
  });

  it('stays undecided where independent seeds hide the answer', () => {
    const { decision, interval } = limitCheck({
      before: descents(0.005, 4, 1),
      after: descents(0.0005, 4, 2),
      design: 'independent',
      margin: 0.05,
    });
    expect(decision).toBe('undecided');
    expect(interval[0]).toBeLessThan(0.05);
  });

  it.each(['paired', 'independent'] as const)('covers the truth at its level: %s', (design) => {
    const normal = normalSource(7);
    const simulations = 2000;
    const truth = [0.1, 0.3, 0.2];
    const distance = Math.sqrt((0.01 + 0.09 + 0.04) / 3);
    // Seeds shift whole curves and shake single points.
    const curve = (shift: readonly number[]) => {
      const common = 0.2 * normal();
      return shift.map((value) => Math.exp(value + common + 0.1 * normal()));
    };
    let covered = 0;
    for (let i = 0; i < simulations; i++) {
      const before = Array.from({ length: 4 }, () => curve([0, 0, 0]));
      const after = Array.from({ length: 4 }, () => curve(truth));
      const { interval } = limitCheck({ before, after, design, margin: 1 });
      if (interval[0] <= distance && distance <= interval[1]) covered += 1;
    }
    // At least 95 %, less three binomial standard errors of 0.5 %.
    expect(covered / simulations).toBeGreaterThan(
      0.95 - 3 * Math.sqrt((0.95 * 0.05) / simulations),
    );
  });

  it('is exact where nothing varies between seeds', () => {
    const before = [
      [1, 2],
      [1, 2],
    ];
    const after = [
      [1.1, 2.2],
      [1.1, 2.2],
    ];
    const check = limitCheck({ before, after, design: 'paired', margin: 0.2 });
    expect(check.interval[1] - check.interval[0]).toBeLessThan(1e-12);
    expect(check.distance).toBeCloseTo(Math.log(1.1), 12);
  });

  it('refuses what cannot be compared', () => {
    const good = { before: [[1], [1]], after: [[1], [1]], design: 'paired', margin: 0.1 } as const;
    expect(() => limitCheck({ ...good, before: [[1]] })).toThrow(
      'too few seeds: 1 and 2 (2 or more each)',
    );
    expect(() => limitCheck({ ...good, after: [[1], [1], [1]] })).toThrow(
      /^unpaired curves: 2 and 3/,
    );
    expect(() => limitCheck({ ...good, after: [[1], [1, 2]] })).toThrow(/^ragged curves: /);
    expect(() => limitCheck({ ...good, after: [[1], [Number.NaN]] })).toThrow(
      /^unusable loss: NaN/,
    );
    expect(() => limitCheck({ ...good, margin: 0 })).toThrow(/^unknown margin: 0/);
  });
});
