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
  readonly scatter: ArmScatter | null;
  /** Widths of μP whose optimum stands on the edge. */
  readonly edges: readonly number[];
  /** Judging runs of μP that diverged. */
  readonly diverged: number;
}

/** Slopes of a task's μP arms; their noise is estimated from those of SP too. Throws on fewer than two widths. */
export function taskEffect(measured: TaskMeasurements): TaskEffect {
  const { task, title, mup, sp, ceiling } = measured;
  const scatter = armScatter(
    [mup, sp].map((widths) => ({ x: log2Widths(widths), means: means(widths, ceiling) })),
  );
  const over = (widths: readonly TunedWidth[]) => slopeOver(widths, { ceiling, scatter });
  const half = Math.floor(mup.length / 2);
  return {
    task,
    title,
    slope: over(mup),
    halves: half < 2 ? null : [over(mup.slice(0, half)), over(mup.slice(-half))],
    steps: mup.slice(1).map((wider, i) => over([mup[i] as TunedWidth, wider])),
    scatter,
    edges: mup.filter(({ status }) => status === 'edge').map(({ width }) => width),
    diverged: mup.flatMap(({ losses }) => losses.filter((loss) => loss === null)).length,
  };
}

function slopeOver(
  widths: readonly TunedWidth[],
  { ceiling, scatter }: { readonly ceiling: number; readonly scatter: ArmScatter | null },
): Slope {
  const contrast = (chosen: readonly TunedWidth[]) =>
    armContrast(log2Losses(chosen, ceiling), slopeWeights(log2Widths(chosen)), { scatter });
  const tested = contrast(widths);
  const x = log2Widths(widths);
  const middle = x.reduce((sum, value) => sum + value, 0) / x.length;
  // Better tuning lowers an arm on the edge: a narrow one so tuned weakens a fall, a wide one a rise.
  const favours = ({ width, status }: TunedWidth) =>
    status === 'edge' && (Math.log2(width) - middle) * tested.estimate > 0;
  const kept = widths.filter((arm) => !favours(arm));
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

/** Whether an effect is known to be too small to matter. */
export function isNegligible({ interval: [low, high] }: Pick<Slope, 'interval'>): boolean {
  return low > -MARGIN && high < MARGIN;
}

const log2Widths = (widths: readonly TunedWidth[]) => widths.map(({ width }) => Math.log2(width));

function means(widths: readonly TunedWidth[], ceiling: number): readonly number[] {
  const rows = log2Losses(widths, ceiling);
  return widths.map((_, arm) =>
    rows.reduce((sum, row) => sum + (row[arm] as number) / rows.length, 0),
  );
}
