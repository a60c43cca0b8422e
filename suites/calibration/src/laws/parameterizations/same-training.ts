import type { Laboratory } from '@hyperlaw/cli';
import type { Lane, OptimizerKind, ParameterizationName, Shape } from '@hyperlaw/core';
import { batchesOf, trainLanes } from '@hyperlaw/core';
import type { Arrays } from '@hyperlaw/engine';
import { randomStream, type TaskLaw } from '@hyperlaw/tasks';
import { explicitLanes } from './explicit-lanes.ts';

/** One net, trained in several ways of writing it down. */
export interface SameTrainingInput {
  readonly task: TaskLaw;
  readonly optimizer: OptimizerKind & ('sgd' | 'adam');
  readonly activation: 'tanh' | 'relu';
  readonly width: number;
  readonly baseWidth: number;
  readonly learningRate: number;
  readonly steps: number;
  readonly seed: number;
}

/** Tables with their multipliers in the graph. */
export const tables = ['mup', 'mup-table-3', 'mup-table-8', 'mfp'] as const;

/** Training losses before every step, `[step]`. */
export interface SameTraining {
  /** The normal form that suites train with. */
  readonly normal: readonly number[];
  readonly tables: Readonly<Record<(typeof tables)[number], readonly number[]>>;
  /** The normal form from weights whose last bit was changed: what round-off alone does. */
  readonly lastBit: readonly number[];
  /** Another parameterization, for scale; null where it diverged. */
  readonly sp: readonly (number | null)[];
}

const BATCH = 32;

async function sameTraining(
  {
    optimizer,
    activation,
    width,
    baseWidth,
    learningRate,
    steps,
    seed,
    ...input
  }: SameTrainingInput,
  laboratory: Laboratory,
): Promise<SameTraining> {
  const task = await laboratory.loadTask(input.task);
  const shape: Shape = {
    model: { kind: 'mlp', width, depth: 2, activation, bias: false, centred: false },
    optimizer: { kind: optimizer },
    batch: BATCH,
  };
  const lane = (name: ParameterizationName): Lane => ({
    parameterization: { name, baseWidth },
    schedule: { kind: 'constant' },
    knobs: { learningRate, initScale: Math.SQRT2 },
    seed,
  });
  const { step, plans } = explicitLanes(shape, {
    ...task,
    lanes: [
      ...tables.map((name) => ({ ...lane(name), written: 'explicit' as const })),
      ...(['mup', 'mup', 'sp'] as const).map((name) => ({
        ...lane(name),
        written: 'normal' as const,
      })),
    ],
  });
  const lanes = plans.length;
  const { losses } = await trainLanes(laboratory, {
    ...{ step, plans, steps },
    batches: batchesOf(task, [task.stream(seed, 'train')], BATCH),
    start: (initial) => changeLastBits(initial, { lane: tables.length + 1, lanes, seed }),
  });
  const curve = (at: number) =>
    Array.from({ length: steps }, (_, t) => losses[t * lanes + at] ?? 0);
  const written = (name: (typeof tables)[number]) => curve(tables.indexOf(name));
  return {
    normal: curve(tables.length),
    tables: {
      mup: written('mup'),
      'mup-table-3': written('mup-table-3'),
      'mup-table-8': written('mup-table-8'),
      mfp: written('mfp'),
    },
    lastBit: curve(tables.length + 1),
    sp: curve(tables.length + 2).map((loss) => (Number.isFinite(loss) ? loss : null)),
  };
}

/** Moves every weight of one lane up or down by one unit in its last place. */
function changeLastBits(
  initial: Arrays,
  { lane, lanes, seed }: { readonly lane: number; readonly lanes: number; readonly seed: number },
): Arrays {
  const changed = Object.entries(initial).map(([name, values]) => {
    const all = (values as Float32Array).slice();
    const size = all.length / lanes;
    const own = all.subarray(lane * size, (lane + 1) * size);
    const bits = new Int32Array(own.buffer, own.byteOffset, own.length);
    const signs = new Float32Array(size);
    randomStream({ seed, role: 'noise', path: ['last bit', name] }).fillSigns(0, signs);
    for (let i = 0; i < size; i++) {
      if (own[i] !== 0) bits[i] = (bits[i] as number) + (signs[i] as number);
    }
    return [name, all] as const;
  });
  return Object.fromEntries(changed);
}

export const measureSameTraining = { sameTraining };
