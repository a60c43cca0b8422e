import * as tf from '@tensorflow/tfjs';
import type { Arrays, HostArray, Specs, Tensors } from '../tensor-spec.ts';
import { arrayKind, checkArrays } from '../tensor-spec.ts';
import { onBackend } from '../tfjs-backend.ts';
import { reportsOf, traceStep } from '../traced-step.ts';
import type {
  Device,
  DeviceKind,
  FunctionProgram,
  FunctionSpec,
  Hardware,
  LoopProgram,
  LoopSpec,
} from './device.ts';
import { emptyColumns, rowOf, setRow } from './rows.ts';
import { runOf } from './run.ts';

export interface EagerDeviceOptions {
  readonly kind: DeviceKind;
  readonly hardware: Hardware;
  readonly name: string;
  readonly reason: string;
  /** The registered tfjs backend to compute on. */
  readonly backend: string;
}

/** Runs functions as they are written, kernel by kernel, on a tfjs backend: slow, and the reference for all else. */
export function eagerDevice({ kind, hardware, name, reason, backend }: EagerDeviceOptions): Device {
  return {
    kind,
    hardware,
    name,
    reason,
    compile: async (spec) => eagerFunction(spec, backend),
    compileLoop: async (spec) => eagerLoop(spec, backend),
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

function eagerLoop(spec: LoopSpec, backend: string): LoopProgram {
  // Traced for its faults, which are those of other devices then, and for what a step reports.
  const reported = reportsOf(traceStep(spec));
  let disposed = false;
  return {
    async start({ state, constants }) {
      checkArrays('state', spec.state, state);
      checkArrays('constant', spec.constants, constants);
      let carried = onBackend(backend, () => tensorsOf(spec.state, state));
      const fixed = onBackend(backend, () => tensorsOf(spec.constants, constants));
      const step = (rows: Arrays) => {
        const perStep = tensorsOf(spec.perStep, rows);
        const { state: next, outputs } = spec.step({ state: carried, constants: fixed, perStep });
        return { next: copies(next), outputs: copies(outputs) };
      };
      return runOf(spec, {
        async advance(steps, perStep) {
          if (disposed) throw new Error('the program is disposed');
          const columns = emptyColumns(reported, steps);
          const waiting: Tensors[] = [];
          for (let i = 0; i < steps; i++) {
            const rows = rowOf(spec.perStep, perStep, i);
            const { next, outputs } = onBackend(backend, () => tf.tidy(() => step(rows)));
            tf.dispose(carried);
            carried = next;
            waiting.push(outputs);
          }
          for (const [i, report] of (await Promise.all(waiting.map(hostArrays))).entries()) {
            setRow(columns, report, i);
          }
          return columns;
        },
        read: () => hostArrays(onBackend(backend, () => copies(carried))),
        async dispose() {
          tf.dispose([carried, fixed]);
        },
      });
    },
    async dispose() {
      disposed = true;
    },
  };
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
