import type { GraphBuilder, Value } from '../graph.ts';
import { multiply } from './arithmetic.ts';
import { axisOf } from './axes.ts';
import { pad } from './joining.ts';
import type { KernelCall, Lowerings } from './lowering.ts';
import { int } from './scalars.ts';
import { reverse, slice } from './slicing.ts';

const axisIn = ({ attribute }: KernelCall, x: Value): number =>
  axisOf(attribute<number | undefined>('axis') ?? 0, x.shape.length);

/** Sums along an axis, so far; `exclusive` leaves out the element itself, `reverse` starts from the end. */
export function cumulativeSum(
  graph: GraphBuilder,
  x: Value,
  { axis, exclusive = false, reverse: backwards = false }: CumulativeOptions,
): Value {
  const flag = (value: boolean) => ({ kind: 'int', value: value ? 1 : 0 }) as const;
  return graph.node(
    'CumSum',
    [x, int(graph, axis)],
    { shape: x.shape, dtype: x.dtype },
    { exclusive: flag(exclusive), reverse: flag(backwards) },
  );
}

export interface CumulativeOptions {
  readonly axis: number;
  readonly exclusive?: boolean;
  readonly reverse?: boolean;
}

/** Moves a tensor along an axis by some places and puts ones before it. */
function shifted(graph: GraphBuilder, x: Value, axis: number, places: number): Value {
  const kept = x.shape.map((extent, i) => (i === axis ? extent - places : extent));
  const part = slice(
    graph,
    x,
    x.shape.map(() => 0),
    kept,
  );
  return pad(
    graph,
    part,
    x.shape.map((_, i) => [i === axis ? places : 0, 0] as const),
    1,
  );
}

/** Products of the first 1, 2, … elements by doubling (Hillis and Steele): ONNX has cumulative sums only. */
function cumulativeProduct(graph: GraphBuilder, x: Value, axis: number): Value {
  let products = x;
  for (let reach = 1; reach < (x.shape[axis] as number); reach *= 2) {
    products = multiply(graph, products, shifted(graph, products, axis, reach));
  }
  return products;
}

/** Sums and products along an axis, so far. */
export const cumulatives: Lowerings = {
  Cumsum: (call) => {
    const x = call.input('x');
    return cumulativeSum(call.graph, x, {
      axis: axisIn(call, x),
      exclusive: call.attribute('exclusive'),
      reverse: call.attribute('reverse'),
    });
  },
  Cumprod: (call) => {
    const { graph, attribute } = call;
    const x = call.input('x');
    const axis = axisIn(call, x);
    const backwards = attribute<boolean>('reverse');
    const ordered = backwards ? reverse(graph, x, [axis]) : x;
    const factors = attribute('exclusive') ? shifted(graph, ordered, axis, 1) : ordered;
    const products = cumulativeProduct(graph, factors, axis);
    return backwards ? reverse(graph, products, [axis]) : products;
  },
};
