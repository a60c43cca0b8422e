import type { BenchOptimizer } from '../bench/models.ts';
import { columns } from '../columns.ts';
import type { Floors } from './floors.ts';
import type { CaseRate } from './measure-case.ts';
import type { StepProfile } from './profile.ts';

/** A case's figures; the profile is that of the fastest number of lanes of a width. */
export interface BenchRow extends CaseRate, Partial<StepProfile> {
  readonly device: string;
  readonly optimizer: BenchOptimizer;
  readonly width: number;
  readonly lanes: number;
}

/** A number with a unit's prefix: `1.23 T`. */
export function scaled(value: number): string {
  const prefixes = ['', 'k', 'M', 'G', 'T', 'P'];
  const power = value > 0 ? Math.min(5, Math.max(0, Math.floor(Math.log10(value) / 3))) : 0;
  const digits = value / 1000 ** power;
  const text = digits >= 100 ? digits.toFixed(0) : String(Number(digits.toPrecision(3)));
  return `${text} ${prefixes[power]}`;
}

const percent = (share: number) => `${(100 * share).toFixed(share < 0.1 ? 1 : 0)} %`;

export const floorsLine = ({ flopsPerSecond, bytesPerSecond }: Floors): string =>
  `at best ${scaled(flopsPerSecond)}FLOP/s (square products) and ${scaled(bytesPerSecond)}B/s (sums of long arrays)`;

const WIDTHS = [10, 6, 6, 14, 19, 19, 9];

/** What a line of the table says. */
export const tableHead = columns(
  [
    ...['optimizer', 'width', 'lanes', 'model-steps/s'],
    ...['FLOP/s (of best)', 'B/s (of best)', 'of floor'],
  ],
  WIDTHS,
);

/** One case: its rates, and the least time its operations and bytes need over the time taken. */
export function caseLine(row: BenchRow, floors: Floors): string {
  const flops = `${scaled(row.flopsPerSecond)}(${percent(row.flopsPerSecond / floors.flopsPerSecond)})`;
  const bytes = `${scaled(row.bytesPerSecond)}(${percent(row.bytesPerSecond / floors.bytesPerSecond)})`;
  const cells = [
    ...[row.optimizer, String(row.width), String(row.lanes)],
    ...[scaled(row.modelStepsPerSecond).trim(), flops, bytes, percent(row.shareOfFloor)],
  ];
  return columns(cells, WIDTHS);
}

/** Kernels of a step, and the operators that take most of its time. */
export function profileLine({ lanes }: BenchRow, { kernels, operators }: StepProfile): string {
  const most = operators.slice(0, 4).map(({ operator, share }) => `${operator} ${percent(share)}`);
  return `          ${lanes} lanes: ${kernels.toFixed(0)} kernels a step; ${most.join(', ')}`;
}

/** The row of a case with the most model-steps per second; null where it was not measured. */
export function fastest(
  rows: readonly BenchRow[],
  { optimizer, width }: Pick<BenchRow, 'optimizer' | 'width'>,
): BenchRow | null {
  return rows
    .filter((row) => row.optimizer === optimizer && row.width === width)
    .reduce<BenchRow | null>(
      (best, row) => (row.modelStepsPerSecond > (best?.modelStepsPerSecond ?? 0) ? row : best),
      null,
    );
}
