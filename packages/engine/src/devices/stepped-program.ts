import type { Tensor } from 'onnxruntime-node';
import { allSteps, nextState, ROW, stackedSpecs, steppedModel } from '../onnx/models.ts';
import type { Arrays, HostArray, Specs } from '../tensor-spec.ts';
import { arrayKind, checkArrays, sizeOf } from '../tensor-spec.ts';
import { inGroup, reportsOf, traceStep } from '../traced-step.ts';
import type { LoopProgram, LoopSpec } from './device.ts';
import { discard, gatherer, transfer } from './resident.ts';
import { emptyColumns } from './rows.ts';
import { runOf } from './run.ts';
import type { OrtTensors, SessionSettings } from './session.ts';
import { hostArrays, openSession, tensorsOf } from './session.ts';

const carriedName = (name: string) => inGroup('state', name);
const nextName = (name: string) => nextState(carriedName(name));
const constant = (name: string) => inGroup('constants', name);
const rowName = (name: string) => allSteps(inGroup('perStep', name));
const report = (name: string) => inGroup('outputs', name);

/**
 * Compiles a loop into a session that makes one step a run and leaves all it makes on the device: state is fed back from
 * run to run. Per-step inputs are brought there, and outputs to the host, sixteen steps at a time: a step itself moves
 * nothing, since each tensor that the host hands over costs as much as several kernels.
 */
export async function steppedProgram(
  spec: LoopSpec,
  settings: SessionSettings,
): Promise<LoopProgram> {
  const parts = traceStep(spec);
  const { state, constants, perStep } = parts;
  const reported = reportsOf(parts);
  const states = Object.keys(spec.state);
  const opened: { release(): Promise<void> }[] = [];
  const release = async () => {
    await Promise.all(opened.map((session) => session.release()));
  };
  const open = async <T extends { release(): Promise<void> }>(opening: Promise<T>): Promise<T> => {
    try {
      const session = await opening;
      opened.push(session);
      return session;
    } catch (error) {
      await release();
      throw error;
    }
  };
  const resident = { resident: true };
  const gather = await open(gatherer(reported, settings));
  const { size } = gather;
  const model = steppedModel(parts, size, settings.target);
  const step = await open(openSession(model, settings, resident));
  const upload = await open(transfer({ ...state, ...constants }, settings, resident));
  const uploadRows = await open(transfer(stackedSpecs(perStep, size), settings, resident));
  const download = await open(transfer(state, settings));
  const numbers = await open(rowNumbers(size, settings));
  return {
    async start({ state: initial, constants: values }) {
      checkArrays('state', spec.state, initial);
      checkArrays('constant', spec.constants, values);
      const brought = await upload.run({
        ...tensorsOf(spec.state, initial, { rename: carriedName }),
        ...tensorsOf(spec.constants, values, { rename: constant }),
      });
      const fixed = renamed(brought, Object.keys(spec.constants), constant, constant);
      let carried = renamed(brought, states, carriedName, carriedName);
      return runOf(spec, {
        async advance(steps, given) {
          const columns = emptyColumns(reported, steps);
          for (let first = 0; first < steps; first += size) {
            const count = Math.min(size, steps - first);
            const rows = await uploadRows.run(
              tensorsOf(spec.perStep, rowsFrom(spec.perStep, given, { first, count, size }), {
                rename: rowName,
                leading: size,
              }),
            );
            const waiting: OrtTensors[] = [];
            try {
              for (let i = 0; i < count; i++) {
                const row = { [ROW]: numbers.at[i] as Tensor };
                const results = await step.run({ ...fixed, ...carried, ...rows, ...row });
                discard(carried);
                carried = renamed(results, states, nextName, carriedName);
                waiting.push(renamed(results, Object.keys(reported), report, (name) => name));
              }
              await gather.take(waiting, columns, first);
            } finally {
              waiting.forEach(discard);
              discard(rows);
            }
          }
          return columns;
        },
        read: async () => hostArrays(await download.run(carried), states, carriedName),
        async dispose() {
          discard(carried);
          discard(fixed);
        },
      });
    },
    dispose: release,
  };
}

interface RowNumbers {
  readonly at: readonly Tensor[];
  release(): Promise<void>;
}

/** The numbers from 0, on the device, for as long as the session that brought them there is open. */
async function rowNumbers(size: number, settings: SessionSettings): Promise<RowNumbers> {
  const names = Array.from({ length: size }, (_, i) => `row${i}`);
  const specs: Specs = Object.fromEntries(
    names.map((name) => [name, { shape: [], dtype: 'int32' } as const]),
  );
  const upload = await transfer(specs, settings, { resident: true });
  const values = Object.fromEntries(names.map((name, i) => [name, Int32Array.of(i)]));
  const resident = await upload.run(tensorsOf(specs, values)).catch(async (error) => {
    await upload.release();
    throw error;
  });
  return {
    at: names.map((name) => resident[name] as Tensor),
    async release() {
      discard(resident);
      await upload.release();
    },
  };
}

/** The rows of `count` steps from step `first` on, filled up to `size` with zeros that no step reads. */
function rowsFrom(
  specs: Specs,
  arrays: Arrays,
  { first, count, size }: { readonly first: number; readonly count: number; readonly size: number },
): Arrays {
  return Object.fromEntries(
    Object.entries(specs).map(([name, { shape, dtype }]) => {
      const row = sizeOf(shape);
      const own = (arrays[name] as HostArray).subarray(first * row, (first + count) * row);
      if (count === size) return [name, own];
      const filled = new (arrayKind(dtype))(size * row);
      filled.set(own);
      return [name, filled];
    }),
  );
}

/** Some tensors, from under one name to another. */
function renamed(
  tensors: OrtTensors,
  names: readonly string[],
  from: (name: string) => string,
  to: (name: string) => string,
): OrtTensors {
  return Object.fromEntries(
    names.map((name) => [to(name), tensors[from(name)] as OrtTensors[string]]),
  );
}
