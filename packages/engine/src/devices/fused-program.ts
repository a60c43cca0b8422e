import { Tensor } from 'onnxruntime-node';
import { kernelBytes } from '../fusion/kernel.ts';
import { boundaryOf, layOut } from '../fusion/layout.ts';
import type { UpdateGroup } from '../fusion/plan-update.ts';
import type { Value } from '../graph.ts';
import { topologicalOrder } from '../graph.ts';
import type { LoopParts } from '../onnx/models.ts';
import { inPlaceModel } from '../onnx/models.ts';
import type { HostArray, Specs } from '../tensor-spec.ts';
import { checkArrays } from '../tensor-spec.ts';
import { inGroup, reportsOf } from '../traced-step.ts';
import type { LoopProgram, LoopSpec } from './device.ts';
import { openInPlaceSession } from './in-place-session.ts';
import { kernelArrays, MADE } from './kernel-arrays.ts';
import { emptyColumns } from './rows.ts';
import { runOf } from './run.ts';
import type { OrtTensors, SessionSettings } from './session.ts';

/** What is used of the `WebAssembly` object, whose types come only with a browser's. */
interface WebAssemblyHost {
  validate(bytes: Uint8Array): boolean;
  readonly Module: new (bytes: Uint8Array) => object;
  readonly Instance: new (
    module: object,
  ) => {
    readonly exports: Kernel;
  };
}

interface Kernel {
  readonly memory: { readonly buffer: ArrayBuffer };
  readonly update: () => void;
}

const host = (globalThis as unknown as { WebAssembly: WebAssemblyHost }).WebAssembly;

/** The model's outputs: values that the kernel reads, by id, and states that it does not make. */
const valueMade = (id: number) => `${MADE}${id}`;
const stateMade = (name: string) => `${MADE}${name}`;
const MOST_BYTES = 2 ** 31;

/**
 * Compiles a loop into a session that makes losses and gradients, and a WebAssembly kernel that makes the next state of
 * them: an optimizer in one pass over memory, where the graph has one an operation. State, gradients and per-step
 * numbers lie in the kernel's memory, where the session reads and writes them without a copy.
 *
 * Null where there is nothing but updates, where the processor has no SIMD, and where the memory of one WebAssembly
 * instance does not suffice.
 */
export async function fusedProgram(
  spec: LoopSpec,
  parts: LoopParts,
  groups: readonly UpdateGroup[],
  settings: SessionSettings,
): Promise<LoopProgram | null> {
  const reported = reportsOf(parts);
  const boundary = boundaryOf(parts, groups);
  const outputs: Record<string, Value> = { ...parts.outputs };
  for (const value of boundary.made) outputs[valueMade(value.id)] = value;
  for (const name of boundary.copied) outputs[stateMade(name)] = parts.next[name] as Value;
  if (Object.keys(outputs).length === 0) return null;
  const inputs = neededInputs(parts, outputs);
  const layout = layOut(parts.state, boundary);
  const bytes = kernelBytes(groups, layout);
  if (layout.bytes > MOST_BYTES || !host.validate(bytes)) return null;
  const module = new host.Module(bytes);
  const session = await openInPlaceSession(
    inPlaceModel(inputs, outputs, settings.target),
    settings,
  );
  // Kernels of runs that have ended, for the next to take: WebAssembly's memory is not given back before a collection.
  const idle: Kernel[] = [];

  return {
    async start({ state, constants }) {
      checkArrays('state', spec.state, state);
      checkArrays('constant', spec.constants, constants);
      const kernel = idle.pop() ?? new host.Instance(module).exports;
      const { held, results } = kernelArrays(kernel.memory.buffer, { parts, outputs, layout });
      for (const name in spec.state) held[inGroup('state', name)]?.set(state[name] as HostArray);
      for (const name in spec.constants) {
        const given = constants[name] as HostArray;
        const own = held[inGroup('constants', name)];
        // What only the session reads may be a dataset: it stays where it is.
        if (own) own.set(given);
        else held[inGroup('constants', name)] = given;
      }
      const feeds = tensorsOver(inputs, held);
      const fetches = tensorsOver(outputs as unknown as Specs, results);
      return runOf(spec, {
        async advance(steps, rows) {
          const columns = emptyColumns(reported, steps);
          for (let i = 0; i < steps; i++) {
            for (const name in rows) {
              const row = held[inGroup('perStep', name)] as HostArray;
              row.set((rows[name] as HostArray).subarray(i * row.length, (i + 1) * row.length));
            }
            await session.run(feeds, fetches);
            kernel.update();
            for (const name of boundary.copied) {
              (held[name] as HostArray).set(results[stateMade(name)] as HostArray);
            }
            for (const name in columns) {
              const values = results[inGroup('outputs', name)] as HostArray;
              columns[name]?.set(values, i * values.length);
            }
          }
          return columns;
        },
        read: async () =>
          Object.fromEntries(
            Object.keys(spec.state).map((name) => [
              name,
              (held[inGroup('state', name)] as HostArray).slice(),
            ]),
          ),
        async dispose() {
          idle.push(kernel);
        },
      });
    },
    dispose: () => session.release(),
  };
}

function neededInputs(
  { state, constants, perStep }: LoopParts,
  outputs: Readonly<Record<string, Value>>,
): Specs {
  const roots = Object.values(outputs);
  const used = new Set<string>();
  const use = (value: Value | null) => {
    if (value?.source.kind === 'input') used.add(value.source.name);
  };
  roots.forEach(use);
  for (const node of topologicalOrder(roots)) node.inputs.forEach(use);
  const all = Object.entries({ ...state, ...constants, ...perStep });
  return Object.fromEntries(all.filter(([name]) => used.has(name)));
}

/** ONNX Runtime's view of arrays, which it reads and writes in place. */
function tensorsOver(specs: Specs, arrays: Readonly<Record<string, HostArray>>): OrtTensors {
  return Object.fromEntries(
    Object.entries(specs).map(([name, { shape, dtype }]) => [
      name,
      new Tensor(dtype, arrays[name] as never, shape as number[]),
    ]),
  );
}
