import * as tf from '@tensorflow/tfjs';
import type { Value } from './graph.ts';
import { GraphBuilder } from './graph.ts';
import { sameShape } from './lowerings/elementwise.ts';
import type { KernelCall, Lowering } from './lowerings/lowering.ts';
import type { DType, HostArray } from './tensor-spec.ts';
import { randomSource, TraceError, userLine } from './trace-error.ts';

interface Traced {
  readonly graph: GraphBuilder;
  readonly value: Value;
}

/** A tfjs backend that computes nothing: its tensors stand for values of the graph being traced. */
export class TracingBackend extends tf.KernelBackend {
  graph = new GraphBuilder();
  /** A fault that could not be thrown where it happened. */
  fault: TraceError | undefined;
  #traced = new WeakMap<object, Traced>();
  /** Values of outside tensors; reshapes and casts of one share its data. */
  #outside = new Map<object, Value[]>();

  /** Starts a trace, or ends one. */
  restart(): GraphBuilder {
    this.graph = new GraphBuilder();
    this.fault = undefined;
    this.#outside.clear();
    return this.graph;
  }

  value(tensor: tf.TensorInfo): Value {
    const traced = this.#traced.get(tensor.dataId);
    if (!traced) return this.#constant(tensor);
    if (traced.graph !== this.graph) {
      throw new TraceError(`a tensor of another trace was used, ${userLine()}`);
    }
    return traced.value;
  }

  /** A tensor made outside the traced function: its value now, which stays with its own backend. */
  #constant({ dataId, shape, dtype }: tf.TensorInfo): Value {
    const views = this.#outside.get(dataId) ?? [];
    const known = views.find((one) => one.dtype === dtype && sameShape(one.shape, shape));
    if (known) return known;
    const owner = tf.engine().state.tensorInfo.get(dataId)?.backend;
    if (!owner) throw new TraceError(`a tensor without values was used, ${userLine()}`);
    const type = traceable(dtype);
    const value = this.graph.constant(hostArray(owner.readSync(dataId), type), shape, type);
    this.#outside.set(dataId, [...views, value]);
    return value;
  }

  info(value: Value): tf.TensorInfo {
    const dataId = {};
    this.#traced.set(dataId, { graph: this.graph, value });
    return { dataId, shape: [...value.shape], dtype: value.dtype as tf.DataType };
  }

  call(
    kernel: string,
    lowering: Lowering,
    args: Parameters<tf.KernelFunc>[0],
  ): tf.TensorInfo | tf.TensorInfo[] {
    const { inputs, attrs } = args;
    const named = (name: string): tf.TensorInfo | undefined =>
      (inputs as Record<string, tf.TensorInfo | undefined>)[name];
    const call: KernelCall = {
      graph: this.graph,
      input: (name) => this.value(named(name) as tf.TensorInfo),
      optional: (name) => {
        const tensor = named(name);
        return tensor ? this.value(tensor) : undefined;
      },
      get inputs() {
        return Object.values(inputs).map((t) => backend.value(t as tf.TensorInfo));
      },
      attribute: <T>(name: string) => (attrs as Record<string, unknown> | undefined)?.[name] as T,
    };
    const backend = this;
    const result = lowered(kernel, lowering, call);
    // A kernel with several outputs must answer with a list, one with a single output must not.
    return 'source' in result ? this.info(result) : result.map((value) => this.info(value));
  }

  // What tfjs asks of every backend.
  override write(values: tf.BackendValues, shape: number[], dtype: tf.DataType): object {
    return this.#store({}, values, shape, dtype);
  }

  override move(
    dataId: object,
    values: tf.BackendValues,
    shape: number[],
    dtype: tf.DataType,
  ): void {
    this.#store(dataId, values, shape, dtype);
  }

  #store(
    dataId: object,
    values: tf.BackendValues,
    shape: readonly number[],
    dtype: tf.DataType,
  ): object {
    const type = traceable(dtype);
    if (!values) throw new TraceError('a tensor without values was made while tracing');
    const source = randomSource();
    if (source) {
      throw new TraceError(
        `random numbers were drawn while tracing (${source}), ${userLine()}: every step would use the same; make them an input`,
      );
    }
    const value = this.graph.constant(hostArray(values, type), shape, type);
    this.#traced.set(dataId, { graph: this.graph, value });
    return dataId;
  }

  override readSync(): never {
    throw new TraceError(
      `a tensor's value was read while tracing (dataSync, arraySync, print), ${userLine()}: a traced function sees shapes, not values`,
    );
  }

  // A rejected promise would end the process if the function does not wait for it: `trace` throws the fault.
  override read(): Promise<never> {
    this.fault ??= new TraceError(
      `a tensor's value was read while tracing (data, array), ${userLine()}: a traced function sees shapes, not values`,
    );
    return new Promise(() => {});
  }

  override numDataIds(): number {
    return 0;
  }
  override memory(): { unreliable: boolean } {
    return { unreliable: true };
  }
  override floatPrecision(): 16 | 32 {
    return 32;
  }
  override epsilon(): number {
    return 1e-7;
  }
  override incRef(): void {}
  override refCount(): number {
    return 1;
  }
  override disposeData(): boolean {
    return true;
  }
  override dispose(): void {}
}

function lowered(kernel: string, lowering: Lowering, call: KernelCall): ReturnType<Lowering> {
  try {
    return lowering(call);
  } catch (error) {
    if (error instanceof TraceError) throw error;
    throw new TraceError(`${kernel}: ${(error as Error).message}, ${userLine()}`);
  }
}

function traceable(dtype: tf.DataType): DType {
  if (dtype === 'float32' || dtype === 'int32' || dtype === 'bool') return dtype;
  throw new TraceError(`unknown element type: ${dtype} (float32, int32 or bool)`);
}

function hostArray(values: tf.BackendValues, dtype: DType): HostArray {
  const numbers = values as ArrayLike<number>;
  switch (dtype) {
    case 'float32':
      return Float32Array.from(numbers);
    case 'int32':
      return Int32Array.from(numbers);
    case 'bool':
      return Uint8Array.from(numbers);
  }
}
