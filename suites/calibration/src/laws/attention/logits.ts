import type { Laboratory } from '@hyperlaw/cli';
import {
  type Knobs,
  lanePlan,
  type Model,
  type Shape,
  type TransformerShape,
  trainingStep,
  trainLanes,
} from '@hyperlaw/core';
import { type Arrays, type FunctionProgram, float32, int32 } from '@hyperlaw/engine';
import type { TaskLaw } from '@hyperlaw/tasks';
import type { StepLaw } from '@hyperlaw/theory';
import type { Tensor } from '@tensorflow/tfjs';
import { memoryParts } from '../../memory-parts.ts';
import { tokenBatches } from './tokens.ts';

/** Transformers of one layer in μP, of one width, whose attention logits are looked at before and after training. */
export interface LogitsInput {
  readonly task: TaskLaw;
  readonly optimizer: StepLaw;
  readonly heads: number;
  readonly headSize: number;
  readonly logitScale: TransformerShape['logitScale'];
  /** The width at which μP is SP; that of the model is `heads · headSize`. */
  readonly baseWidth: number;
  readonly learningRate: number;
  readonly steps: number;
  /** Queries and keys alone, or every weight. */
  readonly trained: 'queries-and-keys' | 'all';
  readonly context: number;
  readonly batch: number;
  readonly seeds: readonly number[];
}

/** Of logits between a token and itself or an earlier one, by seed. */
export interface Logits {
  /** Root mean squares before training, and mean fourth powers. */
  readonly initial: readonly number[];
  readonly initialFourth: readonly number[];
  /** Root mean squares of the change. */
  readonly change: readonly number[];
  /** Root mean squares after training. */
  readonly final: readonly number[];
  /** Standard deviations over heads after training, root mean square over pairs. */
  readonly spread: readonly number[];
}

const LAYER = 'layer1.attention';

/** Tensors that are held where queries and keys alone are trained. */
const HELD = [
  ...['embedding.weight', 'positions.weight', 'output.weight'],
  ...[
    `${LAYER}.value.weight`,
    `${LAYER}.end.weight`,
    'layer1.mlp.inner.weight',
    'layer1.mlp.end.weight',
  ],
];

export function shapeOf(input: LogitsInput): Shape {
  const { optimizer, heads, headSize, logitScale, context, batch } = input;
  const model: TransformerShape = {
    kind: 'transformer',
    ...{ width: heads * headSize, depth: 1, heads, headSize, context, logitScale },
    ...{ positions: 'learned', readout: 'untied', feedForward: 'plain', expansion: 1 },
    ...{ activation: 'relu', bias: false, queryKeyNorm: false, targets: 'every', centred: true },
    norm: { kind: 'rms', placement: 'pre', gains: false },
  };
  return { model, optimizer: { kind: optimizer }, batch };
}

type Workplace = Pick<Laboratory, 'device' | 'goOn' | 'count' | 'loadTask'>;

export async function attentionLogits(input: LogitsInput, laboratory: Workplace): Promise<Logits> {
  const { heads, headSize, seeds } = input;
  const weights = 6 * (heads * headSize) ** 2;
  const parts: Logits[] = [];
  for (const own of memoryParts(seeds, weights, laboratory.device.hardware)) {
    parts.push(await logitsTogether({ ...input, seeds: own }, laboratory));
  }
  const all = (key: keyof Logits) => parts.flatMap((part) => part[key]);
  return {
    ...{ initial: all('initial'), initialFourth: all('initialFourth') },
    ...{ change: all('change'), final: all('final'), spread: all('spread') },
  };
}

