import type { Profile } from '@hyperlaw/cli';
import type { Experiment } from '@hyperlaw/sweep';
import type { Task } from '@hyperlaw/tasks';
import { geometricSteps } from './crossing.ts';
import type { LinearDescentInput } from './linear-descent.ts';
import { powerLaw, raceOf, stepOf } from './linear-regression.ts';
import type { NetRaceInput } from './net-race.ts';
import type { NoiseScaleInput } from './noise-scale.ts';
import { type Sizes, sizes } from './sizes.ts';

/** Groups of runs: the units that intervals are over. */
const GROUPS = 16;

/** Large batches scatter less, and cost more. */
const fewer = (runs: number, batch: number): number =>
  Math.max(1, Math.round(runs * Math.min(1, 16 / batch)));

/** Gradients at batches well below and well above B_simple, by input dimension and label noise. */
export function noiseScaleCells({ inputDims, labelNoises, noiseBatches }: Sizes) {
  return inputDims.flatMap((inputDim, i) =>
    labelNoises.map((noise, j): { name: string; input: NoiseScaleInput } => ({
      name: `gradient-noise scale d=${inputDim} noise=${noise}`,
      input: {
        inputDim,
        noise,
        // Well below and well above B_simple, which is at most 5 d + 1 at these noises.
        small: { batch: inputDim / 4, count: 8 * noiseBatches },
        big: { batch: 16 * inputDim, count: noiseBatches },
        groups: 64,
        seed: 7000 + 10 * i + j,
      },
    })),
  );
}

/** SGD on a linear problem by batch, at one rate each, beside descent on the population. */
export function descentCells({ descents, descentSteps, descentRuns }: Sizes) {
  return descents.map((batch, i): { name: string; input: LinearDescentInput } => ({
    name: `gradient-noise descent B=${batch}`,
    input: {
      law: powerLaw,
      batch,
      rates: [stepOf(batch).learningRate],
      groups: batch === 'population' ? 1 : GROUPS,
      perGroup: batch === 'population' ? 1 : fewer(descentRuns, batch),
      checkpoints: geometricSteps(1, descentSteps, 1.25),
      seed: 7100 + 1000 * i,
    },
  }));
}

/** Races on a linear problem, by batch, each at five rates within an octave of the best by theory. */
export function linearRaceCells({ raceBatches, raceRuns }: Sizes) {
  return raceBatches.map((batch, i): { name: string; input: LinearDescentInput } => {
    const { steps, learningRate } = raceOf(batch);
    return {
      name: `gradient-noise linear race B=${batch}`,
      input: {
        law: powerLaw,
        batch,
        // The theory's best rate and an octave to either side: what is best among them is measured.
        rates: [-1, -0.5, 0, 0.5, 1].map((e) => learningRate * 2 ** e),
        groups: GROUPS,
        perGroup: fewer(raceRuns, batch),
        checkpoints: geometricSteps(
          Math.max(1, Math.floor(steps / 3)),
          Math.ceil(1.7 * steps),
          1.06,
        ),
        seed: 17_100 + 1000 * i,
      },
    };
  });
}

/** Races of nets by batch, on those tasks of the profile that are to be had. */
export function netRaceCells({ netTasks, netSeeds }: Sizes, available: readonly Task[]) {
  return netTasks.flatMap(({ title, law, batches, range: _, ...race }) => {
    const found = available.find((task) => JSON.stringify(task.law) === JSON.stringify(law));
    if (!found) return [];
    return batches.map(
      (batch): { name: string; task: string; input: NetRaceInput; data: Task['data'] } => ({
        name: `gradient-noise ${law.kind} race B=${batch}`,
        task: title,
        input: {
          ...race,
          law,
          batch,
          seeds: Array.from({ length: netSeeds }, (_, s) => s + 1),
        },
        data: found.data,
      }),
    );
  });
}

/** All experiments on gradient noise, with the seconds each should take. */
export function plan(profile: Profile, tasks: readonly Task[]): readonly Experiment[] {
  const chosen = sizes[profile];
  const common = { data: [], version: 1 };
  return [
    ...noiseScaleCells(chosen).map(({ name, input }) => ({
      ...{ ...common, name, input, kind: 'noiseScale' },
      cost: 1e-8 * input.groups * input.big.count * input.big.batch * input.inputDim,
    })),
    ...[...descentCells(chosen), ...linearRaceCells(chosen)].map(({ name, input }) => ({
      ...{ ...common, name, input, kind: 'linearDescent' },
      cost: 0.05 + 1.2e-8 * numbersOf(input),
    })),
    ...netRaceCells(chosen, tasks).map(({ name, input, data }) => ({
      ...{ ...common, name, input, data, kind: 'netRace', version: 4 },
      cost: 1.5 + 0.003 * input.batch,
    })),
  ];
}

/** Input numbers that a descent draws. */
function numbersOf({ batch, groups, perGroup, checkpoints, law }: LinearDescentInput): number {
  const examples = batch === 'population' ? law.inputDim : batch;
  return groups * perGroup * (checkpoints.at(-1) ?? 0) * examples * law.inputDim;
}
