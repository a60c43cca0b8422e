/** A thinned training curve: pairs of step (from 1) and mean loss since the pair before. */
export type Curve = readonly (readonly [step: number, loss: number])[];

/** Points that a curve is thinned to, at most. */
const POINTS = 48;

/**
 * Collects the losses `[step, lane]` of a pack as they come, keeping for each lane a thinned curve and the step at
 * which its loss stopped being finite.
 */
export interface LossRecord {
  add(losses: Float32Array): void;
  /** Steps recorded so far. */
  readonly steps: number;
  readonly allDiverged: boolean;
  /** The first step (from 0) whose loss was not finite, or null. */
  divergedAt(lane: number): number | null;
  curve(lane: number): Curve;
}

/** An empty record of a run of `steps` steps; points of the curve stand at logarithmic distances. */
export function lossRecord(lanes: number, steps: number): LossRecord {
  const ends = curveEnds(steps);
  const sums = new Float64Array(lanes);
  const points: [number, number][][] = Array.from({ length: lanes }, () => []);
  const diverged = new Int32Array(lanes).fill(-1);
  let done = 0;
  let binStart = 0;
  let bin = 0;
  return {
    add(losses) {
      for (let row = 0; row < losses.length / lanes; row++) {
        const end = done + 1 === ends[bin];
        for (let lane = 0; lane < lanes; lane++) {
          const loss = losses[row * lanes + lane] as number;
          if (!Number.isFinite(loss) && (diverged[lane] as number) < 0) diverged[lane] = done;
          if ((diverged[lane] as number) >= 0) continue;
          sums[lane] = (sums[lane] as number) + loss;
          if (!end) continue;
          points[lane]?.push([done + 1, compact((sums[lane] as number) / (done + 1 - binStart))]);
          sums[lane] = 0;
        }
        done++;
        if (!end) continue;
        binStart = done;
        bin++;
      }
    },
    get steps() {
      return done;
    },
    get allDiverged() {
      return diverged.every((at) => at >= 0);
    },
    divergedAt: (lane) => ((diverged[lane] as number) < 0 ? null : (diverged[lane] as number)),
    curve: (lane) => points[lane] ?? [],
  };
}

/** Last steps of the curve's bins: as even on a logarithmic axis as whole steps allow. */
function curveEnds(steps: number): readonly number[] {
  const ends = new Set<number>();
  for (let i = 1; i <= POINTS; i++) ends.add(Math.max(1, Math.round(steps ** (i / POINTS))));
  return [...ends].sort((a, b) => a - b);
}

/** Five digits: a curve is looked at, and the journal holds thousands of them. */
function compact(loss: number): number {
  return Number(loss.toPrecision(5));
}
