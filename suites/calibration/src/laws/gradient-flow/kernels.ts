import type { Evidence, Profile } from '@hyperlaw/cli';
import type { Experiment } from '@hyperlaw/sweep';
import { randomStream } from '@hyperlaw/tasks';
import { kernelMatrices, oneLayerKernelVariances } from '@hyperlaw/theory';
import { resultOf } from '../../law.ts';
import { type Readings, readEach } from '../../not-measured.ts';
import type { EntryMoments, KernelMoments, KernelMomentsInput } from './kernel-moments.ts';

/** Of the function at initialization, and of its gradients. */
export const kernelKinds = ['nngp', 'ntk'] as const;
/** Which of the two kernels. */
export type KernelKind = (typeof kernelKinds)[number];
/** The kernels as pages call them. */
export const kernelTitles: Readonly<Record<KernelKind, string>> = { nngp: 'NNGP', ntk: 'NT' };

const nets = [
  { activation: 'relu', weightVariance: 2, biasVariance: 0 },
  { activation: 'erf', weightVariance: 1.5, biasVariance: 0.1 },
] as const;
/** The activations as pages call them. */
export const netTitles = { relu: 'ReLU', erf: 'erf' } as const;

const BLOCKS = 40;

/** Nets per block by width: with two hidden layers, many at small widths, where the bias shows. */
interface Grid {
  readonly one: Readonly<Record<number, number>>;
  readonly two: Readonly<Record<number, number>>;
}

const grids: Readonly<Record<Profile, Grid>> = {
  smoke: { one: { 8: 2, 32: 2 }, two: { 8: 2, 32: 2, 64: 1 } },
  standard: {
    one: { 8: 250, 32: 250, 128: 100, 512: 25 },
    two: { 8: 5000, 16: 5000, 32: 5000, 64: 250, 128: 100, 256: 25 },
  },
  full: {
    one: { 8: 2500, 32: 2500, 128: 1000, 512: 250, 2048: 50 },
    two: { 8: 50_000, 16: 50_000, 32: 50_000, 64: 2500, 128: 1000, 256: 250, 512: 100, 1024: 25 },
  },
};

/** Five inputs of dimension 8, the same for all nets. */
const inputs: readonly (readonly number[])[] = (() => {
  const all = new Float32Array(40);
  randomStream({ seed: 45, role: 'data', path: ['kernels'] }).fillNormal(0, all);
  return Array.from({ length: 5 }, (_, i) => [...all.subarray(8 * i, 8 * i + 8)]);
})();

/** Pairs j ≤ i of inputs in the order of measured moments. */
const pairs = inputs.flatMap((_, i) => Array.from({ length: i + 1 }, (_, j) => [i, j] as const));

function cellsOf(profile: Profile): readonly KernelMomentsInput[] {
  const { one, two } = grids[profile];
  return nets.flatMap((net, n) =>
    [one, two].flatMap((grid, hidden) =>
      Object.entries(grid).map(([width, netsPerBlock]) => ({
        net: { ...net, layers: hidden + 2 },
        ...{ width: Number(width), inputs, blocks: BLOCKS, netsPerBlock },
        seed: 450_000 + 100 * Number(width) + 10 * n + hidden,
      })),
    ),
  );
}

const nameOf = ({ net, width }: KernelMomentsInput): string =>
  `gradient-flow kernels, ${net.activation}, ${net.layers - 1} hidden, width ${width}`;

/** One experiment for every activation, number of hidden layers and width. */
export function planKernels(profile: Profile): readonly Experiment[] {
  return cellsOf(profile).map((input) => {
    const { net, width, blocks, netsPerBlock } = input;
    const size = width * (inputs[0] as readonly number[]).length + (net.layers - 2) * width ** 2;
    const cost = 0.05 + blocks * netsPerBlock * (3e-6 + 1.7e-8 * size);
    return { name: nameOf(input), kind: 'kernelMoments', input, data: [], version: 1, cost };
  });
}

