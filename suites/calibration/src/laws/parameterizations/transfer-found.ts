import type { Evidence } from '@hyperlaw/cli';
import { type Claim, formatInterval, type SweepPoint, slopeTrend } from '@hyperlaw/report';
import { agreement } from '../../agreement.ts';
import { type Drifting, driftAgreement, driftBelowZero, driftOf } from '../../drift-agreement.ts';
import { NotMeasured, resultOf } from '../../law.ts';
import { stabilityEdge } from '../../loss-peak.ts';
import { measuredOr, type Readings, readEach } from '../../not-measured.ts';
import { exponentText, optimizerTitles, parameterizationTitles } from './names.ts';
import { edges, sweepName, type Transfer, transfers } from './plan.ts';
import type { RateSweep } from './rate-sweep.ts';

/** A curve of rates over widths, with its sweeps. */
export interface TransferFound extends Transfer {
  readonly widths: readonly number[];
  readonly points: readonly (readonly SweepPoint[])[];
  /** Largest training losses over the first, `[width][rate, seed]`. */
  readonly peaks: readonly RateSweep['peaks'][];
}

export const RESAMPLING = { seed: 31, resamples: 1000 };

function read(evidence: Evidence, transfer: Transfer): TransferFound {
  const results = transfer.sweeps.map((sweep) => resultOf<RateSweep>(evidence, sweepName(sweep)));
  return {
    ...transfer,
    widths: transfer.sweeps.map(({ width }) => width),
    points: transfer.sweeps.map(({ rates }, w) =>
      rates.map((x, r) => ({ x, losses: results[w]?.losses[r] ?? [] })),
    ),
    peaks: results.map(({ peaks }) => peaks),
  };
}

export const readTransfers = (evidence: Evidence): Readings<TransferFound> =>
  readEach(transfers(evidence.profile), driftName, (transfer) => read(evidence, transfer));
export const readEdges = (evidence: Evidence): Readings<TransferFound> =>
  readEach(
    edges(evidence.profile),
    (transfer) => edgeName(transfer),
    (transfer) => read(evidence, transfer),
  );

export const titleOf = ({ optimizer, parameterization }: Transfer): string =>
  `${parameterizationTitles[parameterization]}, ${optimizerTitles[optimizer]}`;

const UNIT = 'doublings of the rate per doubling of width';

const driftName = (transfer: Transfer): string =>
  `Drift of the best learning rate on bytes: ${titleOf(transfer)}`;

const edgeName = (transfer: Transfer): string =>
  `Drift of the largest learning rate stable within ${transfer.sweeps[0]?.steps} steps, squared error: ${titleOf(transfer)}`;

/** Half the distance between neighbouring predictions, which are halves, so that a claim tells them apart. */
const TOLERANCE = 0.25;

const BETWEEN =
  'The input layer, whose exponent is 0, weighs in until width is well above the number of inputs, 32: at these widths the drift may lie between 0 and −1.';

const isStandardAdam = ({ optimizer, parameterization }: Transfer): boolean =>
  optimizer === 'adam' && parameterization === 'sp';

export function transferClaims(found: readonly TransferFound[]): readonly Claim[] {
  return [
    ...found.map((transfer) =>
      driftAgreement(driftingOf(transfer), {
        name: driftName(transfer),
        predicted: transfer.drift,
        formula: exponentText(transfer.drift),
        tolerance: TOLERANCE,
        ...(isStandardAdam(transfer) && { note: BETWEEN }),
        unit: UNIT,
      }),
    ),
    // The contrast with μP: whatever the power.
    ...found
      .filter(({ parameterization }) => parameterization === 'sp')
      .map((transfer) =>
        driftBelowZero(driftingOf(transfer), {
          name: `Best learning rate on bytes falls with width: ${titleOf(transfer)}`,
          unit: UNIT,
        }),
      ),
  ];
}

const driftingOf = ({ widths, points }: TransferFound): Drifting => ({
  ...{ sizes: widths, sweeps: points, resampling: RESAMPLING, of: 'widths' },
});

/** A sentence on μP's drifts: whether their intervals hold 0. */
export function transferText(found: readonly TransferFound[]): readonly string[] {
  const sentences = found.flatMap((transfer) => {
    if (transfer.parameterization !== 'mup') return [];
    return measuredOr(
      () => {
        const { estimate, interval } = driftOf(driftingOf(transfer));
        const said = `${titleOf(transfer)}: ${formatInterval(estimate, interval)} ${UNIT}`;
        const holdsZero = interval[0] <= 0 && interval[1] >= 0;
        return [
          holdsZero
            ? `${said}, an interval around 0.`
            : `${said}, an interval without 0: at these widths the best rate still moves, and 0 is what theory says of wide nets.`,
        ];
      },
      () => [],
    );
  });
  return sentences.length === 0 ? [] : [`Drifts of the best rate. ${sentences.join(' ')}`];
}

/** log2 of the edges of stability over widths, `[width][seed]`; null where they lie beyond the rates. */
export function edgesOf({ sweeps, peaks }: TransferFound): readonly (readonly (number | null)[])[] {
  return sweeps.map((sweep, w) =>
    sweep.seeds.map((_, s) =>
      stabilityEdge(
        sweep.rates,
        (peaks[w] ?? []).map((row) => row[s] ?? null),
      ),
    ),
  );
}

export function edgeClaims(found: readonly TransferFound[]): readonly Claim[] {
  return found.map((transfer) =>
    agreement({
      name: edgeName(transfer),
      predicted: transfer.drift,
      formula: exponentText(transfer.drift),
      measured: () => {
        const columns = edgesOf(transfer);
        const beyond = transfer.widths.filter((_, w) => columns[w]?.includes(null));
        if (beyond.length > 0) {
          throw new NotMeasured(`an edge beyond the rates at widths ${beyond.join(', ')}`);
        }
        const rows = (columns[0] ?? []).map((_, s) => columns.map((column) => column[s] as number));
        return slopeTrend(transfer.widths.map(Math.log2), rows);
      },
      tolerance: TOLERANCE,
      unit: UNIT,
      test: `slope over widths, t interval over ${transfer.sweeps[0]?.seeds.length ?? 0} seeds`,
    }),
  );
}
