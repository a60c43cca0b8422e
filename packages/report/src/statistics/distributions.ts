import { gammaln } from 'simple-statistics';

/** The point of [low, high] where an increasing function reaches a value, by bisection to float64. */
function invert(increasing: (x: number) => number, value: number, low: number, high: number) {
  let [a, b] = [low, high];
  for (;;) {
    const middle = (a + b) / 2;
    if (middle <= a || middle >= b) return middle;
    if (increasing(middle) < value) a = middle;
    else b = middle;
  }
}

/** Φ(z), by the series of Marsaglia (2004), "Evaluating the normal distribution"; absolute error 1e-15. */
export function normalCumulative(z: number): number {
  if (z < -9) return 0;
  if (z > 9) return 1;
  let term = z;
  let sum = z;
  for (let odd = 3, previous = Number.NaN; sum !== previous; odd += 2) {
    previous = sum;
    term *= (z * z) / odd;
    sum += term;
  }
  return 0.5 + (sum * Math.exp((-z * z) / 2)) / Math.sqrt(2 * Math.PI);
}

/** Φ⁻¹(p), within ±9. */
export function normalQuantile(p: number): number {
  return p > 0.5 ? -normalQuantile(1 - p) : invert(normalCumulative, p, -9, 0);
}

/** Lentz's evaluation of the continued fraction of the incomplete beta function (DLMF 8.17.22). */
function betaFraction(x: number, a: number, b: number): number {
  let c = 1;
  let d = 1 / (1 - ((a + b) * x) / (a + 1));
  let product = d;
  for (let m = 1; m <= 10_000; m++) {
    const even = (m * (b - m) * x) / ((a + 2 * m - 1) * (a + 2 * m));
    d = 1 / (1 + even * d);
    c = 1 + even / c;
    product *= c * d;
    const odd = (-(a + m) * (a + b + m) * x) / ((a + 2 * m) * (a + 2 * m + 1));
    d = 1 / (1 + odd * d);
    c = 1 + odd / c;
    product *= c * d;
    if (Math.abs(c * d - 1) < 1e-15) break;
  }
  return product;
}

/** The regularised incomplete beta function I_x(a, b): the cumulative distribution of Beta(a, b). */
export function betaCumulative(x: number, a: number, b: number): number {
  if (x <= 0) return 0;
  if (x >= 1) return 1;
  const logFront = gammaln(a + b) - gammaln(a) - gammaln(b) + a * Math.log(x) + b * Math.log1p(-x);
  return x < (a + 1) / (a + b + 2)
    ? (Math.exp(logFront) * betaFraction(x, a, b)) / a
    : 1 - (Math.exp(logFront) * betaFraction(1 - x, b, a)) / b;
}

/** The p-quantile of Beta(a, b). */
export function betaQuantile(p: number, a: number, b: number): number {
  return invert((x) => betaCumulative(x, a, b), p, 0, 1);
}

/** The two-sided p value of Student's t: P(|T| ≥ |t|). */
export function studentTwoSided(t: number, degrees: number): number {
  return betaCumulative(degrees / (degrees + t * t), degrees / 2, 0.5);
}

/** The t with P(|T| ≤ t) = level, for instance 2.776 at level 0.95 and 4 degrees of freedom. */
export function studentCritical(level: number, degrees: number): number {
  const x = betaQuantile(1 - level, degrees / 2, 0.5);
  return Math.sqrt((degrees * (1 - x)) / x);
}