/** Deviations of empirical kernels from their limit, in units of the limit's Frobenius norm. */
export interface Deviations {
  readonly kind: KernelKind;
  readonly activation: keyof typeof netTitles;
  readonly hidden: number;
  readonly width: number;
  /** Mean of ‖K̂ − K‖²/‖K‖² over the nets of each block. */
  readonly squared: readonly number[];
  /** What theory says of it with one hidden layer, exactly; null with more. */
  readonly exact: number | null;
  /** Mean of (K̂ − K)/‖K‖ over the nets of each block and over entries on and off the diagonal. */
  readonly diagonal: readonly number[];
  readonly offDiagonal: readonly number[];
  /** The same of the least correlated pair of inputs alone. */
  readonly farthest: readonly number[];
}

/** Both kernels beside their limits, by activation, depth and width; what could not be measured is `missing`. */
export function deviationsOf(evidence: Evidence): Readings<Deviations> {
  const cells = cellsOf(evidence.profile);
  const variances = new Map(
    nets.map((net) => [net.activation, variancesOf({ ...net, layers: 2 })] as const),
  );
  const { found, missing } = readEach(
    cells,
    (cell) => `Kernels: ${nameOf(cell)}`,
    (cell) => {
      const moments = resultOf<KernelMoments>(evidence, nameOf(cell));
      const limits = kernelMatrices(cell.net, cell.inputs);
      return kernelKinds.map((kind) =>
        deviation(
          ...([cell, kind, limits[kind], moments[kind]] as const),
          variances.get(cell.net.activation)?.[kind] as number,
        ),
      );
    },
  );
  return { found: found.flat(), missing };
}

/** Over a whole symmetric matrix, of what is known of its pairs. */
const total = (f: (pair: number) => number): number =>
  pairs.reduce((sum, [i, j], k) => sum + (i === j ? 1 : 2) * f(k), 0);

/** Width times the mean of ‖K̂ − K‖² with one hidden layer. */
function variancesOf(net: KernelMomentsInput['net']): Readonly<Record<KernelKind, number>> {
  const variances = pairs.map(([i, j]) =>
    oneLayerKernelVariances(net, inputs[i] as readonly number[], inputs[j] as readonly number[]),
  );
  return {
    nngp: total((k) => variances[k]?.nngp as number),
    ntk: total((k) => variances[k]?.ntk as number),
  };
}

function deviation(
  { net, width }: KernelMomentsInput,
  kind: KernelKind,
  limit: readonly (readonly number[])[],
  blocks: readonly EntryMoments[],
  variance: number,
): Deviations {
  const at = (i: number, j: number) => limit[i]?.[j] as number;
  const limits = pairs.map(([i, j]) => at(i, j));
  const norm = Math.sqrt(total((k) => (limits[k] as number) ** 2));
  const meanOver = (which: (i: number, j: number) => boolean) => {
    const chosen = pairs.flatMap(([i, j], k) => (which(i, j) ? [k] : []));
    return blocks.map(
      ({ mean }) =>
        chosen.reduce((sum, k) => sum + (mean[k] as number) - (limits[k] as number), 0) /
        (chosen.length * norm),
    );
  };
  const correlation = (i: number, j: number) => at(i, j) / Math.sqrt(at(i, i) * at(j, j));
  const least = Math.min(...pairs.map(([i, j]) => correlation(i, j)));
  return {
    kind,
    activation: net.activation,
    hidden: net.layers - 1,
    width,
    squared: blocks.map(({ mean, square }) => {
      const squares = (k: number) => {
        const [first, second, value] = [mean[k], square[k], limits[k]] as [number, number, number];
        return second - 2 * value * first + value * value;
      };
      return total(squares) / norm ** 2;
    }),
    exact: net.layers === 2 ? variance / (width * norm ** 2) : null,
    diagonal: meanOver((i, j) => i === j),
    offDiagonal: meanOver((i, j) => i !== j),
    farthest: meanOver((i, j) => correlation(i, j) === least),
  };
}
