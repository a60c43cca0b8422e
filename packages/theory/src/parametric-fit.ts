import { Matrix, solve } from 'ml-matrix';
import { type HuberProblem, huberFit } from './huber-fit.ts';
import { checkCurves, meanLogLosses, type ScalingCurve } from './scaling-curves.ts';
import { parameterShare, type ScalingLaw } from './scaling-law.ts';

/** A fitted law. */
export interface ParametricFit {
  readonly law: ScalingLaw;
  /** a of N_opt ∝ C^a. */
  readonly exponent: number;
  /** Huber's objective summed over points. */
  readonly objective: number;
  /** ln loss measured − ln loss fitted, in the order of the curves and their points; short of the noise by √(1 − 5/points). */
  readonly residuals: readonly number[];
}

/** How approach 3 fits. */
export interface ParametricFitOptions {
  /** Residuals of ln loss beyond it count linearly; default 10⁻³ as in 2203.15556, nearly least absolute deviations. */
  readonly delta?: number;
  /** Where to start; by default from the best of a grid of exponents. */
  readonly starts?: readonly ScalingLaw[];
  /** E where it is known, 0 or more; fitted unless given. */
  readonly irreducible?: number;
}

/** Exponents tried for both terms, and how many of their pairs are polished. */
const EXPONENTS = [0.1, 0.2, 0.35, 0.5, 0.8, 1.2] as const;
const POLISHED = 3;

interface Point {
  readonly logN: number;
  readonly logD: number;
  readonly logLoss: number;
}

/**
 * Approach 3 of 2203.15556: E + A/N^α + B/D^β by Huber's loss of ln loss, from several starts.
 *
 * Throws on fewer than three sizes, fewer than six points, and losses not positive.
 */
export function parametricFit(
  curves: readonly ScalingCurve[],
  { delta = 1e-3, starts, irreducible }: ParametricFitOptions = {},
): ParametricFit {
  checkCurves(curves, 3);
  const points = curves.flatMap((curve) => {
    const logLosses = meanLogLosses(curve);
    return curve.tokens.map((tokens, i) => ({
      logN: Math.log(curve.parameters),
      logD: Math.log(tokens),
      logLoss: logLosses[i] as number,
    }));
  });
  if (points.length < 6) throw new Error(`too few points: ${points.length} (6 or more)`);
  const problem = { evaluate: evaluator(points, irreducible), points: points.length, delta };
  const candidates = starts?.map(toVector) ?? gridStarts(points, problem);
  const best = candidates
    .map((start) => huberFit(problem, start))
    .reduce((a, b) => (b.objective < a.objective ? b : a));
  const residuals = new Float64Array(points.length);
  problem.evaluate(best.parameters, residuals, new Float64Array(5 * points.length));
  const fitted = fromVector(best.parameters);
  const law = irreducible === undefined ? fitted : { ...fitted, irreducible };
  return {
    law,
    exponent: parameterShare(law),
    objective: best.objective,
    residuals: Array.from(residuals, (r) => -r),
  };
}

/** Unknowns are ln A, ln B, ln E, α, β, so that scales stay positive. */
const toVector = (law: ScalingLaw): number[] => [
  Math.log(law.parameterScale),
  Math.log(law.tokenScale),
  Math.log(law.irreducible),
  law.parameterExponent,
  law.tokenExponent,
];

const fromVector = ([a = 0, b = 0, e = 0, alpha = 0, beta = 0]: readonly number[]): ScalingLaw => ({
  irreducible: Math.exp(e),
  parameterScale: Math.exp(a),
  parameterExponent: alpha,
  tokenScale: Math.exp(b),
  tokenExponent: beta,
});

/**
 * ln fitted − ln measured, with the gradient: each term's share of the fitted loss. Where E is known ln E moves nothing.
 */
function evaluator(points: readonly Point[], known?: number): HuberProblem['evaluate'] {
  return ([a = 0, b = 0, e = 0, alpha = 0, beta = 0], residuals, jacobian) => {
    const floor = known ?? Math.exp(e);
    points.forEach(({ logN, logD, logLoss }, i) => {
      const size = Math.exp(a - alpha * logN);
      const data = Math.exp(b - beta * logD);
      const loss = floor + size + data;
      residuals[i] = Math.log(loss) - logLoss;
      const ofFloor = known === undefined ? floor / loss : 0;
      jacobian.set(
        [size / loss, data / loss, ofFloor, (-logN * size) / loss, (-logD * data) / loss],
        5 * i,
      );
    });
  };
}

/** At given exponents the law is linear in E, A, B: the best pairs of a grid. */
function gridStarts(points: readonly Point[], problem: HuberProblem): number[][] {
  const ones = Matrix.ones(points.length, 1);
  const pairs = EXPONENTS.flatMap((alpha) => EXPONENTS.map((beta) => [alpha, beta] as const));
  return pairs
    .map(([alpha, beta]) => {
      const rows = points.map(({ logN, logD, logLoss }) => [
        Math.exp(-logLoss),
        Math.exp(-alpha * logN - logLoss),
        Math.exp(-beta * logD - logLoss),
      ]);
      const largest = [0, 1, 2].map((j) => Math.max(...rows.map((row) => row[j] as number)));
      const scaled = new Matrix(rows.map((row) => row.map((v, j) => v / (largest[j] as number))));
      const solved = solve(scaled, ones).to1DArray();
      // A term that would be negative starts at one per cent of the loss.
      const [floor, size, data] = solved.map((v, j) =>
        Math.log(Math.max(v, 0.01) / (largest[j] as number)),
      );
      const start = [size as number, data as number, floor as number, alpha, beta];
      return { start, objective: huberFit(problem, start, { maxIterations: 0 }).objective };
    })
    .sort((x, y) => x.objective - y.objective)
    .slice(0, POLISHED)
    .map(({ start }) => start);
}
