import type { GraphBuilder, Value } from '../graph.ts';
import { axisOf } from './axes.ts';
import type { KernelCall, Lowerings } from './lowering.ts';

function along(graph: GraphBuilder, op: string, x: Value, axis: number): Value {
  return graph.node(
    op,
    [x],
    { shape: x.shape, dtype: x.dtype },
    { axis: { kind: 'int', value: axisOf(axis, x.shape.length) } },
  );
}

const axisIn = ({ attribute }: KernelCall, name: string) =>
  attribute<number | undefined>(name) ?? -1;

/** Softmax and its logarithm; both subtract the maximum first. */
export const softmaxes: Lowerings = {
  Softmax: (call) => along(call.graph, 'Softmax', call.input('logits'), axisIn(call, 'dim')),
  LogSoftmax: (call) => along(call.graph, 'LogSoftmax', call.input('logits'), axisIn(call, 'axis')),
};
