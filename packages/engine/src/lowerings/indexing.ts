import type { ElementType, GraphBuilder, Value } from '../graph.ts';
import { elements } from '../graph.ts';
import type { DType } from '../tensor-spec.ts';
import { sizeOf } from '../tensor-spec.ts';
import { add, multiply } from './arithmetic.ts';
import { axisOf } from './axes.ts';
import { compare } from './comparison.ts';
import { elementwise } from './elementwise.ts';
import type { Lowerings } from './lowering.ts';
import { int } from './scalars.ts';
import { cast, reshape, transpose } from './shape.ts';
import { slice } from './slicing.ts';

/** 0, 1, … `count` − 1, laid along one axis of a shape of ones. */
export function counting(graph: GraphBuilder, count: number, shape: readonly number[]): Value {
  return graph.constant(
    Int32Array.from({ length: count }, (_, i) => i),
    shape,
    'int32',
  );
}

/** Positions below `count` that an operator has found, as int32. */
export function narrow(graph: GraphBuilder, positions: Value, count: number): Value {
  return graph.node('Position', [positions, counting(graph, count, [count])], {
    shape: positions.shape,
    dtype: 'int32',
  });
}

/** Slices of `x` at `indices` along an axis. */
export function gather(graph: GraphBuilder, x: Value, indices: Value, axis: number): Value {
  const shape = [...x.shape.slice(0, axis), ...indices.shape, ...x.shape.slice(axis + 1)];
  if (x.source.kind === 'uniform') return graph.uniform(x.source.value, shape, x.dtype);
  return graph.node(
    'Gather',
    [x, indices],
    { shape, dtype: x.dtype },
    { axis: { kind: 'int', value: axis } },
  );
}

/**
 * Slices of `x` at indices that differ by batch: the batch axes and the gathered one are laid out as one axis
 * of rows, and the indices count rows.
 */
function gatherBatched(
  graph: GraphBuilder,
  x: Value,
  indices: Value,
  axis: number,
  batchDims: number,
): Value {
  const rank = x.shape.length;
  const batch = x.shape.slice(0, batchDims);
  const outer = Array.from({ length: axis - batchDims }, (_, i) => batchDims + i);
  const inner = Array.from({ length: rank - axis - 1 }, (_, i) => axis + 1 + i);
  const front = [...batch.keys()];
  const moved = transpose(graph, x, [...front, axis, ...outer, ...inner]);
  const count = x.shape[axis] as number;
  const slices = moved.shape.slice(batchDims + 1);
  const table = reshape(graph, moved, [sizeOf(batch) * count, ...slices]);
  const offsets = multiply(
    graph,
    counting(graph, sizeOf(batch), [...batch, ...indices.shape.slice(batchDims).map(() => 1)]),
    int(graph, count),
  );
  const found = gather(graph, table, add(graph, indices, offsets), 0);
  const picks = indices.shape.length - batchDims;
  const at = (start: number, length: number) => Array.from({ length }, (_, i) => start + i);
  return transpose(graph, found, [
    ...front,
    ...at(batchDims + picks, outer.length),
    ...at(batchDims, picks),
    ...at(batchDims + picks + outer.length, inner.length),
  ]);
}

/** Writes or adds slices into a tensor at positions of its leading axes, `[..., position]`. */
function scatter(
  graph: GraphBuilder,
  into: Value,
  positions: Value,
  updates: Value,
  reduction: 'none' | 'add',
): Value {
  return graph.node(
    'ScatterND',
    [into, cast(graph, positions, 'int64'), updates],
    { shape: into.shape, dtype: into.dtype },
    { reduction: { kind: 'string', value: reduction } },
  );
}

/** Sums the rows of `x` by segment; an id outside 0 … `count` − 1 belongs to none. */
export function segmentSum(graph: GraphBuilder, x: Value, ids: Value, count: number): Value {
  const row = x.shape.slice(ids.shape.length);
  // Strays go to one more segment, which is cut off: ONNX would count negative ids from the end.
  const stray = compare(graph, 'Less', ids, int(graph, 0));
  const low = elementwise(graph, 'Where', [stray, int(graph, count), ids]);
  const segment = elementwise(graph, 'Min', [low, int(graph, count)]);
  const sums = scatter(
    graph,
    graph.uniform(0, [count + 1, ...row], x.dtype),
    reshape(graph, segment, [elements(ids), 1]),
    reshape(graph, x, [elements(ids), ...row]),
    'add',
  );
  return slice(graph, sums, [0, ...row.map(() => 0)], [count, ...row]);
}

