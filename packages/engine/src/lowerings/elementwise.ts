import type { Attributes, ElementType, GraphBuilder, Value } from '../graph.ts';
import { madeBy } from '../graph.ts';
import { sizeOf } from '../tensor-spec.ts';

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
  const column = columnSource(slim, shape);
  if (column) {
    const flat = slim.map((v) => (v.shape.length === 0 ? v : column));
    const made = graph.node(op, flat, { shape: column.shape, dtype }, options.attributes);
    return graph.node('Reshape', [made, graph.int64s(shape)], { shape, dtype });
  }
  return graph.node(op, slim, { shape, dtype }, options.attributes);
}

/** A column shorter than this costs less than a reshape of it. */
const LONG_COLUMN = 64;

/**
 * Of operands that are one reshaped value and single numbers, what the value was before it became a column, `[..., 1]`:
 * ONNX Runtime broadcasts a number over a column one element at a time, several times slower than over a row. Statistics
 * of rows are such columns.
 */
function columnSource(operands: readonly Value[], shape: readonly number[]): Value | undefined {
  const [value, ...others] = operands.filter((v) => v.shape.length > 0);
  if (!value || shape.at(-1) !== 1 || !sameShape(value.shape, shape)) return undefined;
  if (others.some((other) => other !== value)) return undefined;
  const source = madeBy(value, 'Reshape')?.inputs[0];
  if (!source || source.shape.at(-1) === 1 || sizeOf(shape) < LONG_COLUMN) return undefined;
  return source;
}

function unexpanded(graph: GraphBuilder, value: Value): Value {
  if (value.source.kind === 'uniform') return graph.uniform(value.source.value, [], value.dtype);
  return (madeBy(value, 'Expand')?.inputs[0] as Value | undefined) ?? value;
}
