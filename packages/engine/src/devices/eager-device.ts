import * as tf from '@tensorflow/tfjs';
import type { Arrays, HostArray, Specs, Tensors } from '../tensor-spec.ts';
import { arrayKind, checkArrays } from '../tensor-spec.ts';
import { onBackend } from '../tfjs-backend.ts';
import type {
  Device,
  DeviceKind,
  FunctionProgram,
  FunctionSpec,
  LoopRun,
  LoopSpec,
} from './device.ts';
import { rowOf } from './rows.ts';
import { runOf } from './run.ts';

export interface EagerDeviceOptions {
  readonly kind: DeviceKind;
  readonly name: string;
  readonly reason: string;
  /** The registered tfjs backend to compute on. */
  readonly backend: string;
}

/** Runs functions as they are written, kernel by kernel, on a tfjs backend: slow, and the reference for all else. */
export function eagerDevice({ kind, name, reason, backend }: EagerDeviceOptions): Device {
  return {
    kind,
    name,
    reason,
    compile: async (spec) => eagerFunction(spec, backend),
    async compileLoop(spec) {
      return {
        async start({ state, constants }) {
          checkArrays('state', spec.state, state);
          checkArrays('constant', spec.constants, constants);
          return eagerRun(spec, backend, state, constants);
        },
        async dispose() {},
      };
    },
    async close() {},
  };
}

function eagerFunction(spec: FunctionSpec, backend: string): FunctionProgram {
  return {
    async run(inputs) {
      checkArrays('input', spec.inputs, inputs);
      const outputs = onBackend(backend, () =>
        tf.tidy(() => copies(spec.call(tensorsOf(spec.inputs, inputs)))),
      );
      return hostArrays(outputs);
    },
    async dispose() {},
  };
}

function eagerRun(spec: LoopSpec, backend: string, state: Arrays, constants: Arrays): LoopRun {
  let carried = onBackend(backend, () => tensorsOf(spec.state, state));
  const fixed = onBackend(backend, () => tensorsOf(spec.constants, constants));
  const step = (perStep: Arrays) =>
    onBackend(backend, () =>
      tf.tidy(() => {
        const rows = tensorsOf(spec.perStep, perStep);
        const { state: next, outputs } = spec.step({
          state: carried,
          constants: fixed,
          perStep: rows,
        });
        return { next: copies(next), outputs: copies(outputs) };
      }),
    );
  /** What a step would report, by name and without values, where none is made. */
  const nothing = async (): Promise<Arrays> => {
    const { next, outputs } = step(rowOf(spec.perStep, {}, 0));
    tf.dispose(next);
    const reports = Object.entries(await hostArrays(outputs));
    return Object.fromEntries(reports.map(([name, array]) => [name, array.subarray(0, 0)]));
  };
  return runOf(spec, {
    async advance(steps, perStep) {
      if (steps === 0) return nothing();
      const reports: Tensors[] = [];
      for (let i = 0; i < steps; i++) {
        const { next, outputs } = step(rowOf(spec.perStep, perStep, i));
        tf.dispose(carried);
        carried = next;
        reports.push(outputs);
      }
      return stacked(await Promise.all(reports.map(hostArrays)));
    },
    read: () => hostArrays(onBackend(backend, () => copies(carried))),
    async dispose() {
      tf.dispose([carried, fixed]);
    },
  });
}

function tensorsOf(specs: Specs, arrays: Arrays): Tensors {
  return Object.fromEntries(
    Object.entries(specs).map(([name, { shape, dtype }]) => [
      name,
      tf.tensor(arrays[name] as HostArray, [...shape], dtype),
    ]),
  ) as unknown as Tensors;
}

/** Tensors of their own, which outlive those that they are copied from. */
function copies(tensors: Tensors): Tensors {
  return Object.fromEntries(
    Object.entries(tensors).map(([name, tensor]) => [name, tf.clone(tensor)]),
  ) as unknown as Tensors;
}

/** Values of tensors, which are disposed. */
async function hostArrays(tensors: Tensors): Promise<Arrays> {
  const entries = Object.entries(tensors);
  const values = await Promise.all(
    entries.map(async ([name, tensor]) => {
      const kind = arrayKind(tensor.dtype as 'float32' | 'int32' | 'bool');
      // A copy: a backend may answer with the array that it keeps.
      return [name, kind.from(await tensor.data())] as const;
    }),
  );
  tf.dispose(tensors);
  return Object.fromEntries(values);
}

function stacked(reports: readonly Arrays[]): Arrays {
  const [first = {}] = reports;
  return Object.fromEntries(
    Object.entries(first).map(([name, one]) => {
      const all = new (one.constructor as Float32ArrayConstructor)(one.length * reports.length);
      for (const [i, report] of reports.entries()) {
        all.set(report[name] as Float32Array, i * one.length);
      }
      return [name, all];
    }),
  );
}