/** One where the index says so and zero elsewhere, along a new last axis; indices outside give zeros. */
function oneHot(
  graph: GraphBuilder,
  indices: Value,
  depth: number,
  { on, off, dtype }: { on: number; off: number; dtype: ElementType },
): Value {
  const slots = counting(graph, depth, [...indices.shape.map(() => 1), depth]);
  const hit = compare(graph, 'Equal', reshape(graph, indices, [...indices.shape, 1]), slots);
  if (on === 1 && off === 0) return cast(graph, hit, dtype);
  return elementwise(graph, 'Where', [
    hit,
    graph.uniform(on, [], dtype),
    graph.uniform(off, [], dtype),
  ]);
}

/** Reading and writing by index. */
export const indexings: Lowerings = {
  GatherV2: ({ graph, input, attribute }) => {
    const x = input('x');
    const indices = cast(graph, input('indices'), 'int32');
    const given = attribute<number | readonly number[]>('axis');
    const first = typeof given === 'number' ? given : (given[0] as number);
    const axis = axisOf(first, x.shape.length);
    const batchDims = attribute<number | undefined>('batchDims') ?? 0;
    return batchDims === 0
      ? gather(graph, x, indices, axis)
      : gatherBatched(graph, x, indices, axis, batchDims);
  },
  UnsortedSegmentSum: ({ graph, input, attribute }) =>
    segmentSum(graph, input('x'), input('segmentIds'), attribute('numSegments')),
  GatherNd: ({ graph, input }) => {
    const x = input('params');
    const positions = input('indices');
    const depth = positions.shape.at(-1) as number;
    const shape = [...positions.shape.slice(0, -1), ...x.shape.slice(depth)];
    return graph.node('GatherND', [x, cast(graph, positions, 'int64')], { shape, dtype: x.dtype });
  },
  ScatterNd: ({ graph, input, attribute }) => {
    const updates = input('updates');
    const zeros = graph.uniform(0, attribute('shape'), updates.dtype);
    return scatter(graph, zeros, input('indices'), updates, 'add');
  },
  TensorScatterUpdate: ({ graph, input }) =>
    scatter(graph, input('tensor'), input('indices'), input('updates'), 'none'),
  OneHot: ({ graph, input, attribute }) =>
    oneHot(graph, input('indices'), attribute('depth'), {
      on: attribute('onValue'),
      off: attribute('offValue'),
      dtype: attribute<DType | undefined>('dtype') ?? 'float32',
    }),
  TopK: ({ graph, input, attribute }) => {
    const x = input('x');
    const k = attribute<number>('k');
    const shape = [...x.shape.slice(0, -1), k];
    if (sizeOf(shape) === 0)
      return [graph.uniform(0, shape, x.dtype), graph.uniform(0, shape, 'int32')];
    const [values, positions] = graph.nodes(
      'TopK',
      [x, graph.int64s([k])],
      [
        { shape, dtype: x.dtype },
        { shape, dtype: 'int64' },
      ],
    ) as readonly [Value, Value];
    return [values, narrow(graph, positions, x.shape.at(-1) as number)];
  },
  Bincount: ({ graph, input, attribute }) =>
    counts(graph, input('x'), input('weights'), attribute('size')),
  DenseBincount: ({ graph, input, attribute }) => {
    if (input('x').shape.length !== 1 || attribute('binaryOutput')) {
      throw new Error('DenseBincount is traced for one axis and without binaryOutput only');
    }
    return counts(graph, input('x'), input('weights'), attribute('size'));
  },
};

function counts(graph: GraphBuilder, x: Value, weights: Value, size: number): Value {
  const each = elements(weights) > 0 ? weights : graph.uniform(1, x.shape, weights.dtype);
  return segmentSum(graph, each, x, size);
}
