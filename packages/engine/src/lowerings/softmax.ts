import type { GraphBuilder, Value } from '../graph.ts';
import type { KernelCall, Lowerings } from './lowering.ts';

function along(graph: GraphBuilder, op: string, x: Value, axis: number): Value {
  const last = axis < 0 ? axis + x.shape.length : axis;
  return graph.node(
    op,
    [x],
    { shape: x.shape, dtype: x.dtype },
    { axis: { kind: 'int', value: last } },
  );
}

const axisOf = ({ attribute }: KernelCall, name: string) =>
  attribute<number | undefined>(name) ?? -1;

/** Softmax and its logarithm; both subtract the maximum first. */
export const softmaxes: Lowerings = {
  Softmax: (call) => along(call.graph, 'Softmax', call.input('logits'), axisOf(call, 'dim')),
  LogSoftmax: (call) => along(call.graph, 'LogSoftmax', call.input('logits'), axisOf(call, 'axis')),
};
