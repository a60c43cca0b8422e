import type { Value } from '../graph.ts';
import type { LoopParts } from '../onnx/models.ts';
import type { Specs } from '../tensor-spec.ts';
import { sizeOf } from '../tensor-spec.ts';
import type { UpdateGroup } from './plan-update.ts';

/** Bytes, and lines between tensors: equal elements of several must not fall into one set of the cache. */
const CACHE_LINE = 64;
const SKEW = 9;

/** What crosses between session and kernel. */
export interface Boundary {
  /** Inputs of the step that the kernel reads. */
  readonly read: readonly Value[];
  /** Values of the graph that the kernel reads. */
  readonly made: readonly Value[];
  /** States that the kernel does not make. */
  readonly copied: readonly string[];
}

/** Finds what crosses between the graph of a step and the kernel of its updates. */
export function boundaryOf({ state }: LoopParts, groups: readonly UpdateGroup[]): Boundary {
  const sources = new Set<Value>();
  const updated = new Set<string>();
  for (const { terms, results } of groups) {
    for (const term of terms) if ('source' in term) sources.add(term.source);
    for (const name of results.keys()) updated.add(name);
  }
  const isInput = ({ source }: Value) => source.kind === 'input';
  return {
    read: [...sources].filter(isInput),
    made: [...sources].filter((value) => !isInput(value)),
    copied: Object.keys(state).filter((name) => !updated.has(name)),
  };
}

/** Byte addresses in the kernel's memory. */
export interface Layout {
  addressOf(source: Value): number;
  addressOfState(name: string): number;
  readonly bytes: number;
  /** Of inputs of the step, by name. */
  readonly inputs: ReadonlyMap<string, number>;
  /** Of values that the graph makes, by id. */
  readonly made: ReadonlyMap<number, number>;
}

/** Gives every tensor that the kernel touches a place of its own. */
export function layOut(state: Specs, boundary: Boundary): Layout {
  const inputs = new Map<string, number>();
  const results = new Map<number, number>();
  let bytes = 0;
  const place = (shape: readonly number[]): number => {
    const address = bytes;
    bytes += CACHE_LINE * (Math.ceil((4 * sizeOf(shape)) / CACHE_LINE) + SKEW);
    return address;
  };
  const nameOf = ({ source }: Value) => (source.kind === 'input' ? source.name : '');
  for (const [name, { shape, dtype }] of Object.entries(state)) {
    if (dtype === 'float32') inputs.set(name, place(shape));
  }
  for (const value of boundary.read) {
    const name = nameOf(value);
    if (!inputs.has(name)) inputs.set(name, place(value.shape));
  }
  for (const { id, shape } of boundary.made) results.set(id, place(shape));
  return {
    inputs,
    made: results,
    addressOf: (value) =>
      (value.source.kind === 'input'
        ? inputs.get(value.source.name)
        : results.get(value.id)) as number,
    addressOfState: (name) => inputs.get(name) as number,
    bytes,
  };
}
