import type { SizedArm, SizedLosses } from '@hyperlaw/report';
import { normals, randomStream } from '@hyperlaw/tasks';
import type { Compared } from '../decision-rule.ts';
import type { Comparison } from '../equal-budgets.ts';

/** Made-up results of a sweep, for tests of the decision rule. */
export interface MadeUp {
  /** log2 of the expected tuned loss at log2 depth, by comparison; the same for every task. */
  readonly curve: Readonly<Record<Comparison, (log2Depth: number) => number>>;
  /** Standard deviation of what tuning adds to an arm, the same for all of its seeds. */
  readonly tuning: number;
  /** Standard deviation of what a seed adds to all arms, and of what it adds to each. */
  readonly seed: number;
  readonly noise: number;
  /** Tuning and seed noise at the deepest as multiples of those at depth 1; 1 unless given. */
  readonly deepNoise?: number;
  /** Correlation of the tuning noise of neighbouring depths, which borrow from each other; 0 unless given. */
  readonly shared?: number;
  /** Skewed tuning noise: a tuned arm can only be worse than the best. */
  readonly skewed?: boolean;
  readonly status?: (depth: number) => SizedArm['status'];
}

const DEPTHS = [1, 2, 4, 8, 16, 32, 64];
const RANDOM_DEPTHS = [1, 4, 16];
const ANCHOR = 8;
const SEEDS = 6;

/** The same curve in all comparisons. */
export const everywhere = (curve: (log2Depth: number) => number): MadeUp['curve'] => ({
  ...{ width: curve, parameters: curve, compute: curve },
});

/** A made-up sweep of named and random tasks in all comparisons; a pure function of its run number. */
export function madeUpSweep(
  law: MadeUp,
  {
    run,
    named = 6,
    random = 24,
  }: { readonly run: number; readonly named?: number; readonly random?: number },
): Readonly<Record<Comparison, Compared>> {
  const normal = normals(randomStream({ seed: run, role: 'made-up', path: [] }));
  const tasks = (count: number, title: string, depths: readonly number[]) =>
    Array.from({ length: count }, (_, i) =>
      madeUpTask(law, { name: `${title}-${i}`, depths }, normal),
    );
  const all = {
    named: tasks(named, 'named', DEPTHS),
    random: tasks(random, 'random', RANDOM_DEPTHS),
  };
  const of = (comparison: Comparison): Compared => ({
    named: all.named.map((task) => task[comparison]),
    random: all.random.map((task) => task[comparison]),
  });
  return { width: of('width'), parameters: of('parameters'), compute: of('compute') };
}

/** One task in all comparisons; the anchor is one arm. */
function madeUpTask(
  law: MadeUp,
  { name, depths }: { readonly name: string; readonly depths: readonly number[] },
  normal: () => number,
): Readonly<Record<Comparison, SizedLosses>> {
  const common = Array.from({ length: SEEDS }, () => law.seed * normal());
  const { shared = 0 } = law;
  const armsOf = (comparison: Comparison) => {
    let draw = normal();
    return depths.map((depth, n) => {
      if (n > 0) draw = shared * draw + Math.sqrt(1 - shared ** 2) * normal();
      return madeUpArm(law, { comparison, depth, common, draw }, normal);
    });
  };
  const width = armsOf('width');
  const anchor = width.find(({ size }) => size === ANCHOR);
  const others = (comparison: Comparison) =>
    armsOf(comparison).map((arm) => (arm.size === ANCHOR && anchor ? anchor : arm));
  const arms = { width, parameters: others('parameters'), compute: others('compute') };
  const losses = (own: Comparison, ...alike: readonly Comparison[]): SizedLosses => ({
    ...{ task: name, title: name, ceiling: 64, seeds: SEEDS, arms: arms[own] },
    alike: alike.map((other) => arms[other].filter(({ size }) => size !== ANCHOR)),
  });
  return {
    width: losses('width', 'parameters', 'compute'),
    parameters: losses('parameters', 'width', 'compute'),
    compute: losses('compute', 'width', 'parameters'),
  };
}

function madeUpArm(
  { curve, tuning, noise, deepNoise = 1, skewed = false, status = () => 'interior' }: MadeUp,
  {
    comparison,
    depth,
    common,
    draw,
  }: {
    readonly comparison: Comparison;
    readonly depth: number;
    readonly common: readonly number[];
    /** Standard normal: what tuning adds, in units of its noise. */
    readonly draw: number;
  },
  normal: () => number,
): SizedArm {
  const log2Depth = Math.log2(depth);
  const size = deepNoise ** (log2Depth / 6);
  const tuned = tuning * size * (skewed ? draw * draw : draw);
  const losses = common.map(
    (shift) => 2 ** (curve[comparison](log2Depth) + tuned + shift + noise * size * normal()),
  );
  return { size: depth, losses, status: status(depth) };
}
