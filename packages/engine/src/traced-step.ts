import type { LoopSpec } from './devices/device.ts';
import type { Value } from './graph.ts';
import type { LoopParts } from './onnx/models.ts';
import { optimize } from './optimize.ts';
import type { DType, Specs, Tensors } from './tensor-spec.ts';
import { RETURNED_NOTHING, trace } from './trace.ts';
import { TraceError } from './trace-error.ts';

const GROUPS = { state: 's/', constants: 'c/', perStep: 'i/', outputs: 'o/' } as const;
type Group = keyof typeof GROUPS;

/** A name inside a model: the groups of a loop may use the same names. */
export const inGroup = (group: Group, name: string): string => GROUPS[group] + name;

/** The caller's name of what is called `name` inside a model: undoes `inGroup`. */
export const outOfGroup = (group: Group, name: string): string => name.slice(GROUPS[group].length);

const prefixed = <T>(group: Group, record: Readonly<Record<string, T>>): Record<string, T> =>
  Object.fromEntries(Object.entries(record).map(([name, v]) => [inGroup(group, name), v]));

/**
 * Traces one step of a loop.
 * @throws TraceError if the step leaves out a state tensor, or changes its shape or type.
 */
export function traceStep(spec: LoopSpec): LoopParts {
  const groups = {
    state: prefixed('state', spec.state),
    constants: prefixed('constants', spec.constants),
    perStep: prefixed('perStep', spec.perStep),
  };
  const traced = trace({ ...groups.state, ...groups.constants, ...groups.perStep }, (tensors) => {
    const pick = (group: Group, specs: Specs) =>
      Object.fromEntries(
        Object.keys(specs).map((name) => [name, tensors[inGroup(group, name)]]),
      ) as unknown as Tensors;
    const result = spec.step({
      state: pick('state', spec.state),
      constants: pick('constants', spec.constants),
      perStep: pick('perStep', spec.perStep),
    });
    return {
      ...prefixed('state', result.state),
      ...prefixed('outputs', result.outputs),
    } as unknown as Tensors;
  });
  const outputs = optimize(traced.outputs);
  const next: Record<string, Value> = {};
  for (const [own, { shape, dtype }] of Object.entries(spec.state)) {
    const name = inGroup('state', own);
    const value = outputs[name];
    if (!value) throw new TraceError(`the step leaves out the state ${own}`);
    if (String(value.shape) !== String(shape) || value.dtype !== dtype) {
      throw new TraceError(
        `the step makes the state ${own} ${value.dtype} [${value.shape}] (${dtype} [${shape}])`,
      );
    }
    next[name] = value;
  }
  if (Object.keys(outputs).length === 0) throw new TraceError(RETURNED_NOTHING);
  const reported = Object.fromEntries(
    Object.entries(outputs).filter(([name]) => name.startsWith(GROUPS.outputs)),
  );
  return { ...groups, next, outputs: reported };
}

/** What a step reports, under the names that the caller gave. */
export function reportsOf({ outputs }: LoopParts): Specs {
  return Object.fromEntries(
    Object.entries(outputs).map(([name, { shape, dtype }]) => [
      outOfGroup('outputs', name),
      { shape, dtype: dtype as DType },
    ]),
  );
}
