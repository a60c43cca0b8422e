/** Losses of one learning rate at checkpoints: `[run, checkpoint]`, null where not finite. */
export type Losses = readonly (readonly (number | null)[])[];

/** Distinct whole steps from `first` to `last`, each about `ratio` times the one before. */
export function geometricSteps(first: number, last: number, ratio: number): readonly number[] {
  const steps: number[] = [];
  for (let at = first; at <= last; at = Math.max(at + 1, Math.round(at * ratio))) steps.push(at);
  return steps;
}

/**
 * Steps after which the mean loss over runs first is at most the target, interpolated in the logarithms of steps and loss
 * between checkpoints; null where it never is, or where a run has no loss at a checkpoint before.
 */
export function crossing(
  checkpoints: readonly number[],
  losses: Losses,
  target: number,
): number | null {
  let before: { readonly step: number; readonly loss: number } | null = null;
  for (const [k, step] of checkpoints.entries()) {
    const loss = meanAt(losses, k);
    if (loss === null) return null;
    if (loss <= target) {
      if (before === null) return step;
      const share = Math.log(before.loss / target) / Math.log(before.loss / loss);
      return before.step * (step / before.step) ** share;
    }
    before = { step, loss };
  }
  return null;
}

/** The mean over runs at a checkpoint; null where a run has none. */
export function meanAt(losses: Losses, checkpoint: number): number | null {
  let sum = 0;
  for (const run of losses) {
    const loss = run[checkpoint];
    if (loss === null || loss === undefined) return null;
    sum += loss;
  }
  return sum / losses.length;
}

/** The fewest steps over learning rates. */
export interface Fewest {
  readonly steps: number;
  readonly rate: number;
  /** Whether the best rate stands at an end of the rates tried. */
  readonly edge: boolean;
}

/** How much more steps a neighbour of the best rate may take for a parabola through the three to be trusted. */
export const VALLEY = 1.15;

/**
 * The fewest steps, from a parabola of ln steps over ln rate through the best rate and its neighbours, so that a grid of
 * rates costs nothing at first order. The best rate alone where a neighbour takes much longer: near the edge of stability
 * steps fall up to a cliff, and a parabola would dig below it. Null where no rate arrived.
 */
export function fewestSteps(
  tried: readonly { readonly rate: number; readonly steps: number | null }[],
): Fewest | null {
  const points = tried
    .map(({ rate, steps }) => ({ x: Math.log(rate), y: Math.log(steps ?? Infinity) }))
    .sort((a, b) => a.x - b.x);
  const i = points.reduce((best, p, j) => (p.y < (points[best]?.y ?? Infinity) ? j : best), -1);
  const [left, best, right] = [points[i - 1], points[i], points[i + 1]];
  if (best === undefined) return null;
  const found = { steps: Math.exp(best.y), rate: Math.exp(best.x), edge: !left || !right };
  if (!left || !right || Math.max(left.y, right.y) > best.y + Math.log(VALLEY)) return found;
  const [down, up] = [
    (best.y - left.y) / (best.x - left.x),
    (right.y - best.y) / (right.x - best.x),
  ];
  const curvature = (up - down) / (right.x - left.x);
  if (!(curvature > 0)) return found;
  // Newton's form of the parabola through the three points, and its lowest point.
  const x = (left.x + best.x) / 2 - down / (2 * curvature);
  const y = left.y + down * (x - left.x) + curvature * (x - left.x) * (x - best.x);
  return { steps: Math.exp(y), rate: Math.exp(x), edge: false };
}
