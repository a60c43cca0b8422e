import { columns } from '../columns.ts';
import type { PeerRow } from './peer-table.ts';
import { type BenchRow, fastest, scaled } from './table.ts';

/** One contestant on one device, as a column. */
interface Column {
  readonly title: string;
  readonly rateOf: (of: Pick<BenchRow, 'optimizer' | 'width'>) => number | null;
}

/**
 * All devices side by side, a line a case: each one's best rate, then the best of the peers by the device that they ran
 * on. Nothing where there is but one column.
 */
export function deviceLines(
  rows: readonly BenchRow[],
  peers: readonly PeerRow[],
): readonly string[] {
  const kinds = [...new Set(rows.map(({ device }) => device))];
  // On a GPU the peers run on CUDA, whatever hyperlaw runs on: one column for all of these.
  const machines = [...new Set(peers.map(machineOf))];
  const all: readonly Column[] = [
    ...kinds.map(
      (kind): Column => ({
        title: kind,
        rateOf: (law) =>
          fastest(
            rows.filter(({ device }) => device === kind),
            law,
          )?.modelStepsPerSecond ?? null,
      }),
    ),
    ...machines.flatMap((machine) =>
      (['torch', 'jax'] as const).map(
        (library): Column => ({
          title: `${library === 'jax' ? 'JAX' : library}, ${machine}`,
          rateOf: (law) => bestPeer(peers, { ...law, machine, library }),
        }),
      ),
    ),
  ];
  const shown = all.filter(({ rateOf }) => rows.some((row) => rateOf(row) !== null));
  if (shown.length < 2) return [];
  const cases = new Map(rows.map((row) => [`${row.optimizer} ${row.width}`, row]));
  const line = (cells: readonly string[]) => columns(cells, [10, 6, ...shown.map(() => 14)]);
  return [
    'All devices: model-steps/s, each at its best number of lanes; peers in full precision, the best of their variants',
    line(['optimizer', 'width', ...shown.map(({ title }) => title)]),
    ...[...cases.values()].map(({ optimizer, width }) =>
      line([
        ...[optimizer, String(width)],
        ...shown.map(({ rateOf }) => {
          const rate = rateOf({ optimizer, width });
          return rate === null ? '–' : scaled(rate).trim();
        }),
      ]),
    ),
  ];
}

const machineOf = ({ device }: PeerRow) => (device === 'cpu' ? 'cpu' : 'gpu');

function bestPeer(
  peers: readonly PeerRow[],
  of: Pick<BenchRow, 'optimizer' | 'width'> & {
    readonly machine: string;
    readonly library: 'torch' | 'jax';
  },
): number | null {
  const rates = peers
    .filter((row) => row.optimizer === of.optimizer && row.width === of.width)
    .filter((row) => machineOf(row) === of.machine)
    .flatMap(({ contestants }) => Object.entries(contestants))
    .filter(([name]) => name.startsWith(of.library) && name !== 'jaxDefault')
    .map(([, { modelStepsPerSecond }]) => modelStepsPerSecond);
  return rates.length > 0 ? Math.max(...rates) : null;
}
