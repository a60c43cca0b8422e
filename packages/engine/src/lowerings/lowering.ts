import type { GraphBuilder, Value } from '../graph.ts';

/** What a kernel was called with while tracing. */
export interface KernelCall {
  readonly graph: GraphBuilder;
  /** The value of a named input; throws if the kernel has none of that name. */
  input(name: string): Value;
  /** The value of a named input, if it was given. */
  optional(name: string): Value | undefined;
  /** All inputs in order, for kernels over a list of tensors. */
  readonly inputs: readonly Value[];
  /** An attribute of the kernel, as tfjs passes it. */
  attribute<T>(name: string): T;
}

/** Translates one tfjs kernel into graph operations. */
export type Lowering = (call: KernelCall) => Value | readonly Value[];

/** Lowerings by tfjs kernel name. */
export type Lowerings = Readonly<Record<string, Lowering>>;
