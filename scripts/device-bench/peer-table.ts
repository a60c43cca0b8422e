import type { Case } from '../bench/models.ts';
import type { ContestantName, RaceResult } from '../bench/race.ts';
import { columns } from '../columns.ts';
import { scaled } from './table.ts';

/** Peers as columns, in their order; every JSON row names them so. */
const titles: readonly (readonly [ContestantName, string])[] = [
  ['torchEager', 'torch, one'],
  ['torchBatched', 'torch, batched'],
  ['torchCompiled', 'torch.compile'],
  ['jaxHighest', 'JAX, highest'],
  ['jaxDefault', 'JAX, default'],
];

/** One contestant in a case. */
export interface PeerFigures {
  readonly modelStepsPerSecond: number;
  /** Models in its fastest program. */
  readonly models: number;
  /** How many times as fast hyperlaw is, round by round, in the middle. */
  readonly ratio: number;
  /** Largest relative difference of its first losses from hyperlaw's. */
  readonly difference: number;
  /** What else was chosen because it is fastest: torch's optimizer and compiler. */
  readonly chosen: Readonly<Record<string, string>>;
}

/** hyperlaw beside its peers on one device: a row of the benchmark's figures. A peer that is missing is left out. */
export interface PeerRow extends Case {
  readonly device: string;
  readonly contestants: Readonly<Partial<Record<ContestantName, PeerFigures>>>;
}

export function peerRow(law: Case, device: string, { standings }: RaceResult): PeerRow {
  const contestants = Object.entries(standings).map(([name, standing]) => {
    const { best, ratio, difference, variant } = standing;
    const { update, compile } = variant;
    const chosen = { ...(update && { update }), ...(compile && { compile }) };
    return [
      name,
      { modelStepsPerSecond: best, models: variant.lanes, ratio, difference, chosen },
    ] as const;
  });
  return { ...law, device, contestants: Object.fromEntries(contestants) };
}

/** The table's head: what a cell means, then the columns. */
export const peerHead = [
  'Beside torch and JAX on the same device: model-steps/s ×models in one program, and how many times hyperlaw is as fast.',
  'float32 products in full precision everywhere ("highest": no TF32), but in the last column.',
  '',
  row(['optimizer', 'width', 'hyperlaw', ...titles.map(([, title]) => title)]),
].join('\n');

/** A case's line of the table. */
export function peerLine({ optimizer, width, contestants }: PeerRow): string {
  const own = contestants.hyperlaw;
  const cells = titles.map(([name]) => {
    const one = contestants[name];
    return one ? `${rate(one)} ${ratio(one.ratio).padStart(5)}` : '–';
  });
  return row([optimizer, String(width), own ? rate(own) : '–', ...cells]);
}

/** Peers in a case whose losses are not hyperlaw's: another training, whose rate means nothing. JAX's default is coarser. */
export function otherTrainings({ contestants }: PeerRow): readonly string[] {
  return Object.entries(contestants).flatMap(([name, { difference }]) =>
    // Written so that NaN counts too.
    difference < (name === 'jaxDefault' ? COARSE : SAME)
      ? []
      : [`${name}'s losses differ by ${difference.toExponential(1)}`],
  );
}

/** Float32 losses of 20 steps may drift so far apart; those of TF32, with 10 bits, so far. */
const SAME = 1e-3;
const COARSE = 0.1;

const rate = ({ modelStepsPerSecond, models }: PeerFigures) =>
  `${scaled(modelStepsPerSecond).trim()} ×${models}`;

const ratio = (value: number) => value.toFixed(value < 10 ? 2 : value < 100 ? 1 : 0);

function row(cells: readonly string[]): string {
  return columns(cells, [10, 6, 14, 21, 21, 21, 21, 21]);
}
