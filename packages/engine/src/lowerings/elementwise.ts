import type { Attributes, ElementType, GraphBuilder, Value } from '../graph.ts';
import { madeBy } from '../graph.ts';

/** Shape of a broadcast, as numpy defines it. @throws if the shapes do not broadcast. */
export function broadcastShape(...shapes: readonly (readonly number[])[]): number[] {
  const rank = Math.max(0, ...shapes.map((s) => s.length));
  return Array.from({ length: rank }, (_, axis) => {
    const extents = shapes.map((s) => s[axis - rank + s.length] ?? 1).filter((e) => e !== 1);
    const extent = extents[0] ?? 1;
    if (extents.some((e) => e !== extent)) {
      throw new Error(`shapes do not broadcast: ${shapes.map((s) => `[${s}]`).join(' and ')}`);
    }
    return extent;
  });
}

export const sameShape = (a: readonly number[], b: readonly number[]): boolean =>
  a.length === b.length && a.every((extent, axis) => extent === b[axis]);

/** The value that a tensor has everywhere, if it is known to. */
export const uniformValue = (v: Value): number | undefined =>
  v.source.kind === 'uniform' ? v.source.value : undefined;

/** A tensor repeated along its axes of extent 1 (and new leading axes); no node where nothing changes. */
export function broadcastTo(graph: GraphBuilder, x: Value, shape: readonly number[]): Value {
  if (sameShape(x.shape, shape)) return x;
  if (x.source.kind === 'uniform') return graph.uniform(x.source.value, shape, x.dtype);
  return graph.node('Expand', [x, graph.int64s(shape)], { shape, dtype: x.dtype });
}

/**
 * An elementwise operation with broadcasting. Operands that were only repeated to fit (an Expand, or one value
 * everywhere) are taken as they were before, as far as the shape of the result allows.
 */
export function elementwise(
  graph: GraphBuilder,
  op: string,
  operands: readonly Value[],
  options: { readonly dtype?: ElementType; readonly attributes?: Attributes } = {},
): Value {
  const shape = broadcastShape(...operands.map((v) => v.shape));
  const slim = [...operands];
  for (const [i, operand] of operands.entries()) {
    const smaller = unexpanded(graph, operand);
    const others = slim.map((v, j) => (j === i ? smaller.shape : v.shape));
    if (sameShape(broadcastShape(...others), shape)) slim[i] = smaller;
  }
  const dtype = options.dtype ?? (operands.at(-1) as Value).dtype;
  const inputs = shape.at(-1) === 1 ? slim.map((v) => ranked(graph, v, shape.length)) : slim;
  return graph.node(op, inputs, { shape, dtype }, options.attributes);
}

/**
 * A number as a tensor with axes: ONNX Runtime broadcasts one without over a column, `[..., 1]`, element by element, ten
 * times slower than over a row. Statistics of rows are such columns.
 */
function ranked(graph: GraphBuilder, value: Value, rank: number): Value {
  if (value.source.kind !== 'uniform' || value.shape.length > 0) return value;
  return graph.uniform(value.source.value, Array(rank).fill(1), value.dtype);
}

function unexpanded(graph: GraphBuilder, value: Value): Value {
  if (value.source.kind === 'uniform') return graph.uniform(value.source.value, [], value.dtype);
  return (madeBy(value, 'Expand')?.inputs[0] as Value | undefined) ?? value;
}
