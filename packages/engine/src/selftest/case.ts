import * as tf from '@tensorflow/tfjs';
import type { Device, FunctionSpec } from '../devices/device.ts';
import { eagerDevice } from '../devices/eager-device.ts';
import type { Arrays, HostArray, Specs, Tensors } from '../tensor-spec.ts';
import { sizeOf } from '../tensor-spec.ts';
import type { Input } from './inputs.ts';
import { seeded } from './inputs.ts';

/** A tfjs function and what to call it with. */
export interface Case {
  readonly name: string;
  readonly inputs: readonly Input[];
  readonly call: (...inputs: tf.Tensor[]) => tf.Tensor | tf.Tensor[];
  /** Which inputs to differentiate by; every float unless said otherwise. */
  readonly by: readonly number[];
  readonly precision: Precision;
}

/**
 * What limits the agreement of two right answers: a few roundings, the order of a long sum, or transcendental
 * functions, which each library approximates in its own way.
 */
export type Precision = 'rounded' | 'summed' | 'approximate';

/** Errors allowed, relative to 1 + |expected|. */
export type Tolerances = Readonly<Record<Precision, number>>;

export interface CaseOptions {
  readonly by?: readonly number[];
  readonly precision?: Precision;
}

/** One line of the table. The inputs are typed `never`, so that a lambda can pass them to any tfjs function. */
export function of(
  name: string,
  call: (...inputs: never[]) => tf.Tensor | tf.Tensor[],
  inputs: readonly Input[],
  { by, precision = 'rounded' }: CaseOptions = {},
): Case {
  const floats = inputs.flatMap(({ spec }, i) => (spec.dtype === 'float32' ? [i] : []));
  return { name, call: call as Case['call'], inputs, by: by ?? floats, precision };
}

/** For functions without a derivative. */
export const flat: CaseOptions = { by: [] };

/** The reference: tfjs' own cpu backend, kernel by kernel. */
export const reference = eagerDevice({
  kind: 'cpu',
  hardware: 'processor',
  name: 'tfjs cpu backend',
  reason: 'reference',
  backend: 'cpu',
});

const asList = <T>(value: T | T[]): T[] => (Array.isArray(value) ? value : [value]);

/** A scalar input without which the compiler could work out projections before the run. */
const PROBE = 'probe';

/** Different weights for every element of a tensor, known only at run time. */
function projection(shape: readonly number[], probe: tf.Tensor): tf.Tensor {
  const weights = Float32Array.from({ length: sizeOf(shape) }, (_, i) => Math.sin(i + 1));
  return tf.mul(probe, tf.tensor(weights, [...shape]));
}

/** The values of a case, and the gradients of a projection of them. */
function evaluate(test: Case, inputs: readonly tf.Tensor[], probe: tf.Tensor): Tensors {
  const results: Record<string, tf.Tensor> = {};
  for (const [i, value] of asList(test.call(...inputs)).entries()) {
    results[`${test.name}: value ${i}`] = value;
  }
  if (test.by.length > 0) {
    const loss = (...varied: tf.Tensor[]) => {
      const all = inputs.map((input, i) => varied[test.by.indexOf(i)] ?? input);
      const floats = asList(test.call(...all)).filter(({ dtype }) => dtype === 'float32');
      const terms = floats.map((v) => tf.sum(tf.mul(v, projection(v.shape, probe))));
      return tf.addN(terms);
    };
    const gradients = tf.grads(loss)(test.by.map((i) => inputs[i] as tf.Tensor));
    for (const [k, gradient] of gradients.entries()) {
      results[`${test.name}: gradient by ${test.by[k]}`] = gradient;
    }
  }
  return results as Tensors;
}

const inputName = (test: Case, i: number) => `${test.name}: input ${i}`;

/** All cases as one function, so that a family costs one session. */
function specOf(cases: readonly Case[]): FunctionSpec {
  const inputs: Record<string, Specs[string]> = { [PROBE]: { shape: [], dtype: 'float32' } };
  for (const test of cases) {
    for (const [i, { spec }] of test.inputs.entries()) inputs[inputName(test, i)] = spec;
  }
  return {
    inputs,
    call: (tensors) =>
      Object.assign(
        {},
        ...cases.map((test) => {
          const own = test.inputs.map((_, i) => tensors[inputName(test, i)] as tf.Tensor);
          return evaluate(test, own, tensors[PROBE] as tf.Tensor);
        }),
      ),
  };
}

function drawn(cases: readonly Case[]): Arrays {
  const random = seeded(7);
  const arrays: Record<string, HostArray> = { [PROBE]: Float32Array.of(1) };
  for (const test of cases) {
    for (const [i, input] of test.inputs.entries()) {
      arrays[inputName(test, i)] = input.draw(random);
    }
  }
  return arrays;
}

/** Runs cases together, as one program. */
export async function runCases(device: Device, cases: readonly Case[]): Promise<Arrays> {
  const program = await device.compile(specOf(cases));
  try {
    return await program.run(drawn(cases));
  } finally {
    await program.dispose();
  }
}

/** Where numbers do not agree, in one line: within `tolerance · (1 + |expected|)`, NaN and infinities where expected. */
export function difference(
  actual: HostArray,
  expected: HostArray,
  tolerance: number,
): string | null {
  if (actual.length !== expected.length) {
    return `${actual.length} numbers, expected ${expected.length}`;
  }
  for (let i = 0; i < expected.length; i++) {
    const [a, e] = [actual[i] as number, expected[i] as number];
    if (Object.is(a, e) || a === e) continue;
    const error = Math.abs(a - e) / (1 + Math.abs(e));
    if (!(error <= tolerance)) {
      return `element ${i} is ${a}, expected ${e} (error ${error}, allowed ${tolerance})`;
    }
  }
  return null;
}

/** Where the results of one case differ from the reference's, a line each. */
export function faultsOf(
  test: Case,
  actual: Arrays,
  expected: Arrays,
  tolerances: Tolerances,
): readonly string[] {
  const names = Object.keys(expected).filter((name) => name.startsWith(`${test.name}: `));
  if (names.length === 0) return [`${test.name}: nothing to compare`];
  return names.flatMap((name) => {
    const fault = difference(
      actual[name] as HostArray,
      expected[name] as HostArray,
      tolerances[test.precision],
    );
    return fault === null ? [] : [`${name}: ${fault}`];
  });
}

const references = new WeakMap<readonly Case[], Promise<Arrays>>();

/** What the reference makes of cases, once. */
export function expectedOf(cases: readonly Case[]): Promise<Arrays> {
  const known = references.get(cases) ?? runCases(reference, cases);
  references.set(cases, known);
  return known;
}
