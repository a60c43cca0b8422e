import type { GraphBuilder, Value } from '../graph.ts';
import { elements } from '../graph.ts';
import { axisOf } from './axes.ts';
import { broadcastTo } from './elementwise.ts';
import { gather } from './indexing.ts';
import type { Lowerings } from './lowering.ts';
import { reshape } from './shape.ts';

/** Tensors joined along an axis. */
export function concat(graph: GraphBuilder, parts: readonly Value[], axis: number): Value {
  const [first] = parts as readonly [Value];
  const fits = (part: Value) =>
    part.shape.length === first.shape.length &&
    part.shape.every((extent, i) => i === axis || extent === first.shape[i]);
  if (!parts.every(fits)) {
    const shapes = parts.map((part) => `[${part.shape}]`).join(', ');
    throw new Error(`tensors cannot be joined along axis ${axis}: ${shapes}`);
  }
  const filled = parts.filter((part) => elements(part) > 0);
  if (filled.length === 1) return filled[0] as Value;
  const extent = parts.reduce((sum, part) => sum + (part.shape[axis] as number), 0);
  const shape = first.shape.map((e, i) => (i === axis ? extent : e));
  if (filled.length === 0) return graph.uniform(0, shape, first.dtype);
  return graph.node(
    'Concat',
    filled,
    { shape, dtype: first.dtype },
    { axis: { kind: 'int', value: axis } },
  );
}

/** A tensor cut into parts of given extents along an axis. */
export function split(
  graph: GraphBuilder,
  x: Value,
  axis: number,
  sizes: readonly number[],
): readonly Value[] {
  if (sizes.length === 1) return [x];
  const outputs = sizes.map((size) => ({
    shape: x.shape.map((e, i) => (i === axis ? size : e)),
    dtype: x.dtype,
  }));
  if (x.source.kind === 'uniform') {
    const { value } = x.source;
    return outputs.map(({ shape, dtype }) => graph.uniform(value, shape, dtype));
  }
  return graph.nodes('Split', [x, graph.int64s(sizes)], outputs, {
    axis: { kind: 'int', value: axis },
  });
}

type Paddings = readonly (readonly [number, number])[];

/** A tensor with a constant put before and after each axis. */
export function pad(graph: GraphBuilder, x: Value, paddings: Paddings, value: number): Value {
  if (paddings.every(([before, after]) => before === 0 && after === 0)) return x;
  const shape = x.shape.map((extent, i) => {
    const [before, after] = paddings[i] as readonly [number, number];
    return before + extent + after;
  });
  if (x.source.kind === 'uniform' && x.source.value === value) {
    return graph.uniform(value, shape, x.dtype);
  }
  const amounts = graph.int64s([...paddings.map(([b]) => b), ...paddings.map(([, a]) => a)]);
  return graph.node('Pad', [x, amounts, graph.uniform(value, [], x.dtype)], {
    shape,
    dtype: x.dtype,
  });
}

/** Positions that an axis padded with its mirror image reads; `symmetric` repeats the edge itself. */
function mirrored(extent: number, [before, after]: readonly [number, number], edge: 0 | 1) {
  const indices = [];
  for (let i = -before; i < extent + after; i++) {
    if (i < 0) indices.push(-i - 1 + edge);
    else indices.push(i < extent ? i : 2 * extent - 1 - i - edge);
  }
  return Int32Array.from(indices);
}

/** Joining, cutting, padding and repeating. */
export const joins: Lowerings = {
  Concat: ({ graph, inputs, attribute }) =>
    concat(graph, inputs, axisOf(attribute('axis'), inputs[0]?.shape.length ?? 0)),
  Pack: ({ graph, inputs, attribute }) => {
    const axis = axisOf(attribute('axis'), (inputs[0]?.shape.length ?? 0) + 1);
    const parts = inputs.map((x) =>
      reshape(graph, x, [...x.shape.slice(0, axis), 1, ...x.shape.slice(axis)]),
    );
    return concat(graph, parts, axis);
  },
  SplitV: ({ graph, input, attribute }) => {
    const x = input('x');
    const axis = axisOf(attribute('axis'), x.shape.length);
    const asked = attribute<number | number[]>('numOrSizeSplits');
    const extent = x.shape[axis] as number;
    if (typeof asked === 'number') {
      return split(graph, x, axis, new Array<number>(asked).fill(extent / asked));
    }
    const known = asked.filter((size) => size >= 0).reduce((sum, size) => sum + size, 0);
    return split(
      graph,
      x,
      axis,
      asked.map((size) => (size < 0 ? extent - known : size)),
    );
  },
  Unpack: ({ graph, input, attribute }) => {
    const x = input('value');
    const axis = axisOf(attribute('axis'), x.shape.length);
    const count = x.shape[axis] as number;
    const shape = x.shape.filter((_, i) => i !== axis);
    return split(graph, x, axis, new Array<number>(count).fill(1)).map((part) =>
      reshape(graph, part, shape),
    );
  },
  PadV2: ({ graph, input, attribute }) =>
    pad(graph, input('x'), attribute('paddings'), attribute('constantValue')),
  // By reading positions that are known now: ONNX has the one mode and not the other.
  MirrorPad: ({ graph, input, attribute }) => {
    const edge = attribute('mode') === 'reflect' ? 1 : 0;
    return attribute<Paddings>('paddings').reduce((x, padding, axis) => {
      if (padding[0] === 0 && padding[1] === 0) return x;
      const indices = mirrored(x.shape[axis] as number, padding, edge);
      return gather(graph, x, graph.constant(indices, [indices.length], 'int32'), axis);
    }, input('x'));
  },
  Tile: ({ graph, input, attribute }) => {
    const x = input('x');
    const reps = attribute<readonly number[]>('reps');
    const shape = x.shape.map((extent, i) => extent * (reps[i] as number));
    // Repeats of single elements are a broadcast, which whatever reads them may not need at all.
    if (reps.every((times, i) => times === 1 || x.shape[i] === 1)) {
      return broadcastTo(graph, x, shape);
    }
    if (x.source.kind === 'uniform') return graph.uniform(x.source.value, shape, x.dtype);
    return graph.node('Tile', [x, graph.int64s(reps)], { shape, dtype: x.dtype });
  },
  BroadcastTo: ({ graph, input, attribute }) => broadcastTo(graph, input('x'), attribute('shape')),
};
