import { modeCourse, timeToStrength } from './deep-linear.ts';

/** A balanced deep linear net that learns several modes, each as in `DeepLinearMode`, from one small strength. */
export interface Staircase {
  readonly depth: number;
  /** Singular values of the map to be learned, `[mode]`, positive. */
  readonly singularValues: readonly number[];
  /** a(0) of every mode. */
  readonly initial: number;
}

/**
 * Loss ½ Σ (s − a)² over time, `[time]`: steps from saddle to saddle where the start is small
 * (1312.6120; 2106.15933). Units of time as in `DeepLinearMode`.
 */
export function lossStaircase(
  { depth, singularValues, initial }: Staircase,
  times: readonly number[],
): Float64Array {
  const losses = new Float64Array(times.length);
  for (const singularValue of singularValues) {
    modeCourse({ depth, singularValue, initial }, times).forEach(({ gap }, i) => {
      losses[i] = (losses[i] as number) + gap ** 2 / 2;
    });
  }
  return losses;
}

/** A stretch of time near one saddle. */
export interface Plateau {
  /** When the mode learned last passed half its strength; 0 for the first plateau. */
  readonly start: number;
  /** When the next one does; `Infinity` for the last plateau. */
  readonly end: number;
  /** ½ Σ s² over the modes not yet learned, the loss of the saddle. */
  readonly loss: number;
}

/** The plateaus in order, one more than there are modes; the strongest mode goes first. */
export function plateaus({ depth, singularValues, initial }: Staircase): Plateau[] {
  const sorted = [...singularValues].sort((a, b) => b - a);
  const halves = sorted.map((singularValue) =>
    timeToStrength({ depth, singularValue, initial }, Math.max(initial, singularValue / 2)),
  );
  return [0, ...halves].map((start, k) => ({
    start,
    end: halves[k] ?? Number.POSITIVE_INFINITY,
    loss: sorted.slice(k).reduce((sum, s) => sum + s ** 2, 0) / 2,
  }));
}
