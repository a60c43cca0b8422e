import type { DType, HostArray } from './tensor-spec.ts';
import { sizeOf } from './tensor-spec.ts';

/** Attribute of a node, as ONNX knows them: whole numbers, floats, lists of either, and strings. */
export type Attribute =
  | { readonly kind: 'int'; readonly value: number }
  | { readonly kind: 'float'; readonly value: number }
  | { readonly kind: 'ints'; readonly value: readonly number[] }
  | { readonly kind: 'string'; readonly value: string };

export type Attributes = Readonly<Record<string, Attribute>>;

/** Element types inside a graph; int64 only where ONNX insists on it (shapes, axes, indices of TopK). */
export type ElementType = DType | 'int64';

export interface ConstantData {
  readonly kind: 'constant';
  readonly data: HostArray | BigInt64Array;
}

/** A tensor of one value everywhere: kept symbolic, so that arithmetic on it folds away. */
export interface UniformData {
  readonly kind: 'uniform';
  readonly value: number;
}

export interface InputData {
  readonly kind: 'input';
  readonly name: string;
}

export interface NodeData {
  readonly kind: 'node';
  readonly node: Node;
}

/** One tensor of a graph. Values are unique: two equal computations are the same object. */
export interface Value {
  readonly id: number;
  readonly shape: readonly number[];
  readonly dtype: ElementType;
  readonly source: ConstantData | UniformData | InputData | NodeData;
}

/** An operation. `op` is an ONNX operator, or one of the pseudo-operators that `legalize` expands. */
export interface Node {
  readonly op: string;
  readonly inputs: readonly (Value | null)[];
  readonly attributes: Attributes;
  readonly outputs: readonly Value[];
}

export interface OutputSpec {
  readonly shape: readonly number[];
  readonly dtype: ElementType;
}

/**
 * A graph under construction. Nodes are hash-consed: asking for an operation that already stands on the same
 * inputs with the same attributes gives the value that stands there, so a common subexpression is computed once.
 * Nodes that no output needs are never visited by `topologicalOrder`, so dead code drops out by itself.
 */
export class GraphBuilder {
  #values = 0;
  readonly #nodes = new Map<string, Node>();
  readonly #constants = new Map<string, Value>();

  input(name: string, shape: readonly number[], dtype: ElementType): Value {
    return this.#value(shape, dtype, { kind: 'input', name });
  }

  constant(data: HostArray | BigInt64Array, shape: readonly number[], dtype: ElementType): Value {
    const first = data[0];
    if (dtype !== 'int64' && first !== undefined && isUniform(data)) {
      return this.uniform(Number(first), shape, dtype);
    }
    if (data.length > 256) return this.#value(shape, dtype, { kind: 'constant', data });
    const numbers = Array.from<number | bigint, string>(data, (v) =>
      Object.is(v, -0) ? '-0' : `${v}`,
    );
    return this.#intern(`${dtype}[${shape}]${numbers}`, shape, dtype, {
      kind: 'constant',
      data,
    });
  }

  uniform(value: number, shape: readonly number[], dtype: ElementType): Value {
    const key = `${dtype}[${shape}]=${Object.is(value, -0) ? '-0' : value}`;
    return this.#intern(key, shape, dtype, { kind: 'uniform', value });
  }

  /** A one-dimensional int64 constant: axes, shapes, repeats. */
  int64s(values: readonly number[]): Value {
    return this.constant(BigInt64Array.from(values.map(BigInt)), [values.length], 'int64');
  }

  nodes(
    op: string,
    inputs: readonly (Value | null)[],
    outputs: readonly OutputSpec[],
    attributes: Attributes = {},
  ): readonly Value[] {
    const key = `${op}(${inputs.map((v) => v?.id ?? '')})${JSON.stringify(attributes)}`;
    const known = this.#nodes.get(key);
    if (known) return known.outputs;
    const made: Value[] = [];
    const node: Node = { op, inputs, attributes, outputs: made };
    for (const { shape, dtype } of outputs) {
      made.push(this.#value(shape, dtype, { kind: 'node', node }));
    }
    this.#nodes.set(key, node);
    return made;
  }

  node(
    op: string,
    inputs: readonly (Value | null)[],
    output: OutputSpec,
    attributes: Attributes = {},
  ): Value {
    return this.nodes(op, inputs, [output], attributes)[0] as Value;
  }

  /** The value an operation has already been given, if it stands in the graph. */
  find(op: string, inputs: readonly Value[], attributes: Attributes = {}): Value | undefined {
    const key = `${op}(${inputs.map((v) => v.id)})${JSON.stringify(attributes)}`;
    return this.#nodes.get(key)?.outputs[0];
  }

  #intern(
    key: string,
    shape: readonly number[],
    dtype: ElementType,
    source: Value['source'],
  ): Value {
    const known = this.#constants.get(key);
    if (known) return known;
    const value = this.#value(shape, dtype, source);
    this.#constants.set(key, value);
    return value;
  }

  #value(shape: readonly number[], dtype: ElementType, source: Value['source']): Value {
    return { id: this.#values++, shape: [...shape], dtype, source };
  }
}

/** The node that makes a value, if its operator is `op`. */
export function madeBy(value: Value, op: string): Node | undefined {
  return value.source.kind === 'node' && value.source.node.op === op
    ? value.source.node
    : undefined;
}

/** Nodes that the outputs need, each after what it needs; ties in order of creation. */
export function topologicalOrder(outputs: readonly Value[]): readonly Node[] {
  const order: Node[] = [];
  const seen = new Set<Node>();
  // An explicit stack: unrolled graphs are deeper than the call stack.
  const stack: { node: Node; next: number }[] = [];
  const push = (value: Value | null | undefined): void => {
    if (value?.source.kind !== 'node' || seen.has(value.source.node)) return;
    seen.add(value.source.node);
    stack.push({ node: value.source.node, next: 0 });
  };
  for (const output of outputs) {
    push(output);
    for (let top = stack.at(-1); top; top = stack.at(-1)) {
      if (top.next < top.node.inputs.length) push(top.node.inputs[top.next++]);
      else {
        order.push(top.node);
        stack.pop();
      }
    }
  }
  return order;
}

function isUniform(data: HostArray | BigInt64Array): boolean {
  const first = data[0];
  for (let i = 1; i < data.length; i++) if (!Object.is(data[i], first)) return false;
  return true;
}

/** Elements of a value. */
export function elements(value: Value): number {
  return sizeOf(value.shape);
}
