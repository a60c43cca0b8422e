import type { Laboratory } from '@hyperlaw/cli';
import type { Shape } from '@hyperlaw/core';
import { flopsPerStep, initConstants, initState, lanePlan, stepScalars } from '@hyperlaw/core';
import type { Task } from '@hyperlaw/tasks';
import { type Losses, meanAt } from './crossing.ts';
import { compileNets, type NetArrays } from './nets.ts';

/** Nets that differ in learning rate and seed alone, in training to one loss. */
export interface Competition {
  readonly task: Task;
  readonly shape: Shape;
  readonly rates: readonly number[];
  readonly seeds: readonly number[];
  /** Held-out loss to reach. */
  readonly target: number;
  readonly checkpoints: readonly number[];
  /** How much longer than the first rate to arrive the others may take. */
  readonly patience: number;
  /** Steps after which all end. */
  readonly limit: number;
}

/** How training at one rate went. */
export interface RateResult {
  readonly rate: number;
  /** Held-out losses `[seed, checkpoint]` up to where it ended; null where not finite. */
  readonly losses: Losses;
  /** Weights of all seeds at the checkpoint at which their mean loss was at most the target. */
  readonly arrived: NetArrays | null;
}

export interface CompetitionResult {
  readonly rates: readonly RateResult[];
  /** Weights of all seeds at the start. */
  readonly initial: NetArrays;
}

/** Numbers of the inputs of one call of the device. */
const CALL = 2 ** 20;

/** Trains all rates and seeds as lanes of one program. */
export async function compete(
  { task, shape, rates, seeds, target, checkpoints, patience, limit }: Competition,
  { device, goOn, count }: Laboratory,
): Promise<CompetitionResult> {
  const lanes = rates.flatMap((rate) => seeds.map((seed) => ({ rate, seed })));
  const nets = await compileNets(device, {
    task,
    shape,
    lanes: lanes.length,
    seeds,
  });
  const { step } = nets;
  const plans = lanes.map(({ rate, seed }) =>
    lanePlan(
      {
        parameterization: { name: 'sp' },
        schedule: { kind: 'constant' },
        knobs: { learningRate: rate },
        seed,
      },
      { shape, parameters: step.model.parameters, optimizer: step.optimizer },
    ),
  );
  const initial = initState(step, plans);
  const owners = lanes.map((_, lane) => lane % seeds.length);
  const run = await nets.start(initial, initConstants(step, plans, initial), owners);
  try {
    const perCall = Math.max(
      1,
      Math.floor(CALL / (seeds.length * shape.batch * task.inputDim + 8 * lanes.length)),
    );
    const found = rates.map((rate) => ({
      rate,
      losses: seeds.map((): (number | null)[] => []),
      arrived: null as NetArrays | null,
    }));
    let end = limit;
    let done = 0;
    for (const [k, checkpoint] of checkpoints.entries()) {
      if (done >= end) break;
      while (done < checkpoint) {
        goOn();
        const steps = Math.min(perCall, checkpoint - done);
        const scalars = stepScalars(step, plans, { first: done, count: steps, steps: checkpoint });
        await run.advance(steps, { ...scalars, ...nets.feed(done, steps) });
        done += steps;
        count({ modelSteps: steps * lanes.length });
      }
      const weights = await run.read();
      const held = (await nets.evaluate(weights)).map(compact);
      for (const [r, each] of found.entries()) {
        each.losses.forEach((losses, s) => {
          losses.push(held[r * seeds.length + s] as number | null);
        });
        const mean = meanAt(each.losses, k);
        if (mean === null || mean > target || each.arrived !== null) continue;
        each.arrived = lanesOf(weights, r * seeds.length, seeds.length, lanes.length);
        end = Math.min(end, done * patience);
      }
      if (held.every((loss) => loss === null)) break;
    }
    count({ trials: lanes.length, flops: done * lanes.length * flopsPerStep(shape, task) });
    return { rates: found, initial: lanesOf(initial, 0, seeds.length, lanes.length) };
  } finally {
    await run.dispose();
    await nets.dispose();
  }
}

const compact = (loss: number): number | null =>
  Number.isFinite(loss) ? Number(loss.toPrecision(6)) : null;

/** Some lanes of arrays `[lane, …]`. */
function lanesOf(arrays: NetArrays, from: number, count: number, lanes: number): NetArrays {
  return Object.fromEntries(
    Object.entries(arrays).map(([name, values]) => {
      const size = values.length / lanes;
      return [name, values.slice(from * size, (from + count) * size)];
    }),
  );
}
