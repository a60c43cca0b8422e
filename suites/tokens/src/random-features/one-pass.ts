import type { Laboratory } from '@hyperlaw/cli';
import { type Arrays, float32, type LoopProgram } from '@hyperlaw/engine';
import { randomStream } from '@hyperlaw/tasks';
import type { KernelTask } from '@hyperlaw/theory';
import type { Tensor } from '@tensorflow/tfjs';
import * as tf from '@tensorflow/tfjs';
import { expectedErrors } from './expected.ts';
import { counterpart } from './task.ts';

/** Linear regressions on random features by SGD over fresh samples, on draws that all sizes share. */
export interface OnePassInput {
  readonly difficulty: number;
  readonly modes: number;
  /** Samples n, multiples of the batch, and features k, of which fewer are the first of more. */
  readonly sizes: readonly (readonly [samples: number, features: number])[];
  readonly batch: number;
  /** Learning rates, as shares of B/((1 + B) tr H), H the covariance of the features; constant over a run. */
  readonly rates: readonly number[];
  readonly draws: number;
  readonly seed: number;
}

/** Errors `[size][rate]` of one draw, null where they are not finite. */
type Errors = readonly (readonly (number | null)[])[];

/** Test errors `[draw][size][rate]`, exact given the weights, and the theory's expectation of them. */
export interface OnePassResult {
  readonly measured: readonly Errors[];
  readonly expected: readonly Errors[];
}

async function onePass(input: OnePassInput, laboratory: Laboratory): Promise<OnePassResult> {
  const { difficulty, modes, sizes, batch, rates, draws, seed } = input;
  const task = counterpart(difficulty, modes);
  const stream = randomStream({ seed, role: 'data', path: ['one-pass weights'] });
  const features = [...new Set(sizes.map(([, k]) => k))];
  const most = Math.max(...features);
  const [measured, expected]: [Errors[], Errors[]] = [[], []];
  const programs = new Map<number, LoopProgram>();
  try {
    for (let draw = 0; draw < draws; draw++) {
      const w = new Float32Array(modes * most);
      stream.fillNormal(draw * w.length, w);
      const byFeatures = new Map<number, { measured: Errors; expected: Errors }>();
      for (const k of features) {
        laboratory.goOn();
        const samples = samplesOf(sizes, k);
        const weights = columns(w, { modes, most, k }, task);
        const program = programs.get(k) ?? (await compile(laboratory, { modes, k, batch, rates }));
        programs.set(k, program);
        const scale = trace(weights);
        const steps = rates.map((rate) => (rate * batch) / ((1 + batch) * scale));
        const run = { input, samples, program, task, weights, k, steps, draw };
        byFeatures.set(k, {
          measured: await descend(run, laboratory),
          expected: expectedErrors({ task, weights, k, steps, batch, samples }),
        });
        const longest = Math.max(...samples);
        laboratory.count({
          trials: rates.length,
          modelSteps: (rates.length * longest) / batch,
          flops: longest * (2 * modes * k + 4 * k * rates.length),
        });
      }
      for (const [which, list] of [
        ['measured', measured],
        ['expected', expected],
      ] as const) {
        list.push(
          sizes.map(
            ([n, k]) =>
              byFeatures.get(k)?.[which][samplesOf(sizes, k).indexOf(n)] as Errors[number],
          ),
        );
      }
    }
    return { measured, expected };
  } finally {
    for (const program of programs.values()) await program.dispose();
  }
}

/** Numbers of samples that go with k features, rising. */
const samplesOf = (sizes: OnePassInput['sizes'], k: number): readonly number[] =>
  sizes.flatMap(([n, own]) => (own === k ? [n] : [])).sort((a, b) => a - b);

