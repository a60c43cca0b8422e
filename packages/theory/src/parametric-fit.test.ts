import { describe, expect, it } from 'vitest';
import { parametricFit } from './parametric-fit.ts';
import { plantedGrid } from './testing/planted-curves.ts';
import { plantedLaws } from './testing/planted-laws.ts';
import { normalSource } from './testing/random.ts';

describe('approach 3, the law itself', () => {
  it.each(plantedLaws)('finds every constant without noise: law %#', (law) => {
    const fit = parametricFit(plantedGrid(law, { normal: () => 0, deviation: 0, seeds: 1 }));
    for (const [name, value] of Object.entries(law)) {
      // The objective is at its tolerance: residuals of 1e-9, amplified up to a few thousandfold in A and B.
      expect(fit.law[name as keyof typeof law] / value, name).toBeCloseTo(1, 4);
    }
    expect(Math.max(...fit.residuals.map(Math.abs))).toBeLessThan(1e-7);
  });

  it.each(plantedLaws)(
    'finds the exponent under noise of 1 %, and shrugs off outliers: law %#',
    (law) => {
      const normal = normalSource(31);
      const truth = law.tokenExponent / (law.parameterExponent + law.tokenExponent);
      const curves = plantedGrid(law, { normal, deviation: 0.01, seeds: 3 });
      // The standard deviation of one fit is about 0.02; three of it.
      expect(Math.abs(parametricFit(curves).exponent - truth)).toBeLessThan(0.06);
      const spoilt = curves.map((curve, i) =>
        i === 17
          ? { ...curve, losses: curve.losses.map((seed) => seed.map((loss) => 3 * loss)) }
          : curve,
      );
      // A point off by a factor 3 pulls no harder than one off by delta.
      expect(
        Math.abs(parametricFit(spoilt).exponent - parametricFit(curves).exponent),
      ).toBeLessThan(0.02);
    },
  );

  it.each(plantedLaws)('finds the others where the floor is known, 0 too: law %#', (planted) => {
    for (const irreducible of [0, planted.irreducible]) {
      const law = { ...planted, irreducible };
      const curves = plantedGrid(law, { normal: () => 0, deviation: 0, seeds: 1 });
      const fit = parametricFit(curves, { irreducible });
      expect(fit.law.irreducible).toBe(irreducible);
      const truth = law.tokenExponent / (law.parameterExponent + law.tokenExponent);
      expect(fit.exponent).toBeCloseTo(truth, 4);
    }
  });

  it('refuses too little data', () => {
    const curve = (parameters: number) => ({ parameters, tokens: [1], losses: [[1]] });
    expect(() => parametricFit([1, 2].map(curve))).toThrow('too few sizes: 2 (3 or more)');
    expect(() => parametricFit([1, 2, 3].map(curve))).toThrow('too few points: 3 (6 or more)');
    expect(() => parametricFit([...[1, 2, 3].map(curve), { ...curve(4), losses: [[-1]] }])).toThrow(
      'unusable value: -1 (a positive number)',
    );
  });
});
