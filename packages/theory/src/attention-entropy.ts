import { expectation, legendreRule, panelRule } from './quadrature.ts';

/**
 * The expected entropy, in nats, of softmax attention over `tokens` keys whose logits are independent N(0, `logitStd`²),
 * as at initialization for a given query and orthogonal inputs, where `logitStd` = |q| · √keyVariance/d^s.
 *
 * Exactly H = F − s F′(s) with F(s) = E ln Σ_j e^{s z_j} = ∫₀^∞ (e^{−t} − M(t)^T) dt/t and M(t) = E exp(−t e^{sz}), since
 * F′ = E Σ z_j p_j. For small s it is ln T − (s²/2)(1 − 1/T); for many tokens ln T − s²/2 while s² ≪ 2 ln T, beyond which
 * a few keys hold all attention. Accurate to 1e-8 for s up to 10. Throws where `tokens` is not a positive integer.
 */
export function attentionEntropy(options: {
  readonly tokens: number;
  readonly logitStd: number;
}): number {
  const { tokens, logitStd: s } = options;
  if (!(Number.isInteger(tokens) && tokens > 0)) {
    throw new Error(`unknown number of tokens: ${tokens} (a positive integer)`);
  }
  if (!(s >= 0 && s < Infinity)) throw new Error(`unknown logit std: ${s} (a number, 0 or more)`);
  const rule = panelRule();
  const exponentials = rule.nodes.map((z) => Math.exp(s * z));
  // Beyond these ends of u = ln t both terms of the integrand vanish to 1e-12 and better.
  const [low, high] = [-Math.log(tokens) - 8 * s - (s * s) / 2 - 32, 8 * s + 6];
  // The integrand is analytic and vanishes at both ends, so the trapezoidal rule converges geometrically.
  const step = 1 / 8;
  let entropy = 0;
  for (let u = low; u < high; u += step) {
    const t = Math.exp(u);
    let [mean, slope] = [0, 0];
    exponentials.forEach((e, i) => {
      const weighted = (rule.weights[i] as number) * Math.exp(-t * e);
      mean += weighted;
      slope -= weighted * t * e * (rule.nodes[i] as number);
    });
    const rest = mean ** (tokens - 1);
    entropy += step * (Math.exp(-t) - rest * mean + s * tokens * rest * slope);
  }
  return entropy;
}

/**
 * The expected entropy, in nats, of attention at initialization over `tokens` keys of independent N(0, 1) entries, with
 * a query of the same law and logits q·k/d^s: `attentionEntropy` averaged over |q|² ~ χ²_d, exactly. Throws as it does.
 */
export function initialAttentionEntropy(options: {
  readonly tokens: number;
  readonly headSize: number;
  readonly scale: number;
}): number {
  const { tokens, headSize: d, scale } = options;
  if (!(Number.isInteger(d) && d > 0)) {
    throw new Error(`unknown head size: ${d} (a positive integer)`);
  }
  // |q| has a standard deviation below 1/√2 around √d at most: six away its density is e^{−36}.
  const [low, high] = [Math.max(0, Math.sqrt(d) - 6), Math.sqrt(d) + 6];
  const rule = legendreRule(32);
  const norm = (x: number): number => low + ((high - low) * (x + 1)) / 2;
  const density = (r: number): number =>
    Math.exp((d - 1) * Math.log(r / Math.sqrt(d)) - (r * r - d) / 2);
  const mass = expectation((x) => density(norm(x)), rule);
  const sum = expectation((x) => {
    const weight = density(norm(x));
    if (weight < 1e-16 * mass) return 0;
    return weight * attentionEntropy({ tokens, logitStd: norm(x) / d ** scale });
  }, rule);
  return sum / mass;
}