/** √λ_i w_ij of the first k features, `[modes, k]`. */
function columns(
  w: Float32Array,
  { modes, most, k }: { readonly modes: number; readonly most: number; readonly k: number },
  { eigenvalues }: KernelTask,
): Float32Array {
  const own = new Float32Array(modes * k);
  for (let i = 0; i < modes; i++) {
    const deviation = Math.sqrt(eigenvalues[i] as number);
    for (let j = 0; j < k; j++) own[i * k + j] = deviation * (w[i * most + j] as number);
  }
  return own;
}

/** tr H = Σ over all entries squared. */
const trace = (weights: Float32Array): number =>
  weights.reduce((sum, value) => sum + value * value, 0);

/** One step of SGD on ½ (f − y)² for every rate at once; inputs are the modes' values φ. */
function compile(
  { device }: Laboratory,
  {
    modes,
    k,
    batch,
    rates,
  }: Pick<OnePassInput, 'modes' | 'batch' | 'rates'> & { readonly k: number },
): Promise<LoopProgram> {
  return device.compileLoop({
    state: { a: float32(k, rates.length) },
    constants: { w: float32(modes, k), v: float32(modes, 1), rate: float32(1, rates.length) },
    perStep: { x: float32(batch, modes) },
    step: ({ state, constants, perStep }) => {
      const [a, w, v] = [state.a, constants.w, constants.v] as Tensor[];
      const x = perStep.x as Tensor;
      const g = tf.matMul(x, w as Tensor);
      const residual = tf.sub(tf.matMul(g, a as Tensor), tf.matMul(x, v as Tensor));
      const gradient = tf.div(tf.matMul(g, residual, true), batch);
      const next = tf.sub(a as Tensor, tf.mul(gradient, constants.rate as Tensor));
      return { state: { a: next }, outputs: { loss: tf.mean(tf.square(residual), 0) } } as never;
    },
  });
}

/** Steps fed at a time. */
const CHUNK = 64;

interface Descent {
  readonly input: OnePassInput;
  /** Rising. */
  readonly samples: readonly number[];
  readonly program: LoopProgram;
  readonly task: KernelTask;
  readonly weights: Float32Array;
  readonly k: number;
  readonly steps: readonly number[];
  readonly draw: number;
}

async function descend(
  { input, samples, program, task, weights, k, steps, draw }: Descent,
  { goOn }: Laboratory,
): Promise<Errors> {
  const { modes, batch, seed } = input;
  const inputs = randomStream({ seed, role: 'data', path: ['one-pass inputs', draw] });
  const run = await program.start({
    state: { a: new Float32Array(k * steps.length) },
    constants: {
      w: weights,
      v: Float32Array.from(task.coefficients),
      rate: Float32Array.from(steps),
    },
  });
  try {
    const errors: (number | null)[][] = [];
    let done = 0;
    for (const n of samples) {
      while (done < n / batch) {
        goOn();
        const count = Math.min(CHUNK, n / batch - done);
        const x = new Float32Array(count * batch * modes);
        inputs.fillNormal(done * batch * modes, x);
        await run.advance(count, { x });
        done += count;
      }
      errors.push(testErrors(task, weights, await run.read(), k, steps.length));
    }
    return errors;
  } finally {
    await run.dispose();
  }
}

/** ‖W a − v‖², since modes are independent with unit variance; null where it is not finite. */
function testErrors(
  { coefficients }: KernelTask,
  weights: Float32Array,
  { a }: Arrays,
  k: number,
  rates: number,
): (number | null)[] {
  const modes = coefficients.length;
  return Array.from({ length: rates }, (_, r) => {
    let sum = 0;
    for (let i = 0; i < modes; i++) {
      let f = 0;
      for (let j = 0; j < k; j++) {
        f += (weights[i * k + j] as number) * ((a as Float32Array)[j * rates + r] as number);
      }
      sum += (f - (coefficients[i] as number)) ** 2;
    }
    return Number.isFinite(sum) ? Number(sum.toPrecision(7)) : null;
  });
}

export const measureOnePass = { onePass };
