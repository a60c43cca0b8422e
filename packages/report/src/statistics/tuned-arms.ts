import { mean, sampleStandardDeviation } from 'simple-statistics';
import { studentCritical, studentTwoSided } from './distributions.ts';
import type { Tested } from './paired.ts';

/** Variance of an arm's mean about a smooth trend over arms, with its degrees of freedom. */
export interface ArmScatter {
  readonly variance: number;
  readonly degrees: number;
}

/**
 * How far tuned arms scatter about a polynomial trend in x: the residual mean square of the arms' means, pooled
 * over groups of arms that share nothing but the size of their noise. A tuned setting is itself a random draw, so
 * arms scatter more than their judging seeds do; this scatter holds both. Curvature beyond the degree widens it.
 * Null where no group has more arms than the trend has coefficients.
 */
export function armScatter(
  groups: readonly { readonly x: readonly number[]; readonly means: readonly number[] }[],
  { degree = 2 }: { readonly degree?: number } = {},
): ArmScatter | null {
  let sum = 0;
  let degrees = 0;
  for (const { x, means } of groups) {
    if (x.length <= degree + 1) continue;
    const residuals = residualsOf(x, means, degree);
    sum += residuals.reduce((total, r) => total + r * r, 0);
    degrees += x.length - degree - 1;
  }
  return degrees > 0 ? { variance: sum / degrees, degrees } : null;
}

/** What is left of y after projection onto polynomials of x, by Gram and Schmidt. */
function residualsOf(x: readonly number[], y: readonly number[], degree: number): number[] {
  const dot = (a: readonly number[], b: readonly number[]) =>
    a.reduce((total, value, i) => total + value * (b[i] as number), 0);
  const basis: number[][] = [];
  let rest = [...y];
  for (let power = 0; power <= degree; power++) {
    let next =
      power === 0 ? x.map(() => 1) : (basis[power - 1] ?? []).map((b, i) => b * centred(x, i));
    for (const b of basis) {
      const share = dot(next, b);
      next = next.map((value, i) => value - share * (b[i] as number));
    }
    const size = Math.sqrt(dot(next, next));
    const unit = next.map((value) => value / size);
    basis.push(unit);
    const share = dot(rest, unit);
    rest = rest.map((value, i) => value - share * (unit[i] as number));
  }
  return rest;
}

const centred = (x: readonly number[], i: number): number => (x[i] as number) - mean(x as number[]);

/** The weights w with Σ wᵢ yᵢ the least-squares slope of y over x. */
export function slopeWeights(x: readonly number[]): readonly number[] {
  if (new Set(x).size < 2) throw new Error(`too few arms: ${x.length} (2 different x or more)`);
  const spread = x.reduce((sum, _, i) => sum + centred(x, i) ** 2, 0);
  return x.map((_, i) => centred(x, i) / spread);
}

/** Student's critical values found so far: an arm sweep asks for the same few again and again. */
const criticals = new Map<string, number>();

function critical(level: number, degrees: number): number {
  const key = `${level} ${degrees}`;
  const value = criticals.get(key) ?? studentCritical(level, degrees);
  criticals.set(key, value);
  return value;
}

/**
 * The contrast Σ wᵢ yᵢ of tuned arms, rows `[seed, arm]` paired by seed. Its standard error is the larger of two:
 * over seeds (Student's t of the rows' contrasts), and over arms (√(scatter · Σ wᵢ²)), which covers the noise of
 * tuning too; interval and p value are those of whichever is wider. Throws on fewer than two seeds.
 */
export function armContrast(
  rows: readonly (readonly number[])[],
  weights: readonly number[],
  { scatter, level = 0.95 }: { readonly scatter: ArmScatter | null; readonly level?: number },
): Tested {
  if (rows.length < 2) throw new Error(`too few seeds: ${rows.length} (2 or more)`);
  const contrasts = rows.map((row) => {
    if (row.length !== weights.length || !row.every(Number.isFinite)) {
      throw new Error(
        `unusable row: [${row.join(', ')}] (${weights.length} finite numbers, one an arm)`,
      );
    }
    return row.reduce((sum, y, i) => sum + y * (weights[i] as number), 0);
  });
  const estimate = mean(contrasts);
  const squares = weights.reduce((sum, w) => sum + w * w, 0);
  const errors = [
    {
      error: sampleStandardDeviation(contrasts) / Math.sqrt(rows.length),
      degrees: rows.length - 1,
    },
    ...(scatter
      ? [{ error: Math.sqrt(scatter.variance * squares), degrees: scatter.degrees }]
      : []),
  ];
  const half = Math.max(...errors.map(({ error, degrees }) => error * critical(level, degrees)));
  const pValue = Math.max(
    ...errors.map(({ error, degrees }) =>
      error > 0 ? studentTwoSided(estimate / error, degrees) : estimate === 0 ? 1 : 0,
    ),
  );
  return {
    estimate,
    interval: [estimate - half, estimate + half],
    level,
    pValue,
    test: scatter ? 'contrast of tuned arms, t test' : 'paired contrast, t test',
  };
}
