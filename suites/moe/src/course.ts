import type { Laboratory } from '@hyperlaw/cli';
import {
  batchesOf,
  type ExpertLoad,
  expertLoad,
  featureChange,
  lanePlan,
  rootMeanSquareChange,
  trainingStep,
  trainLanes,
} from '@hyperlaw/core';
import type { TaskLaw } from '@hyperlaw/tasks';
import { type Sizes, shapeOf } from './axes.ts';
import { fixedKnobs, type Proposal, parameterizationOf } from './proposals.ts';
import { type Seen, watcher } from './watcher.ts';

/** Nets of one size that are watched while they train: several proposals at one rate, from several seeds. */
export interface CourseInput {
  readonly task: TaskLaw;
  readonly sizes: Sizes;
  readonly proposals: readonly Proposal[];
  readonly seeds: readonly number[];
  readonly learningRate: number;
  /** Numbers of steps, increasing, after which nets are looked at; they are looked at before the first too. */
  readonly stops: readonly number[];
}

/** What a role's tensors do: the layer whose coordinates tell of them. */
export const roles = ['input', 'router', 'expert-up', 'expert-down', 'output'] as const;
export type WatchedRole = (typeof roles)[number];

/** One net at one time. */
export interface Look {
  readonly step: number;
  /** Root mean square change since the start of the coordinates of each role's layer; null where not finite. */
  readonly changes: Readonly<Record<WatchedRole, number | null>>;
  readonly load: Omit<ExpertLoad, 'load'>;
  /** Of what the mixture gives: how far its features, and their kernel, have come from the start. */
  readonly features: { readonly relative: number | null; readonly kernel: number | null };
}

export interface Course {
  /** `[proposal][seed][look]`. */
  readonly nets: readonly (readonly (readonly Look[])[])[];
}

/** Examples that nets are looked at on, none of them trained on. */
export const PROBES = 128;

/** Trains nets and looks at them on the way. */
export async function course(input: CourseInput, laboratory: Laboratory): Promise<Course> {
  const { sizes, proposals, seeds, learningRate, stops } = input;
  const task = await laboratory.loadTask(input.task);
  const shape = shapeOf(sizes);
  const lanes = proposals.flatMap((proposal) => seeds.map((seed) => ({ proposal, seed })));
  const step = trainingStep(shape, { ...task, lanes: lanes.length });
  const plans = lanes.map(({ proposal, seed }) =>
    lanePlan(
      {
        ...{ parameterization: parameterizationOf(proposal), schedule: { kind: 'constant' } },
        ...{ knobs: { learningRate, ...fixedKnobs }, seed },
      },
      { shape, parameters: step.model.parameters, optimizer: step.optimizer },
    ),
  );
  const [first = 0] = seeds;
  const probes = batchesOf(task, [task.stream(first, 'test')], PROBES);
  const watch = await watcher(step, laboratory, {
    ...{ probes: PROBES, x: probes.feed(0, 1).x as Float32Array },
  });
  try {
    // Looked at as they come: states of all stops together would be most of a run's memory.
    let start: readonly Seen[] = [];
    const looks = lanes.map((): Look[] => []);
    await trainLanes(laboratory, {
      ...{ step, plans, stops: [0, ...stops], steps: stops.at(-1) ?? 0 },
      batches: batchesOf(
        task,
        seeds.map((seed) => task.stream(seed, 'train')),
        shape.batch,
      ),
      owners: lanes.map((_, lane) => lane % seeds.length),
      async visit(at, state) {
        const now = await watch.look(state);
        if (at === 0) start = now;
        looks.forEach((own, lane) => {
          own.push(lookOf(start[lane], now[lane], { step: at, sizes }));
        });
      },
    });
    return {
      nets: proposals.map((_, p) => looks.slice(p * seeds.length, (p + 1) * seeds.length)),
    };
  } finally {
    await watch.dispose();
  }
}

function lookOf(
  start: Seen | undefined,
  now: Seen | undefined,
  { step, sizes }: { readonly step: number; readonly sizes: Sizes },
): Look {
  if (start === undefined || now === undefined) throw new Error('a lane was not looked at');
  const { count, active } = sizes;
  const change = (layer: keyof Seen) => rootMeanSquareChange(start[layer], now[layer]);
  const { load: _, ...load } = expertLoad(now, { count, active, gate: 'sigmoid' });
  const { relative, kernel } = featureChange(start.mixture, now.mixture, PROBES);
  return {
    step,
    changes: {
      input: finite(change('input')),
      router: finite(change('logits')),
      // Features of experts that are not active are 0: the mean is over those that are.
      'expert-up': finite(change('features') * Math.sqrt(count / active)),
      'expert-down': finite(change('mixture')),
      output: finite(change('output')),
    },
    load,
    features: { relative: finite(relative), kernel: finite(kernel) },
  };
}

const finite = (value: number): number | null => (Number.isFinite(value) ? value : null);
