import type { Laboratory } from '@hyperlaw/cli';
import type { Lane, Output, Shape } from '@hyperlaw/core';
import { batchesOf, lanePlan, trainingStep, trainLanes } from '@hyperlaw/core';
import type { TaskLaw } from '@hyperlaw/tasks';

/** What is trained: a ReLU net with two hidden layers. */
export interface NetInput {
  readonly task: TaskLaw;
  readonly optimizer: 'sgd' | 'adam';
  readonly width: number;
  readonly batch: number;
  readonly steps: number;
  readonly seeds: readonly number[];
}

export interface NetSweepInput extends NetInput {
  readonly rates: readonly number[];
  readonly betas?: { readonly beta1: number; readonly beta2: number };
}

export interface NetSweep {
  /** Held-out losses `[rate, seed]`; null where the run diverged. */
  readonly losses: readonly (readonly (number | null)[])[];
}

export interface NetRampInput extends NetInput {
  /** The ramp is geometric. */
  readonly from: number;
  readonly to: number;
}

export interface NetRamp {
  /** Training loss of each step `[seed, step]`; null where it was not finite. */
  readonly losses: readonly (readonly (number | null)[])[];
}

function shapeOf({ width, optimizer, batch }: NetInput): Shape {
  return {
    model: { kind: 'mlp', width, depth: 2, activation: 'relu', bias: false, centred: false },
    optimizer: { kind: optimizer },
    batch,
  };
}

const laneOf = (
  learningRate: number,
  seed: number,
  betas: NetSweepInput['betas'] = undefined,
): Lane => ({
  parameterization: { name: 'sp' },
  schedule: { kind: 'constant' },
  knobs: { learningRate, initScale: Math.SQRT2, ...betas },
  seed,
});

async function netSweep(
  { task, steps, seeds, rates, betas, ...net }: NetSweepInput,
  { train }: Laboratory,
): Promise<NetSweep> {
  const shape = shapeOf({ task, steps, seeds, ...net });
  const lanes = seeds.flatMap((seed) =>
    rates.map((rate) => ({ task, ...laneOf(rate, seed, betas) })),
  );
  const all = await train({ shape, steps, heldOut: 'validation', lanes });
  return {
    losses: rates.map((_, r) => seeds.map((_, s) => all[s * rates.length + r]?.loss ?? null)),
  };
}

async function netRamp(input: NetRampInput, laboratory: Laboratory): Promise<NetRamp> {
  const { steps, seeds, batch, from, to } = input;
  const task = await laboratory.loadTask(input.task);
  const shape = shapeOf(input);
  const output: Output = task.output;
  const step = trainingStep(shape, { inputDim: task.inputDim, output, lanes: seeds.length });
  const { losses } = await trainLanes(laboratory, {
    ...{ step, steps },
    plans: seeds.map((seed) =>
      lanePlan(laneOf(from, seed), { ...step, parameters: step.model.parameters }),
    ),
    batches: batchesOf(
      task,
      seeds.map((seed) => task.stream(seed, 'train')),
      batch,
    ),
    owners: seeds.map((_, lane) => lane),
    rateFactor: (t) => rampRate({ from, to, steps }, t) / from,
  });
  return {
    losses: seeds.map((_, s) =>
      Array.from({ length: steps }, (_, t) => {
        const loss = losses[t * seeds.length + s] as number;
        return Number.isFinite(loss) ? Number(loss.toPrecision(6)) : null;
      }),
    ),
  };
}

/** The rate of a geometric ramp at a step, from 0. */
export function rampRate(
  { from, to, steps }: { readonly from: number; readonly to: number; readonly steps: number },
  step: number,
): number {
  return from * (to / from) ** (step / (steps - 1));
}

export const measureNets = { netSweep, netRamp };
