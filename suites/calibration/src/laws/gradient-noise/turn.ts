import { mean, minimumOn } from '@hyperlaw/theory';

/**
 * How sharply steps turn from B_crit/B to none: p of S = S_min [1 + (B_crit/B)^p]^{1/p}, by least squares of ln S. The
 * hyperbola has p = 1, larger p turn more sharply, and p → ∞ has a corner; all have the same two branches.
 *
 * Throws on fewer than four points, as many as would leave nothing to judge.
 */
export function sharpness(points: readonly { batch: number; logSteps: number }[]): number {
  if (points.length < 4) throw new Error(`too few points: ${points.length} (4 or more)`);
  const logs = points.map(({ batch, logSteps }) => [Math.log(batch), logSteps] as const);
  const batches = logs.map(([log]) => log);
  /** Of ln S less the shape: at the best S_min. */
  const variance = (p: number, critical: number): number => {
    const left = logs.map(([log, steps]) => steps - logShape(p, critical - log));
    const centre = mean(left);
    return left.reduce((sum, value) => sum + (value - centre) ** 2, 0);
  };
  const range = [Math.min(...batches) - 2, Math.max(...batches) + 2] as const;
  const least = (logP: number) =>
    minimumOn((critical) => variance(Math.exp(logP), critical), range, SEARCH).value;
  return Math.exp(minimumOn(least, [-SPAN, SPAN], SEARCH).at);
}

/** ln p is looked for up to this far from 0: p = 8 has a corner to within a few per cent. */
const SPAN = Math.log(8);
const SEARCH = { grid: 13, tolerance: 1e-3 };

/** ln [1 + e^{px}]^{1/p}, without overflow. */
const logShape = (p: number, x: number): number =>
  Math.max(0, x) + Math.log1p(Math.exp(-p * Math.abs(x))) / p;
