import { describe, expect, it } from 'vitest';
import { hermite, staircase } from './hermite-terms.ts';
import { hierarchyProductions } from './hierarchy.ts';
import { type MultiIndexLaw, multiIndexDirections, multiIndexTask } from './multi-index.ts';
import { type ParityLaw, paritySupport, parityTask } from './parity.ts';
import { type PowerLawLaw, powerLawSpectrum, powerLawTask } from './power-law.ts';
import { teacherTask } from './teacher.ts';
import { dot, draw, mean } from './testing/monte-carlo.ts';

describe('teacher', () => {
  it('is never dead, however narrow: targets have variance 1', () => {
    // Of networks drawn this narrow some are dead on all inputs.
    const narrow = { inputDim: 8, outputDim: 1, width: 2, depth: 3, activation: 'relu' } as const;
    const n = 2000;
    const variances = Array.from({ length: 40 }, (_, instance) => {
      const { y } = draw(teacherTask({ kind: 'teacher', ...narrow, noise: 0, instance }, 'a'), n);
      const center = mean(n, (e) => y[e] as number);
      return mean(n, (e) => ((y[e] as number) - center) ** 2);
    });
    expect(Math.min(...variances)).toBeGreaterThan(0.3);
  });

  it('says so where every draw is dead', () => {
    const deep = { inputDim: 1, outputDim: 1, width: 1, depth: 64, activation: 'relu' } as const;
    const law = { kind: 'teacher', ...deep, noise: 0, instance: 0 } as const;
    expect(() => teacherTask(law, 'a')).toThrow('dead teacher: width 1 at depth 64');
  });
});

describe('multi-index', () => {
  const n = 60_000;
  /** Correlation of the target with a Hermite product of the hidden coordinates. */
  function correlations(law: MultiIndexLaw, tests: readonly (readonly number[])[]): number[] {
    const { x, y } = draw(multiIndexTask(law, 'a'), n);
    const directions = multiIndexDirections(law);
    const d = law.inputDim;
    const rows = directions.length / d;
    const z = Float64Array.from({ length: n * rows }, (_, i) =>
      dot(directions.subarray((i % rows) * d, ((i % rows) + 1) * d), x, Math.floor(i / rows) * d),
    );
    return tests.map((term) =>
      mean(n, (e) =>
        term.reduce(
          (product, degree, i) => product * hermite(degree, z[e * rows + i] as number),
          y[e] as number,
        ),
      ),
    );
  }

  it('of leap 2 has no correlation below degree 2, and the coefficient 1/√K at its terms', () => {
    const law: MultiIndexLaw = {
      kind: 'multi-index',
      inputDim: 8,
      terms: staircase({ leap: 2, steps: 2 }),
      noise: 0,
      instance: 5,
    };
    const low = correlations(law, [[1], [0, 1], [0, 0, 1], [0, 0, 0, 1], [2], [0, 2], [1, 0, 1]]);
    // Standard error √(E y² h²/n): y is heavy-tailed (z₁z₂z₃z₄), E y² h² ≤ 15 here; five of them.
    for (const value of low) expect(Math.abs(value)).toBeLessThan(5 * Math.sqrt(15 / n));
    const [pair = 0] = correlations(law, [[1, 1]]);
    // E (z₁z₂)² y² = (9 + 9)/2 … below 20.
    expect(Math.abs(pair - Math.SQRT1_2)).toBeLessThan(5 * Math.sqrt(20 / n));
  });

  it('of leap 1 shows its first direction at degree 1', () => {
    const law: MultiIndexLaw = {
      kind: 'multi-index',
      inputDim: 8,
      terms: staircase({ leap: 1, steps: 3 }),
      noise: 0.5,
      instance: 5,
    };
    const [first = 0, second = 0] = correlations(law, [[1], [0, 1]]);
    expect(Math.abs(first - 1 / Math.sqrt(3))).toBeLessThan(5 * Math.sqrt(8 / n));
    expect(Math.abs(second)).toBeLessThan(5 * Math.sqrt(8 / n));
  });

  it('with spectra has inputs of those variances along its frame, and coefficients of those squares', () => {
    const law: MultiIndexLaw = {
      kind: 'multi-index',
      inputDim: 4,
      terms: staircase({ leap: 1, steps: 2 }),
      capacity: 1,
      source: 2,
      noise: 0,
      instance: 3,
    };
    const { x, y } = draw(multiIndexTask(law, 'a'), n);
    const u = multiIndexDirections(law);
    const z = (i: number, e: number) => dot(u.subarray(4 * i, 4 * (i + 1)), x, 4 * e);
    // λ_i = 4 i⁻¹ / (25/12); the variance of z² is 2 λ²: five standard errors.
    for (const [i, lambda] of [1.92, 0.96].entries()) {
      const variance = mean(n, (e) => z(i, e) ** 2);
      expect(Math.abs(variance / lambda - 1)).toBeLessThan(5 * Math.sqrt(2 / n));
    }
    expect(Math.abs(mean(n, (e) => z(0, e) * z(1, e)))).toBeLessThan((5 * 1.36) / Math.sqrt(n));
    // c₁² : c₂² = 1 : ¼, summing to 1, along the whitened coordinates.
    const first = mean(n, (e) => ((y[e] as number) * z(0, e)) / Math.sqrt(1.92));
    const second = mean(n, (e) => ((y[e] as number) * z(0, e) * z(1, e)) / Math.sqrt(1.92 * 0.96));
    // E y² h² is below 20, as above.
    expect(Math.abs(first - Math.sqrt(0.8))).toBeLessThan(5 * Math.sqrt(20 / n));
    expect(Math.abs(second - Math.sqrt(0.2))).toBeLessThan(5 * Math.sqrt(20 / n));
  });

  it('hides orthonormal directions', () => {
    const law: MultiIndexLaw = {
      kind: 'multi-index',
      inputDim: 8,
      terms: [[1, 1, 1, 1, 1, 1, 1, 1]],
      noise: 0,
      instance: 1,
    };
    const u = multiIndexDirections(law);
    for (let a = 0; a < 8; a++) {
      for (let b = 0; b <= a; b++) {
        const product = mean(8, (i) => 8 * (u[a * 8 + i] as number) * (u[b * 8 + i] as number));
        expect(product).toBeCloseTo(a === b ? 1 : 0, 12);
      }
    }
  });
});

