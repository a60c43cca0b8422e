/**
 * The Bayes cross-entropy, in nats, of C equally likely unit-covariance Gaussians whose means are all
 * `separation` apart.
 *
 * With means a·e_c, a = separation/√2, and z ~ N(0, I) the noise, the loss of class 1 is
 * E ln A − a², A = e^{a z_1 + a²} + Σ_{c>1} e^{a z_c}. By Frullani's integral
 * ln A = ∫ (exp(−e^s) − exp(−e^s A)) ds over the real line, and the expectation of the second term
 * factors: E exp(−e^s A) = M(s + a²) M(s)^{C−1}, M(s) = E exp(−e^{s + a z}). So two nested
 * one-dimensional integrals give it for any number of classes; the trapezoidal rule converges
 * geometrically for both, and the steps below leave errors near 1e-13.
 */
export function mixtureEntropy(classes: number, separation: number): number {
  const a = separation / Math.SQRT2;
  if (a === 0) return Math.log(classes);
  const zStep = Math.min(0.1, 0.25 / a);
  const z: number[] = [];
  for (let value = -9; value <= 9; value += zStep) z.push(value);
  const weights = z.map(
    (value) => (zStep * Math.exp(-0.5 * value * value)) / Math.sqrt(2 * Math.PI),
  );
  const shifts = z.map((value) => a * value);
  const transform = (s: number): number => {
    let sum = 0;
    for (let i = 0; i < shifts.length; i++) {
      sum += (weights[i] as number) * Math.exp(-Math.exp(s + (shifts[i] as number)));
    }
    return sum;
  };
  // Below `from` the integrand is about e^s (E A − 1), under 1e-16; above `to` both terms vanish.
  const from = -38 - Math.log(classes * Math.exp(0.5 * a * a) + Math.exp(1.5 * a * a));
  const to = 9 * a + 5;
  const sStep = 0.2;
  let integral = 0;
  for (let s = from; s <= to; s += sStep) {
    integral += Math.exp(-Math.exp(s)) - transform(s + a * a) * transform(s) ** (classes - 1);
  }
  return Math.max(0, sStep * integral - a * a);
}
