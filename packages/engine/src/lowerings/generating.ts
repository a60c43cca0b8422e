import type { GraphBuilder, Value } from '../graph.ts';
import { elements } from '../graph.ts';
import { compare, select } from './comparison.ts';
import { broadcastTo } from './elementwise.ts';
import { counting } from './indexing.ts';
import type { Lowerings } from './lowering.ts';
import { reshape } from './shape.ts';

/** `from`, `from` + `step`, … */
function progression(
  graph: GraphBuilder,
  count: number,
  { from, step }: { from: number; step: number },
  dtype: 'float32' | 'int32',
): Value {
  const numbers = Array.from({ length: count }, (_, i) => from + i * step);
  const data = dtype === 'int32' ? Int32Array.from(numbers) : Float32Array.from(numbers);
  return graph.constant(data, [count], dtype);
}

/** Tensors made from numbers. */
export const generators: Lowerings = {
  Range: ({ graph, attribute }) => {
    const start = attribute<number>('start');
    const stop = attribute<number>('stop');
    const down = stop < start;
    const asked = attribute<number>('step');
    // tfjs reads a step of 1 that leads away from the end as −1, and any other as nothing to do.
    const step = down && asked === 1 ? -1 : asked;
    const count = Math.max(0, Math.abs(Math.ceil((stop - start) / step)));
    const empty = start === stop || (start < stop && step < 0) || (down && step > 1);
    const dtype = attribute<'float32' | 'int32' | undefined>('dtype') ?? 'float32';
    return progression(graph, empty ? 0 : count, { from: start, step }, dtype);
  },
  LinSpace: ({ graph, attribute }) => {
    const from = attribute<number>('start');
    const count = attribute<number>('num');
    const step = (attribute<number>('stop') - from) / Math.max(1, count - 1);
    return progression(graph, count, { from, step }, 'float32');
  },
  // Chosen, not multiplied: zero times infinity is not zero.
  Diag: ({ graph, input }) => {
    const x = input('x');
    const size = elements(x);
    const rows = counting(graph, size, [size, 1]);
    const here = compare(graph, 'Equal', rows, counting(graph, size, [1, size]));
    const spread = broadcastTo(graph, reshape(graph, x, [size, 1]), [size, size]);
    const matrix = select(graph, here, spread, graph.uniform(0, [size, size], x.dtype));
    return reshape(graph, matrix, [...x.shape, ...x.shape]);
  },
};
