import type { GraphBuilder, Value } from '../graph.ts';

/** A float32 number, `[]`. */
export const float = (graph: GraphBuilder, value: number): Value =>
  graph.uniform(value, [], 'float32');

/** A whole number, `[]` of int32. */
export const int = (graph: GraphBuilder, value: number): Value => graph.uniform(value, [], 'int32');
