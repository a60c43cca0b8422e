import type { Evidence, Profile } from '@hyperlaw/cli';
import type { Experiment } from '@hyperlaw/sweep';
import type { Task, TaskLaw } from '@hyperlaw/tasks';
import { mean } from '@hyperlaw/theory';
import { resultOf } from '../../law.ts';
import { BIAS_VARIANCE, scalesAt } from './nets.ts';
import type { Trained, TrainedInput } from './train.ts';

type Fixed = 'task' | 'depth' | 'learningRate' | 'biasVariance' | 'seed';

interface Grid extends Omit<TrainedInput, Fixed> {
  readonly depths: readonly number[];
  readonly learningRates: readonly number[];
  readonly seeds: readonly number[];
}

const weightVariances = [0.6, 0.8, 1, 1.2, 1.4, 1.6, 1.76, 2, 2.5, 3, 4, 5];

const grids: Readonly<Record<Profile, Grid>> = {
  smoke: {
    ...{ weightVariances: [1, 1.76, 4], depths: [4, 16], learningRates: [0.03] },
    ...{ width: 32, batch: 16, steps: 20, seeds: [3101, 3102] },
  },
  standard: {
    ...{ weightVariances, depths: [6, 10, 16, 27, 45, 75], learningRates: [0.01, 0.03] },
    ...{ width: 100, batch: 32, steps: 200, seeds: [3101, 3102, 3103] },
  },
  full: {
    ...{ weightVariances, depths: [6, 10, 16, 27, 45, 75, 125] },
    ...{ learningRates: [0.003, 0.01, 0.03], width: 300, batch: 64, steps: 4000 },
    seeds: [3101, 3102, 3103, 3104, 3105],
  },
};

/** Real where there is a copy of it. */
const tasks: readonly [TaskLaw, TaskLaw] = [
  { kind: 'mnist', side: 14 },
  {
    ...{ kind: 'gaussian-mixture', inputDim: 64, classes: 10, separation: 6, capacity: 0.5 },
    instance: 8,
  },
];

export const trainedTasks = (): readonly TaskLaw[] => tasks;

function taskOf(loaded: readonly Task[]): Pick<Task, 'law' | 'data'> {
  const found = loaded.find(({ law }) => JSON.stringify(law) === JSON.stringify(tasks[0]));
  return found ?? { law: tasks[1], data: [] };
}

/** What the nets were trained on, in words. */
export const trainedOn = ({ tasks: loaded }: Evidence): string =>
  taskOf(loaded).law.kind === 'mnist' ? 'MNIST, 14 × 14 pixels' : 'a mixture of ten Gaussians';

const nameOf = (depth: number, rate: number, seed: number): string =>
  `order-and-chaos trained ${depth} at ${rate}, seed ${seed}`;

export function planTrained(profile: Profile, loaded: readonly Task[]): readonly Experiment[] {
  const { depths, learningRates, seeds, ...grid } = grids[profile];
  const { law: task, data } = taskOf(loaded);
  const { batch, width, steps } = grid;
  return seeds.flatMap((seed) =>
    depths.flatMap((depth) =>
      learningRates.map((learningRate) => {
        const input: TrainedInput = {
          ...{ ...grid, task, depth, learningRate, seed, biasVariance: BIAS_VARIANCE },
        };
        const flops = 6 * batch * width ** 2 * depth * grid.weightVariances.length * steps;
        return {
          name: nameOf(depth, learningRate, seed),
          kind: 'trainedDepths',
          input,
          data,
          version: 1,
          cost: 0.2 + flops / 7e10,
        };
      }),
    ),
  );
}

/** The depth up to which the nets of one seed learn: `least` where those of all depths do, `most` where none does. */
export interface Reach {
  readonly bound: 'at' | 'least' | 'most';
  readonly depth: number;
}

/** Losses of the best rate, and the depths up to which they were learnt, at one weight variance. */
export interface TrainedColumn {
  readonly weightVariance: number;
  readonly chaotic: boolean;
  /** By depth, mean over seeds; null where every rate of a seed diverged. */
  readonly losses: readonly (number | null)[];
  /** `[seed]`. */
  readonly reached: readonly Reach[];
  /** 6 ξ_c, and 6 |ξ_∇|. */
  readonly limit: number;
  readonly gradientLimit: number;
}

export interface TrainedFound {
  readonly depths: readonly number[];
  readonly steps: number;
  readonly width: number;
  readonly columns: readonly TrainedColumn[];
}

/** Loss of a guess among ten classes. */
const CHANCE = Math.log(10);

export function trainedFound(evidence: Evidence): TrainedFound {
  const grid = grids[evidence.profile];
  const { depths, learningRates, weightVariances: all, steps, width, seeds } = grid;
  const bySeed = seeds.map((seed) => {
    const results = depths.map((depth) =>
      learningRates.map((rate) => resultOf<Trained>(evidence, nameOf(depth, rate, seed)).losses),
    );
    const best = all.map((_, w) =>
      results.map((rates): number | null => {
        const least = Math.min(...rates.map((losses) => losses[w] ?? Infinity));
        return Number.isFinite(least) ? least : null;
      }),
    );
    const lowest = Math.min(CHANCE, ...best.flat().map((loss) => loss ?? Infinity));
    return { best, threshold: (CHANCE + lowest) / 2 };
  });
  const columns = all.map((weightVariance, w): TrainedColumn => {
    const { correlation, gradient } = scalesAt(weightVariance);
    const own = bySeed.map(({ best }) => best[w] as readonly (number | null)[]);
    return {
      ...{ weightVariance, chaotic: gradient < 0 },
      losses: depths.map((_, d) => {
        const losses = own.map((row) => row[d] ?? Infinity);
        const loss = mean(losses);
        return Number.isFinite(loss) ? loss : null;
      }),
      reached: bySeed.map(({ threshold }, s) =>
        reachedDepth(depths, own[s] as readonly (number | null)[], threshold),
      ),
      limit: 6 * correlation,
      gradientLimit: 6 * Math.abs(gradient),
    };
  });
  return { depths, steps, width, columns };
}

/** The depth at which the loss first rises above the threshold, by lines in log depth; a bound where it does so nowhere. */
export function reachedDepth(
  depths: readonly number[],
  losses: readonly (number | null)[],
  threshold: number,
): Reach {
  const above = losses.findIndex((loss) => loss === null || loss > threshold);
  if (above === 0) return { bound: 'most', depth: depths[0] as number };
  if (above < 0) return { bound: 'least', depth: depths.at(-1) as number };
  const [low, high] = [losses[above - 1] as number, losses[above] ?? CHANCE];
  const [from, to] = [depths[above - 1] as number, depths[above] as number];
  return { bound: 'at', depth: from * (to / from) ** ((threshold - low) / (high - low)) };
}
