import { createHash } from 'node:crypto';
import type { Arm } from '../arm.ts';
import type { Lane, Measure, Pack, PackRunner, TrialResult, TrialSpec } from '../trial.ts';
import { trialKey } from '../trial-key.ts';

/** A made-up dependence of the held-out loss on knobs, in which log₂ of every knob is a coordinate. */
export interface Landscape {
  /** log₂ of the best value of each knob at the full horizon. */
  readonly best: Readonly<Record<string, number>>;
  /** Curvature along each knob; 1 unless given. */
  readonly curvature?: Readonly<Record<string, number>>;
  /** Correlation of learning rate and init scale in the bowl, in (−1, 1): a ridge near ±1. */
  readonly correlation?: number;
  /** A second minimum, below the floor by `depth`, too narrow to be seen from a lattice step away. */
  readonly well?: { readonly at: Readonly<Record<string, number>>; readonly depth: number };
  /** Rates above this log₂ diverge. */
  readonly cliff?: number;
  /** By how much in log₂ a horizon shorter by half shifts the best learning rate. */
  readonly horizonShift?: number;
  /** Standard deviation of what differs by seed but not by setting, and of what differs by both. */
  readonly seedNoise?: number;
  readonly noise?: number;
}

/** The loss at the bottom of every landscape. */
export const FLOOR = 1;
const FULL_STEPS = 1000;
const CURVATURE = 0.05;

/** The law of a landscape as a task: pure JSON. */
export interface LandscapeLaw {
  readonly kind: 'landscape';
  readonly landscape: Landscape;
  readonly name: string;
}

/** The expected loss at a point, null beyond the cliff. */
export function expectedLoss(
  landscape: Landscape,
  knobs: TrialSpec['knobs'],
  steps: number,
): number | null {
  const { best, curvature = {}, correlation = 0, cliff = Infinity, horizonShift = 0 } = landscape;
  const rate = Math.log2(knobs.learningRate ?? 1);
  if (rate > cliff) return null;
  const distance = Object.entries(best).map(([name, at]) => {
    const shift = name === 'learningRate' ? horizonShift * Math.log2(FULL_STEPS / steps) : 0;
    return { name, d: Math.log2(knobs[name] ?? 1) - at - shift, c: curvature[name] ?? 1 };
  });
  const along = (name: string) => {
    const one = distance.find((entry) => entry.name === name);
    return one ? one.d * Math.sqrt(one.c) : 0;
  };
  const bowl = distance.reduce((sum, { d, c }) => sum + c * d * d, 0);
  const ridge = -2 * correlation * along('learningRate') * along('initScale');
  const valley = Math.min(FLOOR + CURVATURE * (bowl + ridge), wellLoss(landscape, knobs));
  return valley + 0.2 * Math.log2(FULL_STEPS / steps);
}

/** Half a lattice step from its bottom a well still lies below the floor, a whole step away it lies above. */
function wellLoss({ well }: Landscape, knobs: TrialSpec['knobs']): number {
  if (well === undefined) return Infinity;
  const square = Object.entries(well.at).reduce(
    (sum, [name, at]) => sum + (Math.log2(knobs[name] ?? 1) - at) ** 2,
    0,
  );
  return FLOOR - well.depth * (1 - 2 * square);
}

/** Trains one lane of a landscape: a function of its key alone. */
export function trainLane({ shape, steps, heldOut }: Omit<Pack, 'lanes'>, lane: Lane): TrialResult {
  const { landscape, name } = lane.task as LandscapeLaw;
  const expected = expectedLoss(landscape, lane.knobs, steps);
  const cost = { seconds: steps / 1e4, flops: steps * 1e3 };
  if (expected === null) {
    return { status: 'diverged', divergedAt: 7, loss: null, curve: [[0, 2]], ...cost };
  }
  const own = gaussian(trialKey({ shape, steps, heldOut, data: [], ...lane }, 'noise'));
  const common = gaussian(`${name} ${lane.seed}`);
  const { noise = 0, seedNoise = 0 } = landscape;
  const loss = expected + seedNoise * common + noise * own;
  return {
    status: 'finished',
    divergedAt: null,
    loss,
    curve: [
      [0, 2],
      [steps, loss],
    ],
    ...cost,
  };
}

/** A runner that trains landscapes. */
export const landscapeRunner: PackRunner = async (pack, { onProgress }) => {
  onProgress?.(pack.steps * pack.lanes.length);
  return pack.lanes.map((lane) => trainLane(pack, lane));
};

/** A measurement of landscapes that counts what it trains. */
export function landscapeMeasure(): Measure & { readonly trained: Map<string, TrialSpec> } {
  const trained = new Map<string, TrialSpec>();
  const measure: Measure = async (specs) =>
    specs.map((spec) => {
      const key = trialKey(spec, 'test');
      trained.set(key, spec);
      const { status, divergedAt, loss, seconds, flops } = trainLane(spec, spec);
      return { key, status, divergedAt, loss, seconds, flops };
    });
  return Object.assign(measure, { trained });
}

/** An arm over a landscape with learning rate, init scale and richness to tune. */
export function landscapeArm(
  name: string,
  landscape: Landscape,
  overrides: Partial<Arm> = {},
): Arm {
  const task: LandscapeLaw = { kind: 'landscape', landscape, name };
  return {
    name,
    task,
    data: [],
    shape: { width: 8 },
    parameterization: { name: 'mup' },
    schedule: { kind: 'constant' },
    steps: FULL_STEPS,
    knobs: { momentum: 0.9 },
    space: [
      { name: 'learningRate', base: 1, min: -8, max: 0, limits: [-14, 6], stride: 2 },
      { name: 'initScale', base: 1, min: -2, max: 2, limits: [-6, 6], stride: 2 },
      { name: 'richness', base: 1, min: -2, max: 2, limits: [-8, 8], stride: 2 },
    ],
    ...overrides,
  };
}

/** A uniform number in (0, 1) from a text. */
export function uniform(text: string): number {
  const digest = createHash('sha256').update(text).digest();
  return (digest.readUInt32LE(0) + 0.5) / 2 ** 32;
}

/** A standard normal number from a text (Box and Muller). */
export function gaussian(text: string): number {
  const radius = Math.sqrt(-2 * Math.log(uniform(`${text} radius`)));
  return radius * Math.cos(2 * Math.PI * uniform(`${text} angle`));
}
