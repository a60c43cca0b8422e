import type { Layout } from '../fusion/layout.ts';
import type { Value } from '../graph.ts';
import type { LoopParts } from '../onnx/models.ts';
import type { HostArray, Specs } from '../tensor-spec.ts';
import { arrayKind, sizeOf } from '../tensor-spec.ts';

/** Begins the names of what a session makes for the kernel and the next step, beside what it reports. */
export const MADE = 'made:';

/** Arrays of one run, by their names inside the model. */
export interface KernelArrays {
  /** States, per-step inputs and the constants that the kernel reads. */
  readonly held: Record<string, HostArray>;
  /** What the session makes. */
  readonly results: Readonly<Record<string, HostArray>>;
}

/** Room for what a session and a kernel exchange: in the kernel's memory, where a tensor has a place there. */
export function kernelArrays(
  memory: ArrayBuffer,
  {
    parts: { state, constants, perStep },
    outputs,
    layout,
  }: {
    readonly parts: LoopParts;
    readonly outputs: Readonly<Record<string, Value>>;
    readonly layout: Layout;
  },
): KernelArrays {
  const room = ({ shape, dtype }: Specs[string], address?: number): HostArray =>
    address === undefined
      ? new (arrayKind(dtype))(sizeOf(shape))
      : new Float32Array(memory, address, sizeOf(shape));
  const read = Object.entries(constants).filter(([name]) => layout.inputs.has(name));
  const held = [...Object.entries({ ...state, ...perStep }), ...read];
  return {
    held: Object.fromEntries(
      held.map(([name, spec]) => [name, room(spec, layout.inputs.get(name))]),
    ),
    results: Object.fromEntries(
      Object.entries(outputs).map(([name, value]) => [
        name,
        // What is reported has room of its own, where the kernel reads it too.
        room(value as Specs[string], name.startsWith(MADE) ? layout.made.get(value.id) : undefined),
      ]),
    ),
  };
}