/** The same of all seeds at a time. */
async function logitsTogether(input: LogitsInput, laboratory: Workplace): Promise<Logits> {
  const { baseWidth, learningRate, steps, trained, context, batch, seeds } = input;
  const task = await laboratory.loadTask(input.task);
  const shape = shapeOf(input);
  const step = trainingStep(shape, { ...task, lanes: seeds.length });
  const { parameters } = step.model;
  const held: Knobs = Object.fromEntries(HELD.map((name) => [`learningRate/${name}`, 0]));
  const plans = seeds.map((seed) =>
    lanePlan(
      {
        parameterization: { name: 'mup', baseWidth },
        schedule: { kind: 'constant' },
        knobs: { learningRate, ...(trained === 'all' ? {} : held) },
        seed,
      },
      { shape, parameters, optimizer: step.optimizer },
    ),
  );
  // Every net has examples of its own: what they do to logits is part of the spread between seeds.
  const streams = seeds.map((seed) => task.stream(seed, 'train'));
  const batches = tokenBatches(streams, batch, context);
  const owners = seeds.map((_, lane) => lane);
  const { initial, final } = await trainLanes(laboratory, { step, plans, batches, owners, steps });
  const x = batches.feed(0, 1).x as Int32Array;
  const program = await laboratory.device.compile({
    inputs: {
      ...Object.fromEntries(
        parameters.map(({ name, shape: own }) => [name, float32(seeds.length, ...own)]),
      ),
      x: int32(seeds.length, batch, context),
    },
    call: ({ x: tokens, ...weights }) =>
      ({ logits: seen(step.model, weights, tokens as Tensor) }) as never,
  });
  try {
    const of = (state: Arrays) => logitsOf(program, step.model, state, x);
    const [before, after] = [await of(initial), await of(final)];
    return compared(before, after, { lanes: seeds.length, heads: input.heads, context });
  } finally {
    await program.dispose();
  }
}

/** The logits of the only layer, `[lane · batch · heads, context, context]`. */
function seen(model: Model, weights: Readonly<Record<string, Tensor>>, tokens: Tensor): Tensor {
  const found: Tensor[] = [];
  model.forward(weights as never, tokens, {
    record: (name, tensor) => {
      if (name === `${LAYER}.logits`) found.push(tensor);
    },
  });
  return found[0] as Tensor;
}

async function logitsOf(
  program: FunctionProgram,
  { parameters }: Model,
  state: Arrays,
  x: Int32Array,
): Promise<Float32Array> {
  const weights = parameters.map(({ name }) => [name, state[name] as Float32Array] as const);
  const { logits } = await program.run({ ...Object.fromEntries(weights), x });
  return logits as Float32Array;
}

function compared(
  before: Float32Array,
  after: Float32Array,
  {
    lanes,
    heads,
    context,
  }: { readonly lanes: number; readonly heads: number; readonly context: number },
): Logits {
  const square = context * context;
  const examples = before.length / (lanes * heads * square);
  const sums = Array.from({ length: lanes }, () => ({
    initial: 0,
    fourth: 0,
    change: 0,
    final: 0,
    spread: 0,
  }));
  let pairs = 0;
  for (let place = 0; place < square; place++) {
    if (place % context > Math.floor(place / context)) continue;
    pairs += examples;
    for (let lane = 0; lane < lanes; lane++) {
      const sum = sums[lane] as (typeof sums)[number];
      for (let example = 0; example < examples; example++) {
        let [total, squares] = [0, 0];
        for (let head = 0; head < heads; head++) {
          const at = ((lane * examples + example) * heads + head) * square + place;
          const [a, b] = [before[at] as number, after[at] as number];
          sum.initial += (a * a) / heads;
          sum.fourth += a ** 4 / heads;
          sum.change += (b - a) ** 2 / heads;
          total += b;
          squares += b * b;
        }
        sum.final += squares / heads;
        sum.spread += heads > 1 ? (squares - (total * total) / heads) / (heads - 1) : 0;
      }
    }
  }
  const mean = (key: 'initial' | 'fourth' | 'change' | 'final' | 'spread', power: number) =>
    sums.map((sum) => Number(((sum[key] / pairs) ** power).toPrecision(6)));
  return {
    ...{ initial: mean('initial', 1 / 2), initialFourth: mean('fourth', 1) },
    ...{ change: mean('change', 1 / 2), final: mean('final', 1 / 2) },
    spread: mean('spread', 1 / 2),
  };
}
