import {
  type ArmScatter,
  armContrast,
  armScatter,
  slopeWeights,
  type Tested,
} from '@hyperlaw/report';
import { MARGIN } from './levels.ts';
import type { TaskMeasurements, TunedWidth } from './measurements.ts';
import { log2Losses } from './measurements.ts';
import { BASE_WIDTH } from './plan.ts';

/** A slope of log2 loss per doubling of width, with a p value that edges in its favour cannot make. */
export interface Slope extends Tested {
  /** The larger of the p values with and without the arms on the edge that favour the slope. */
  readonly guarded: number;
  /** Whether there are such arms. */
  readonly favoured: boolean;
  readonly from: number;
  readonly to: number;
}

/** How tuned loss depends on width in one task. */
export interface TaskEffect {
  readonly task: string;
  readonly title: string;
  /** Over all widths. */
  readonly slope: Slope;
  /** Over the narrower and over the wider half of the widths; they share no arm. */
  readonly halves: readonly [narrow: Slope, wide: Slope] | null;
  /** Between neighbouring widths. */
  readonly steps: readonly Slope[];
  /** Between the narrowest and the widest alone. */
  readonly ends: Slope;
  /** Whether the narrowest or the widest net came below the ceiling by more than the margin. */
  readonly learnt: boolean;
  readonly scatter: ArmScatter | null;
  /** Widths of μP whose optimum stands on the edge. */
  readonly edges: readonly number[];
  /** Judging runs of μP that diverged. */
  readonly diverged: number;
}

/** Slopes of a task's μP arms; their noise is estimated from those of SP too. Throws on fewer than two widths. */
export function taskEffect(measured: TaskMeasurements): TaskEffect {
  const { task, title, mup, sp, ceiling } = measured;
  // At the base width SP is μP: the same arm counts once.
  const apart = sp.filter(({ width }) => width !== BASE_WIDTH);
  const scatter = armScatter(
    [mup, apart].map((widths) => ({ x: log2Widths(widths), means: means(widths, measured) })),
  );
  const over = (widths: readonly TunedWidth[]) => slopeOver(widths, { measured, scatter });
  const ends = [mup[0] as TunedWidth, mup[mup.length - 1] as TunedWidth];
  const half = Math.floor(mup.length / 2);
  return {
    task,
    title,
    slope: over(mup),
    halves: half < 2 ? null : [over(mup.slice(0, half)), over(mup.slice(-half))],
    steps: mup.slice(1).map((wider, i) => over([mup[i] as TunedWidth, wider])),
    ends: over(ends),
    learnt: means(ends, measured).some((loss) => loss < Math.log2(ceiling) - MARGIN),
    scatter,
    edges: mup.filter(({ status }) => status === 'edge').map(({ width }) => width),
    diverged: mup.flatMap(({ losses }) => losses.filter((loss) => loss === null)).length,
  };
}

function slopeOver(
  widths: readonly TunedWidth[],
  {
    measured,
    scatter,
  }: { readonly measured: TaskMeasurements; readonly scatter: ArmScatter | null },
): Slope {
  const contrast = (chosen: readonly TunedWidth[]) =>
    armContrast(log2Losses(chosen, measured), slopeWeights(log2Widths(chosen)), { scatter });
  const tested = contrast(widths);
  const kept = withoutFavours(widths, tested.estimate);
  const [first, last] = [widths[0] as TunedWidth, widths[widths.length - 1] as TunedWidth];
  const favoured = kept.length < widths.length;
  const without = favoured && kept.length > 1 ? contrast(kept) : null;
  const agrees = without !== null && without.estimate * tested.estimate > 0;
  return {
    ...tested,
    guarded: !favoured ? tested.pValue : agrees ? Math.max(tested.pValue, without.pValue) : 1,
    favoured,
    from: first.width,
    to: last.width,
  };
}

/**
 * The widths without those on the edge that favour a slope: better tuning lowers an arm on the edge, a narrow one so
 * tuned weakens a fall, a wide one a rise. What is narrow changes as arms are left out, so it goes round until none is.
 */
function withoutFavours(widths: readonly TunedWidth[], slope: number): readonly TunedWidth[] {
  const x = log2Widths(widths);
  const middle = x.reduce((sum, value) => sum + value, 0) / x.length;
  const kept = widths.filter(
    ({ width, status }) => status !== 'edge' || (Math.log2(width) - middle) * slope <= 0,
  );
  return kept.length < widths.length && kept.length > 0 ? withoutFavours(kept, slope) : kept;
}

/** Whether an effect is known to be too small to matter. */
export function isNegligible({ interval: [low, high] }: Pick<Slope, 'interval'>): boolean {
  return low > -MARGIN && high < MARGIN;
}

const log2Widths = (widths: readonly TunedWidth[]) => widths.map(({ width }) => Math.log2(width));

function means(widths: readonly TunedWidth[], measured: TaskMeasurements): readonly number[] {
  const rows = log2Losses(widths, measured);
  return widths.map((_, arm) =>
    rows.reduce((sum, row) => sum + (row[arm] as number) / rows.length, 0),
  );
}
