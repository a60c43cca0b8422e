import type { Evidence, Profile } from '@hyperlaw/cli';
import type { Experiment } from '@hyperlaw/sweep';
import type { Task, TaskLaw } from '@hyperlaw/tasks';
import { resultOf } from '../../law.ts';
import { BIAS_VARIANCE, scalesAt } from './nets.ts';
import type { Trained, TrainedInput } from './train.ts';

interface Grid extends Omit<TrainedInput, 'task' | 'depth' | 'learningRate' | 'biasVariance'> {
  readonly depths: readonly number[];
  readonly learningRates: readonly number[];
}

const weightVariances = [0.6, 0.8, 1, 1.2, 1.4, 1.6, 1.76, 2, 2.5, 3, 4, 5];

const grids: Readonly<Record<Profile, Grid>> = {
  smoke: {
    ...{ weightVariances: [1, 1.76, 4], depths: [4, 16], learningRates: [0.03] },
    ...{ width: 32, batch: 16, steps: 20, seed: 31 },
  },
  standard: {
    ...{ weightVariances, depths: [6, 10, 16, 27, 45, 75], learningRates: [0.01, 0.03] },
    ...{ width: 100, batch: 32, steps: 200, seed: 31 },
  },
  full: {
    ...{ weightVariances, depths: [6, 10, 16, 27, 45, 75, 125] },
    ...{ learningRates: [0.003, 0.01, 0.03], width: 300, batch: 64, steps: 4000, seed: 31 },
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

const nameOf = (depth: number, rate: number): string =>
  `order-and-chaos trained ${depth} at ${rate}`;

export function planTrained(profile: Profile, loaded: readonly Task[]): readonly Experiment[] {
  const { depths, learningRates, ...grid } = grids[profile];
  const { law: task, data } = taskOf(loaded);
  const { batch, width, steps } = grid;
  return depths.flatMap((depth) =>
    learningRates.map((learningRate) => {
      const input: TrainedInput = {
        ...{ ...grid, task, depth, learningRate, biasVariance: BIAS_VARIANCE },
      };
      const flops = 6 * batch * width ** 2 * depth * grid.weightVariances.length * steps;
      return {
        name: nameOf(depth, learningRate),
        kind: 'trainedDepths',
        input,
        data,
        version: 1,
        cost: 0.2 + flops / 7e10,
      };
    }),
  );
}

/** Losses of the best rate, and the depth up to which they were learnt, at one weight variance. */
export interface TrainedColumn {
  readonly weightVariance: number;
  readonly chaotic: boolean;
  /** By depth; null where every rate diverged. */
  readonly losses: readonly (number | null)[];
  /** Null where nets of all depths were trained, or none. */
  readonly reached: number | null;
  /** 6 ξ_c, and 6 |ξ_∇|. */
  readonly limit: number;
  readonly gradientLimit: number;
}

export interface TrainedFound {
  readonly depths: readonly number[];
  readonly steps: number;
  readonly columns: readonly TrainedColumn[];
}

/** Loss of a guess among ten classes. */
export const CHANCE = Math.log(10);

export function trainedFound(evidence: Evidence): TrainedFound {
  const { depths, learningRates, weightVariances: all, steps } = grids[evidence.profile];
  const results = depths.map((depth) =>
    learningRates.map((rate) => resultOf<Trained>(evidence, nameOf(depth, rate)).losses),
  );
  const best = all.map((_, w) =>
    results.map((rates): number | null => {
      const trained = rates.map((losses) => losses[w] ?? Infinity);
      return Number.isFinite(Math.min(...trained)) ? Math.min(...trained) : null;
    }),
  );
  const lowest = Math.min(...best.flat().map((loss) => loss ?? Infinity));
  const threshold = (CHANCE + Math.min(lowest, CHANCE)) / 2;
  const columns = all.map((weightVariance, w): TrainedColumn => {
    const { correlation, gradient } = scalesAt(weightVariance);
    const losses = best[w] as readonly (number | null)[];
    return {
      ...{ weightVariance, losses, chaotic: gradient < 0 },
      reached: reachedDepth(depths, losses, threshold),
      limit: 6 * correlation,
      gradientLimit: 6 * Math.abs(gradient),
    };
  });
  return { depths, steps, columns };
}

/** The depth at which the loss first rises above the threshold, by lines in log depth; null where it does so nowhere. */
export function reachedDepth(
  depths: readonly number[],
  losses: readonly (number | null)[],
  threshold: number,
): number | null {
  const above = losses.findIndex((loss) => loss === null || loss > threshold);
  if (above < 1) return null;
  const [low, high] = [losses[above - 1] as number, losses[above] ?? CHANCE];
  const [from, to] = [depths[above - 1] as number, depths[above] as number];
  return from * (to / from) ** ((threshold - low) / (high - low));
}
