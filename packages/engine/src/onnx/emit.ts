import type { Node, Value } from '../graph.ts';
import { elements, topologicalOrder } from '../graph.ts';
import { arrayKind } from '../tensor-spec.ts';
import { legalize, type Target } from './legalize.ts';
import type { Message } from './protobuf.ts';
import { attribute, node as nodeMessage, tensor } from './protobuf.ts';

/** Nodes and constants of a graph as ONNX messages. */
export interface Emitted {
  readonly nodes: readonly Message[];
  readonly initializers: readonly Message[];
}

/**
 * Writes what the named outputs need, in order. Inputs keep their names, other values are numbered; an output
 * that a node makes is written under its own name, and one that is an input, a constant or some other output
 * as well is copied to it.
 */
export function emit(
  outputs: readonly (readonly [name: string, value: Value])[],
  target: Target,
): Emitted {
  const initializers: Message[] = [];
  const constants = new Set<number>();
  const claimed = new Map<number, string>();
  for (const [name, value] of outputs) {
    if (value.source.kind === 'node' && !claimed.has(value.id)) claimed.set(value.id, name);
  }
  const nameOf = (value: Value): string => {
    const { source } = value;
    if (source.kind === 'input') return source.name;
    const name = claimed.get(value.id) ?? `v${value.id}`;
    if (source.kind === 'node' || constants.has(value.id)) return name;
    constants.add(value.id);
    const data = source.kind === 'constant' ? source.data : uniformArray(value, source.value);
    initializers.push(tensor(name, value.dtype, value.shape, data));
    return name;
  };
  const nodes = topologicalOrder(outputs.map(([, value]) => value)).flatMap((node: Node) =>
    legalize(
      {
        op: node.op,
        inputs: node.inputs.map((v) => (v ? nameOf(v) : '')),
        outputs: node.outputs.map(nameOf),
        attributes: node.attributes,
        rank: node.inputs.map((v) => v?.shape.length ?? 0),
      },
      target,
    ).map(({ op, domain, inputs, outputs: made, attributes }) =>
      nodeMessage({
        op,
        inputs,
        outputs: made,
        ...(domain && { domain }),
        attributes: Object.entries(attributes).map(([name, a]) => attribute(name, a)),
      }),
    ),
  );
  for (const [name, value] of outputs) {
    if (claimed.get(value.id) === name) continue;
    nodes.push(nodeMessage({ op: 'Identity', inputs: [nameOf(value)], outputs: [name] }));
  }
  return { nodes, initializers };
}

function uniformArray(
  value: Value,
  uniform: number,
): BigInt64Array | Float32Array | Int32Array | Uint8Array {
  const size = elements(value);
  if (value.dtype === 'int64') return new BigInt64Array(size).fill(BigInt(uniform));
  return new (arrayKind(value.dtype))(size).fill(uniform);
}
