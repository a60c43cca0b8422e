import { slice_util } from '@tensorflow/tfjs';
import type { GraphBuilder, Value } from '../graph.ts';
import { axesOf } from './axes.ts';
import type { Lowerings } from './lowering.ts';
import { reshape } from './shape.ts';

/** The range of one axis, end exclusive; an end of null runs backwards past the first element. */
interface AxisRange {
  readonly axis: number;
  readonly start: number;
  readonly end: number | null;
  readonly step: number;
  /** Elements taken. */
  readonly extent: number;
}

/** ONNX reads an end this low as "before the first element", where −1 would mean the last. */
const BEFORE_FIRST = -(2 ** 31);

/** Ranges of some axes of a tensor, the others whole. */
function sliceRanges(graph: GraphBuilder, x: Value, ranges: readonly AxisRange[]): Value {
  const cut = ranges.filter(
    ({ axis, start, step, extent }) => start !== 0 || step !== 1 || extent !== x.shape[axis],
  );
  if (cut.length === 0) return x;
  const shape = x.shape.map((extent, axis) => cut.find((r) => r.axis === axis)?.extent ?? extent);
  if (x.source.kind === 'uniform') return graph.uniform(x.source.value, shape, x.dtype);
  if (shape.includes(0)) return graph.uniform(0, shape, x.dtype);
  return graph.node(
    'Slice',
    [
      x,
      graph.int64s(cut.map((r) => r.start)),
      graph.int64s(cut.map((r) => r.end ?? BEFORE_FIRST)),
      graph.int64s(cut.map((r) => r.axis)),
      graph.int64s(cut.map((r) => r.step)),
    ],
    { shape, dtype: x.dtype },
  );
}

/** The box of `size` elements an axis from `begin` on. */
export function slice(
  graph: GraphBuilder,
  x: Value,
  begin: readonly number[],
  size: readonly number[],
): Value {
  const ranges = begin.map((start, axis) => {
    const extent = size[axis] as number;
    return { axis, start, end: start + extent, step: 1, extent };
  });
  return sliceRanges(graph, x, ranges);
}

/** A tensor read backwards along some axes. */
export function reverse(graph: GraphBuilder, x: Value, axes: readonly number[]): Value {
  const ranges = axes
    .map((axis) => ({ axis, extent: x.shape[axis] as number }))
    .filter(({ extent }) => extent > 1)
    .map(({ axis, extent }) => ({ axis, extent, start: extent - 1, end: null, step: -1 }));
  return sliceRanges(graph, x, ranges);
}

/** Slices of tensors. */
export const slices: Lowerings = {
  Slice: ({ graph, input, attribute }) => {
    const x = input('x');
    const whole = x.shape.map((extent, axis) => ({ axis, extent }));
    const list = (value: number | readonly number[]) =>
      typeof value === 'number' ? [value] : value;
    const begin = list(attribute('begin'));
    const size = list(attribute('size'));
    const from = whole.map(({ axis }) => begin[axis] ?? 0);
    const extents = whole.map(({ axis, extent }) => {
      const asked = size[axis] ?? -1;
      return asked < 0 ? extent - (from[axis] as number) : asked;
    });
    const past = whole.find(
      ({ axis, extent }) => (from[axis] as number) + (extents[axis] as number) > extent,
    );
    if (past) throw new Error(`[${from}] + [${extents}] reaches past the shape [${x.shape}]`);
    return slice(graph, x, from, extents);
  },
  StridedSlice: ({ graph, input, attribute }) => {
    const x = input('x');
    const info = slice_util.sliceInfo(
      x.shape as number[],
      attribute('begin'),
      attribute('end'),
      attribute('strides'),
      attribute('beginMask'),
      attribute('endMask'),
      attribute('ellipsisMask'),
      attribute('newAxisMask'),
      attribute('shrinkAxisMask'),
    );
    const ranges = info.begin.map((start, axis) => {
      const step = info.strides[axis] as number;
      const extent = Math.max(0, Math.ceil(((info.end[axis] as number) - start) / step));
      // Forwards and then reversed: the WebGPU provider misreads steps below −1.
      const first = step < 0 ? start + (extent - 1) * step : start;
      const stride = Math.abs(step);
      return { axis, start: first, step: stride, extent, end: first + (extent - 1) * stride + 1 };
    });
    const backwards = ranges.map(({ axis }) => axis).filter((i) => (info.strides[i] as number) < 0);
    const taken = reverse(graph, sliceRanges(graph, x, ranges), backwards);
    return reshape(graph, taken, info.finalShape);
  },
  Reverse: ({ graph, input, attribute }) => {
    const x = input('x');
    return reverse(graph, x, axesOf(attribute('dims'), x.shape.length));
  },
};
