import type { Value } from '../graph.ts';
import type { Specs } from '../tensor-spec.ts';
import { emit } from './emit.ts';
import type { Target } from './legalize.ts';
import type { SequenceInfo, ValueInfo } from './protobuf.ts';
import { encodeModel, graphAttribute, node } from './protobuf.ts';

type Named = Readonly<Record<string, Value>>;

const infos = (specs: Specs): ValueInfo[] =>
  Object.entries(specs).map(([name, { shape, dtype }]) => ({ name, shape, dtype }));

const outputInfos = (outputs: readonly (readonly [string, Value])[]): ValueInfo[] =>
  outputs.map(([name, { shape, dtype }]) => ({ name, shape, dtype }));

/** A function: one graph from named inputs to named outputs; no name may be both. */
export function functionModel(inputs: Specs, outputs: Named, target: Target): Uint8Array {
  const named = Object.entries(outputs);
  return encodeModel({
    name: 'function',
    ...emit(named, target),
    inputs: infos(inputs),
    outputs: outputInfos(named),
  });
}

/** The first output of models that are run in place: an empty sequence, see `openInPlaceSession`. */
export const UNREADABLE = 'unreadable';
const unreadable = node({ op: 'SequenceEmpty', inputs: [], outputs: [UNREADABLE] });
const unreadableInfo: SequenceInfo = { name: UNREADABLE, sequenceOf: 'float32' };

/** A function for sessions in place: one graph from named inputs to named outputs; no name may be both. */
export function inPlaceModel(inputs: Specs, outputs: Named, target: Target): Uint8Array {
  const named = Object.entries(outputs);
  const { nodes, initializers } = emit(named, target);
  return encodeModel({
    name: 'function',
    nodes: [...nodes, unreadable],
    initializers,
    inputs: infos(inputs),
    outputs: [unreadableInfo, ...outputInfos(named)],
  });
}

/** A step, traced: names are unique across the four groups of inputs and outputs. */
export interface LoopParts {
  readonly state: Specs;
  readonly constants: Specs;
  readonly perStep: Specs;
  /** The next state, by the names of `state`. */
  readonly next: Named;
  /** What a step reports. */
  readonly outputs: Named;
}

/** The model input that says how many steps a call makes, and the name of that extent. */
export const STEPS = 'steps';

/** Names of the model's state inputs and outputs, apart from those inside the loop. Prefixes: a suffix may be a caller's. */
export const stateBefore = (name: string): string => `before:${name}`;
export const stateAfter = (name: string): string => `after:${name}`;
/** Name of a step's own output that becomes a state. */
export const nextState = (name: string): string => `next:${name}`;
/** Name of the model input that holds a per-step input for all steps. */
export const allSteps = (name: string): string => `all:${name}`;

/** The input of a stepped model that says which of the rows the step reads. */
export const ROW = 'row';

/**
 * One step that reads its per-step inputs from several steps' of them, so that these can be placed on a device together
 * and nothing has to be brought there with each step.
 *
 * Model inputs: `row` (int32 scalar), state, constants, and `all:NAME` for per-step inputs, `[rows, ...shape]`; outputs:
 * `next:NAME` for the state, and the step's outputs.
 */
export function steppedModel(parts: LoopParts, rows: number, target: Target): Uint8Array {
  const outputs = [
    ...Object.entries(parts.next).map(([name, value]) => [nextState(name), value] as const),
    ...Object.entries(parts.outputs),
  ];
  const { nodes, initializers } = emit(outputs, target);
  const rowsOf = Object.keys(parts.perStep).map((name) =>
    node({ op: 'Gather', inputs: [allSteps(name), ROW], outputs: [name] }),
  );
  return encodeModel({
    name: 'step',
    nodes: [...rowsOf, ...nodes],
    initializers,
    inputs: [
      { name: ROW, dtype: 'int32', shape: [] },
      ...infos({ ...parts.state, ...parts.constants }),
      ...infos(stackedSpecs(parts.perStep, rows)),
    ],
    outputs: outputInfos(outputs),
  });
}

/** Specs of per-step inputs for a number of steps, by the names of model inputs. */
export function stackedSpecs(perStep: Specs, rows: number): Specs {
  return Object.fromEntries(
    Object.entries(perStep).map(([name, { shape, dtype }]) => [
      allSteps(name),
      { shape: [rows, ...shape], dtype },
    ]),
  );
}

/**
 * A training loop for sessions in place: one ONNX `Loop` whose trip count is an input, so a program runs any number of
 * steps a call.
 *
 * Model inputs: `steps` (int64 scalar), the constants, `before:NAME` for the state, and `all:NAME` for per-step inputs
 * stacked to `[steps, ...shape]`; outputs: `after:NAME` for the state, and each step's outputs stacked likewise. Inside
 * the body a step's inputs are rows gathered by the iteration number.
 */
export function loopModel(parts: LoopParts, target: Target): Uint8Array {
  const states = Object.keys(parts.state);
  const next = states.map((name) => [nextState(name), parts.next[name] as Value] as const);
  const outputs = Object.entries(parts.outputs);
  const results = [...next, ...outputs.map(([name, v]) => [`now:${name}`, v] as const)];
  const { nodes, initializers } = emit(results, target);
  const body = {
    name: 'step',
    nodes: [
      node({ op: 'Identity', inputs: ['go'], outputs: ['on'] }),
      ...Object.keys(parts.perStep).map((name) =>
        node({ op: 'Gather', inputs: [allSteps(name), 'iteration'], outputs: [name] }),
      ),
      ...nodes,
    ],
    initializers,
    inputs: [
      { name: 'iteration', dtype: 'int64', shape: [] },
      { name: 'go', dtype: 'bool', shape: [] },
      ...infos(parts.state),
    ] satisfies ValueInfo[],
    outputs: [
      { name: 'on', dtype: 'bool', shape: [] } satisfies ValueInfo,
      ...outputInfos(results),
    ],
  };
  const stacked = outputs.map(([name, { dtype, shape }]) => ({
    name,
    dtype,
    shape: [STEPS, ...shape],
  }));
  return encodeModel({
    name: 'training',
    nodes: [
      node({
        op: 'Loop',
        inputs: [STEPS, '', ...states.map(stateBefore)],
        outputs: [...states.map(stateAfter), ...stacked.map(({ name }) => name)],
        attributes: [graphAttribute('body', body)],
      }),
      unreadable,
    ],
    initializers: [],
    inputs: [
      { name: STEPS, dtype: 'int64', shape: [] },
      ...infos(parts.state).map((info) => ({ ...info, name: stateBefore(info.name) })),
      ...infos(parts.constants),
      ...infos(parts.perStep).map((info) => ({
        ...info,
        name: allSteps(info.name),
        shape: [STEPS, ...info.shape],
      })),
    ],
    outputs: [
      unreadableInfo,
      ...infos(parts.state).map((info) => ({ ...info, name: stateAfter(info.name) })),
      ...stacked,
    ],
  });
}