describe('parity', () => {
  it('is uncorrelated with every product of a strict subset, and with any other product', () => {
    const law: ParityLaw = {
      kind: 'parity',
      inputDim: 6,
      sparsity: 3,
      output: 'regression',
      flip: 0,
      instance: 7,
    };
    const n = 40_000;
    const { x, y } = draw(parityTask(law, 'a'), n);
    const support = paritySupport(law);
    expect(support).toHaveLength(3);
    for (let subset = 0; subset < 64; subset++) {
      const members = [0, 1, 2, 3, 4, 5].filter((i) => (subset >> i) & 1);
      const correlation = mean(n, (e) =>
        members.reduce((product, i) => product * (x[e * 6 + i] as number), y[e] as number),
      );
      if (String(members) === String(support)) expect(correlation).toBe(1);
      else expect(Math.abs(correlation)).toBeLessThan(5 / Math.sqrt(n));
    }
  });
});

describe('power-law', () => {
  const base: PowerLawLaw = {
    kind: 'power-law',
    inputDim: 16,
    capacity: 1.5,
    source: 2.5,
    link: 'linear',
    basis: 'coordinates',
    noise: 0,
    instance: 3,
  };

  it('has input variances and target coefficients that fall with the stated slopes', () => {
    const n = 40_000;
    const { x, y } = draw(powerLawTask(base, 'a'), n);
    const slope = (values: readonly number[]): number => {
      const t = values.map((_, i) => Math.log(i + 1));
      const v = values.map(Math.log);
      const centre = (list: readonly number[]) => list.reduce((a, b) => a + b, 0) / list.length;
      const [tm, vm] = [centre(t), centre(v)];
      const cross = t.reduce((sum, ti, i) => sum + (ti - tm) * ((v[i] as number) - vm), 0);
      return cross / t.reduce((sum, ti) => sum + (ti - tm) ** 2, 0);
    };
    const variances = Array.from({ length: 16 }, (_, i) =>
      mean(n, (e) => (x[e * 16 + i] as number) ** 2),
    );
    // Each log variance has standard error √(2/n) = 0.007, the slope less.
    expect(Math.abs(slope(variances) + 1.5)).toBeLessThan(0.02);
    expect(variances.reduce((a, b) => a + b, 0) / 16).toBeCloseTo(1, 1);
    const squares = Array.from({ length: 16 }, (_, i) => {
      const scale = Math.sqrt(variances[i] as number);
      return mean(n, (e) => ((y[e] as number) * (x[e * 16 + i] as number)) / scale) ** 2;
    });
    // The first eight coefficients stand well above their standard error, 0.005.
    expect(Math.abs(slope(squares.slice(0, 8)) + 2.5)).toBeLessThan(0.15);
    expect(slope([...powerLawSpectrum(base).coefficients].map((v) => v * v))).toBeCloseTo(-2.5, 9);
  });

  it('keeps target, norm and loss under rotation', () => {
    const straight = draw(powerLawTask(base, 'a'), 100);
    const rotated = draw(powerLawTask({ ...base, basis: 'rotated' }, 'a'), 100);
    expect(rotated.y).toEqual(straight.y);
    for (let e = 0; e < 100; e++) {
      const norm = (x: Float32Array) => Math.hypot(...x.subarray(16 * e, 16 * e + 16));
      // Float32 inputs: relative error 1e-7 a term.
      expect(norm(rotated.x) / norm(straight.x)).toBeCloseTo(1, 5);
    }
  });

  it.each(['linear', 'relu', 'absolute', 'quadratic'] as const)(
    'link %s keeps mean 0 and variance 1',
    (link) => {
      const n = 40_000;
      const { y } = draw(powerLawTask({ ...base, link }, 'a'), n);
      // Kurtosis at most 15 (quadratic): standard error of the variance √(14/n) = 1.9 %.
      expect(Math.abs(mean(n, (e) => y[e] as number))).toBeLessThan(5 / Math.sqrt(n));
      expect(Math.abs(mean(n, (e) => (y[e] as number) ** 2) - 1)).toBeLessThan(
        5 * Math.sqrt(14 / n),
      );
    },
  );
});

describe('hierarchy', () => {
  it('shares no tuple within a level, and uses every symbol of it', () => {
    const tables = hierarchyProductions({
      kind: 'hierarchy',
      symbols: 8,
      synonyms: 4,
      branching: 2,
      levels: 3,
      classes: 8,
      code: 'one-hot',
      instance: 0,
    });
    for (const table of tables) {
      const tuples = new Set<string>();
      for (let row = 0; row < 32; row++) tuples.add(String(table.slice(2 * row, 2 * row + 2)));
      expect(tuples.size).toBe(32);
      expect(new Set(table).size).toBe(8);
    }
  });
});
