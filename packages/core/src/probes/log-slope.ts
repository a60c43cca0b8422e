/** A least-squares line through points on doubly logarithmic axes: `y ∝ x^slope`. */
export interface LogSlope {
  readonly slope: number;
  /** Standard error of the slope; `NaN` with fewer than three points. */
  readonly standardError: number;
}

/** Fits `log y = slope · log x + const`. Points that are not positive and finite give a slope of `NaN`. */
export function logSlope(xs: readonly number[], ys: readonly number[]): LogSlope {
  const u = xs.map(Math.log);
  const v = ys.map(Math.log);
  const mean = (values: readonly number[]) => values.reduce((a, b) => a + b, 0) / values.length;
  const [uMean, vMean] = [mean(u), mean(v)];
  let [uu, uv, vv] = [0, 0, 0];
  u.forEach((value, i) => {
    const [du, dv] = [value - uMean, (v[i] ?? Number.NaN) - vMean];
    uu += du * du;
    uv += du * dv;
    vv += dv * dv;
  });
  const residual = Math.max(0, vv - (uv * uv) / uu);
  const freedom = u.length - 2;
  return {
    slope: uv / uu,
    standardError: freedom > 0 ? Math.sqrt(residual / freedom / uu) : Number.NaN,
  };
}
