import { columns } from '../columns.ts';
import type { Case } from './models.ts';
import type { ContestantName, RaceResult } from './race.ts';

/** A row of `--json`. A peer that is missing is left out. */
export interface Row extends Omit<Case, 'model'> {
  readonly case: Case['model'];
  readonly lanes: number;
  readonly device: string;
  /** Of the best round. */
  readonly modelStepsPerSecond: Readonly<Partial<Record<ContestantName, number>>>;
  /**
   * hyperlaw's matrix products per second over plain sgemm's: forward, weight gradients, and input gradients of all
   * layers but the first. Elementwise work (activations, loss, the optimizer's passes) takes its time and counts
   * nothing. The median over rounds.
   */
  readonly fractionOfSgemm: number;
}

/** The row of a case's result. */
export function rowOf({ model, optimizer, width }: Case, device: string, result: RaceResult): Row {
  const rates = Object.entries(result.standings).map(([name, { best }]) => [
    name,
    Math.round(best),
  ]);
  return {
    case: model,
    optimizer,
    width,
    lanes: result.standings.hyperlaw?.variant.lanes ?? 0,
    device,
    modelStepsPerSecond: Object.fromEntries(rates),
    fractionOfSgemm: Number(result.fractionOfSgemm.toFixed(3)),
  };
}

const peers = [
  ['torchEager', 'torch eager'],
  ['torchBatched', 'torch batched'],
  ['jax', 'JAX'],
] as const;

const WIDTHS = [11, 9, 6, 13, 20, 20, 20, 9];

/** The table's head: what a cell means, then the columns. */
export const tableHead = [
  'Model-steps per second in the best round, ×models in one program; then how many times hyperlaw is as fast',
  '(the median over rounds), and its matrix products as a share of plain sgemm.',
  '',
  columns(
    ['model', 'optimizer', 'width', 'hyperlaw', ...peers.map(([, title]) => title), 'of sgemm'],
    WIDTHS,
  ),
].join('\n');

/** A case's line of the table. */
export function tableLine({ model, optimizer, width }: Case, result: RaceResult): string {
  const { standings, fractionOfSgemm } = result;
  const own = standings.hyperlaw;
  const cells = peers.map(([name]) => {
    const standing = standings[name];
    if (!standing) return '–';
    return `${rate(standing)} ${standing.ratio.toFixed(2).padStart(6)}`;
  });
  const share = `${(100 * fractionOfSgemm).toFixed(0)} %`;
  return columns([model, optimizer, String(width), own ? rate(own) : '–', ...cells, share], WIDTHS);
}

function rate({ best, variant }: { best: number; variant: { readonly lanes: number } }): string {
  return `${best.toFixed(0)} ×${String(variant.lanes).padEnd(2)}`;
}
