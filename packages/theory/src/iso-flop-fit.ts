import { Matrix, solve } from 'ml-matrix';
import { mean } from './mean.ts';
import {
  checkCurves,
  meanLogLosses,
  type OptimumLine,
  optimumLine,
  type ScalingCurve,
} from './scaling-curves.ts';
import { trainingCompute } from './scaling-law.ts';

/** Budgets that differ by less than this, in ln C, are one. */
const SAME_BUDGET = 0.01;

/**
 * Approach 2 of 2203.15556: a parabola of loss over ln N at each compute, and a line through its lowest points.
 *
 * The curves' points are grouped by compute. A valley of two exponentials is not a parabola: the vertex is off by an amount
 * that depends on where the sizes lie about the optimum, so the exponent is unbiased only if they lie alike at every
 * budget. Budgets whose parabola opens downwards or whose vertex lies outside the sizes are left out; the exponent
 * is not a number where fewer than two are left. Throws where no budget has three sizes, and on losses not positive.
 */
export function isoFlopFit(curves: readonly ScalingCurve[]): OptimumLine {
  checkCurves(curves, 3);
  const points = curves
    .flatMap((curve) => {
      const logLosses = meanLogLosses(curve);
      return curve.tokens.map((tokens, i) => ({
        logCompute: Math.log(trainingCompute(curve.parameters, tokens)),
        logParameters: Math.log(curve.parameters),
        loss: Math.exp(logLosses[i] as number),
      }));
    })
    .sort((a, b) => a.logCompute - b.logCompute);
  const groups: (typeof points)[] = [];
  for (const point of points) {
    const last = groups.at(-1);
    if (last?.[0] && point.logCompute - last[0].logCompute < SAME_BUDGET) last.push(point);
    else groups.push([point]);
  }
  const budgets = groups.filter((group) => new Set(group.map((p) => p.logParameters)).size >= 3);
  if (budgets.length === 0)
    throw new Error('no budget with three sizes (three points of equal 6ND)');
  return optimumLine(
    budgets.flatMap((group) => {
      const vertex = vertexOf(group.map((p) => [p.logParameters, p.loss] as const));
      if (vertex === undefined) return [];
      const logCompute = mean(group.map((p) => p.logCompute));
      return [{ compute: Math.exp(logCompute), parameters: Math.exp(vertex) }];
    }),
  );
}

/** Where the least-squares parabola is lowest, if that is between the points. */
function vertexOf(points: readonly (readonly [x: number, y: number])[]): number | undefined {
  const xs = points.map(([x]) => x);
  const [low, high] = [Math.min(...xs), Math.max(...xs)];
  const [centre, half] = [(low + high) / 2, (high - low) / 2];
  const scaled = xs.map((x) => (x - centre) / half);
  const fitted = solve(
    new Matrix(scaled.map((u) => [1, u, u * u])),
    Matrix.columnVector(points.map(([, y]) => y)),
  );
  const [slope, curvature] = [fitted.get(1, 0), fitted.get(2, 0)];
  const vertex = -slope / (2 * curvature);
  return curvature > 0 && Math.abs(vertex) < 1 ? centre + half * vertex : undefined;
}
