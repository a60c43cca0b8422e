import { holm } from '../statistics/holm.ts';
import type { Tested } from '../statistics/paired.ts';
import {
  type ArmScatter,
  armContrast,
  armScatter,
  slopeWeights,
} from '../statistics/tuned-arms.ts';
import { LEVEL, MARGIN } from './levels.ts';
import type { SizedArm, SizedLosses } from './sized-losses.ts';
import { hasLearnt, isDoubtful, log2Losses } from './sized-losses.ts';

/** A slope of log2 loss per doubling of size, with a p value that arms not known to be tuned cannot make. */
export interface Slope extends Tested {
  /** The larger of the p values with and without the doubtful arms (see `isDoubtful`) that favour the slope. */
  readonly guarded: number;
  /** Whether there are such arms. */
  readonly favoured: boolean;
  readonly from: number;
  readonly to: number;
}

/** How tuned loss depends on size in one task. */
export interface SizeEffect {
  readonly task: string;
  readonly title: string;
  /** Over all sizes. */
  readonly slope: Slope;
  /** Over the smaller and over the larger half of the sizes; they share no arm. */
  readonly halves: readonly [small: Slope, large: Slope] | null;
  /** Between neighbouring sizes. */
  readonly steps: readonly Slope[];
  /** Between the smallest and the largest alone. */
  readonly ends: Slope;
  /** Whether the smallest or the largest came below the ceiling by more than the margin. */
  readonly learnt: boolean;
  readonly scatter: ArmScatter | null;
  /** Sizes whose optimum stands on the edge, and those of arms that are beaten. */
  readonly edges: readonly number[];
  readonly beaten: readonly number[];
  /** Judging runs that diverged. */
  readonly diverged: number;
}

/**
 * Slopes of a task's arms. Their noise is that of seeds and of tuning: the scatter about the trend, estimated from arms
 * alike too, or given; null counts seeds alone. Throws on fewer than two sizes.
 */
export function sizeEffect(
  measured: SizedLosses,
  { scatter = scatterOf(measured) }: { readonly scatter?: ArmScatter | null } = {},
): SizeEffect {
  const { task, title, arms, ceiling } = measured;
  const over = (chosen: readonly SizedArm[]) => slopeOver(chosen, { measured, scatter });
  const ends = [arms[0] as SizedArm, arms[arms.length - 1] as SizedArm];
  const half = Math.floor(arms.length / 2);
  return {
    task,
    title,
    slope: over(arms),
    halves: half < 2 ? null : [over(arms.slice(0, half)), over(arms.slice(-half))],
    steps: arms.slice(1).map((larger, i) => over([arms[i] as SizedArm, larger])),
    ends: over(ends),
    learnt: ends.some((arm) => hasLearnt(arm, ceiling)),
    scatter,
    edges: arms.filter(({ status }) => status === 'edge').map(({ size }) => size),
    beaten: arms.filter(({ beaten }) => beaten).map(({ size }) => size),
    diverged: arms.flatMap(({ losses }) => losses.filter((loss) => loss === null)).length,
  };
}

const scatterOf = (measured: SizedLosses): ArmScatter | null =>
  armScatter(
    [measured.arms, ...measured.alike].map((sweep) => ({
      x: log2Sizes(sweep),
      means: means(sweep, measured),
    })),
  );

function slopeOver(
  arms: readonly SizedArm[],
  { measured, scatter }: { readonly measured: SizedLosses; readonly scatter: ArmScatter | null },
): Slope {
  const contrast = (chosen: readonly SizedArm[]) =>
    armContrast(log2Losses(chosen, measured), slopeWeights(log2Sizes(chosen)), { scatter });
  const tested = contrast(arms);
  const kept = withoutFavours(arms, tested.estimate);
  const [first, last] = [arms[0] as SizedArm, arms[arms.length - 1] as SizedArm];
  const favoured = kept.length < arms.length;
  const without = favoured && kept.length > 1 ? contrast(kept) : null;
  const agrees = without !== null && without.estimate * tested.estimate > 0;
  return {
    ...tested,
    guarded: !favoured ? tested.pValue : agrees ? Math.max(tested.pValue, without.pValue) : 1,
    favoured,
    from: first.size,
    to: last.size,
  };
}

/**
 * The arms without the doubtful ones that favour a slope: better tuning lowers such an arm, a small one so tuned weakens a
 * fall, a large one a rise. What is small changes as arms are left out, so it goes round until none is.
 */
function withoutFavours(arms: readonly SizedArm[], slope: number): readonly SizedArm[] {
  const x = log2Sizes(arms);
  const middle = x.reduce((sum, value) => sum + value, 0) / x.length;
  const kept = arms.filter(
    (arm) => !isDoubtful(arm) || (Math.log2(arm.size) - middle) * slope <= 0,
  );
  return kept.length < arms.length && kept.length > 0 ? withoutFavours(kept, slope) : kept;
}

/** Whether an effect is known to be too small to matter. */
export function isNegligible({ interval: [low, high] }: Pick<Slope, 'interval'>): boolean {
  return low > -MARGIN && high < MARGIN;
}

/** The steps whose slope is significant, corrected over all steps of the task. */
export function significantSteps({ steps }: SizeEffect): readonly Slope[] {
  const adjusted = holm(steps.map(({ guarded }) => guarded));
  return steps.filter((_, i) => (adjusted[i] as number) <= LEVEL);
}

/** The significant steps that go against the slope over all sizes by more than the margin. */
export function againstTrend(effect: SizeEffect): readonly Slope[] {
  return significantSteps(effect).filter(
    ({ estimate }) => estimate * effect.slope.estimate < 0 && Math.abs(estimate) > MARGIN,
  );
}

const log2Sizes = (arms: readonly SizedArm[]) => arms.map(({ size }) => Math.log2(size));

function means(arms: readonly SizedArm[], measured: SizedLosses): readonly number[] {
  const rows = log2Losses(arms, measured);
  return arms.map((_, arm) =>
    rows.reduce((sum, row) => sum + (row[arm] as number) / rows.length, 0),
  );
}
