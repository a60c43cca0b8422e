import type { Laboratory } from '@hyperlaw/cli';
import type { Knobs, Shape, TaskLane } from '@hyperlaw/core';
import type { TaskLaw } from '@hyperlaw/tasks';

/** A plane of learning rates and init scales, every point trained from several seeds. */
export interface PlaneInput {
  readonly task: TaskLaw;
  readonly shape: Shape;
  readonly steps: number;
  /** Knobs of every scale, and of every rate; together a lane's. */
  readonly scales: readonly Knobs[];
  readonly rates: readonly Knobs[];
  readonly seeds: readonly number[];
}

/** What every point of a plane came to. */
export interface Plane {
  /** Held-out losses `[scale][rate][seed]`; null where the run diverged. */
  readonly losses: readonly (readonly (readonly (number | null)[])[])[];
}

/** Lanes of one program: few enough for narrow nets to stay in cache, many enough to share each call. */
const LANES = 25;

/** Trains a whole plane. */
export async function plane(input: PlaneInput, { train }: Laboratory): Promise<Plane> {
  const { task, shape, steps, scales, rates, seeds } = input;
  const lanes: TaskLane[] = scales.flatMap((scale) =>
    rates.flatMap((rate) =>
      seeds.map(
        (seed): TaskLane => ({
          task,
          parameterization: { name: 'mup', baseWidth: shape.model.width },
          schedule: { kind: 'constant' },
          knobs: { ...scale, ...rate },
          seed,
        }),
      ),
    ),
  );
  const losses: (number | null)[] = [];
  for (let from = 0; from < lanes.length; from += LANES) {
    const some = lanes.slice(from, from + LANES);
    const results = await train({ shape, steps, heldOut: 'test', lanes: some });
    losses.push(...results.map(({ loss }) => loss));
  }
  const at = (scale: number, rate: number) => (scale * rates.length + rate) * seeds.length;
  return {
    losses: scales.map((_, s) =>
      rates.map((_, r) => losses.slice(at(s, r), at(s, r) + seeds.length)),
    ),
  };
}
