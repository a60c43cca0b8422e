import type { SizedArm } from '@hyperlaw/report';
import { normals, randomStream } from '@hyperlaw/tasks';
import type { TaskMeasurements } from '../measurements.ts';

/** Made-up results of a sweep, for tests of the decision rule. */
export interface MadeUp {
  /** log2 of the expected tuned loss at log2 width; the same for every task. */
  readonly curve: (log2Width: number) => number;
  /** Standard deviation of what tuning adds to an arm, the same for all of its seeds. */
  readonly tuning: number;
  /** Standard deviation of what a seed adds to all arms, and of what it adds to each. */
  readonly seed: number;
  readonly noise: number;
  /** Tuning and seed noise at the narrowest width as multiples of those at the widest; 1 unless given. */
  readonly narrowNoise?: number;
  /** Skewed tuning noise: a tuned arm can only be worse than the best. */
  readonly skewed?: boolean;
  readonly status?: (width: number) => SizedArm['status'];
}

export const WIDTHS = [8, 16, 32, 64, 128, 256];
const RANDOM_WIDTHS = [8, 32, 128];
const SEEDS = 6;

/** A made-up sweep of named and random tasks; a pure function of its run number. */
export function madeUpSweep(
  law: MadeUp,
  {
    run,
    named = 7,
    random = 40,
  }: { readonly run: number; readonly named?: number; readonly random?: number },
): { readonly named: readonly TaskMeasurements[]; readonly random: readonly TaskMeasurements[] } {
  const normal = normals(randomStream({ seed: run, role: 'made-up', path: [] }));
  const task = (title: string, widths: readonly number[], withSp: boolean): TaskMeasurements => ({
    task: title,
    title,
    ceiling: 64,
    seeds: SEEDS,
    mup: madeUpWidths(law, widths, normal),
    sp: withSp ? madeUpWidths(law, widths, normal) : [],
  });
  return {
    named: Array.from({ length: named }, (_, i) => task(`named-${i}`, WIDTHS, true)),
    random: Array.from({ length: random }, (_, i) => task(`random-${i}`, RANDOM_WIDTHS, false)),
  };
}

function madeUpWidths(
  {
    curve,
    tuning,
    seed,
    noise,
    narrowNoise = 1,
    skewed = false,
    status = () => 'interior',
  }: MadeUp,
  widths: readonly number[],
  normal: () => number,
): readonly SizedArm[] {
  const common = Array.from({ length: SEEDS }, () => seed * normal());
  return widths.map((width) => {
    const log2Width = Math.log2(width);
    const size = narrowNoise ** ((8 - log2Width) / 5);
    const draw = normal();
    const tuned = tuning * size * (skewed ? draw * draw : draw);
    const losses = common.map(
      (shift) => 2 ** (curve(log2Width) + tuned + shift + noise * size * normal()),
    );
    return { size: width, losses, status: status(width) };
  });
}
