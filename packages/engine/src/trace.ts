import * as tf from '@tensorflow/tfjs';
import type { GraphBuilder, Value } from './graph.ts';
import { allLowerings } from './lowerings/index.ts';
import type { Specs, Tensors } from './tensor-spec.ts';
import { onBackend } from './tfjs-backend.ts';
import { TraceError, userLine } from './trace-error.ts';
import { TracingBackend } from './tracing-backend.ts';

const BACKEND = 'hyperlaw-trace';

let installed: TracingBackend | undefined;

function install(): TracingBackend {
  if (installed) return installed;
  const backend = new TracingBackend();
  // The lowest priority, so that tfjs never chooses it by itself.
  tf.registerBackend(BACKEND, () => backend, 0);
  for (const [kernelName, lowering] of Object.entries(allLowerings)) {
    tf.registerKernel({
      kernelName,
      backendName: BACKEND,
      kernelFunc: (args) => backend.call(kernelName, lowering, args),
    });
  }
  installed = backend;
  return backend;
}

/** Where a function leaves nothing to compute. */
export const RETURNED_NOTHING = 'a traced function returned nothing (tensors by name)';

/** A traced function: the graph's inputs and outputs by name. */
export interface Trace {
  readonly graph: GraphBuilder;
  readonly inputs: Readonly<Record<string, Value>>;
  readonly outputs: Readonly<Record<string, Value>>;
}

/**
 * Runs a pure tfjs function once on symbolic inputs and records what it computes.
 *
 * Tensors made outside the function become constants of the graph, with the values that they have now.
 * @throws TraceError if the function reads a value or needs a kernel that has no lowering; the error names the
 *   kernel and the caller's line.
 */
export function trace(specs: Specs, call: (inputs: Tensors) => Tensors): Trace {
  const backend = install();
  const graph = backend.restart();
  const inputs: Record<string, Value> = {};
  const outputs: Record<string, Value> = {};
  const record = () => {
    const tensors: Record<string, tf.Tensor> = {};
    for (const [name, { shape, dtype }] of Object.entries(specs)) {
      const value = graph.input(name, shape, dtype);
      inputs[name] = value;
      tensors[name] = tf.engine().makeTensorFromTensorInfo(backend.info(value));
    }
    const results = call(tensors as Tensors);
    if (backend.fault) throw backend.fault;
    if ((results as unknown) instanceof Promise) {
      // What it comes to is of no interest, nor how it fails.
      (results as unknown as Promise<unknown>).catch(() => {});
      throw new TraceError('a traced function returned a promise (tensors by name)');
    }
    if (!results) throw new TraceError(RETURNED_NOTHING);
    for (const [name, tensor] of Object.entries(results)) {
      if (!((tensor as unknown) instanceof tf.Tensor)) {
        throw new TraceError(`a traced function returned ${name}: ${tensor} (a tensor)`);
      }
      outputs[name] = backend.value(tensor);
    }
    const assigned = variables.find(([variable, dataId]) => variable.dataId !== dataId);
    if (assigned)
      throw new TraceError(`a variable was assigned while tracing: ${assigned[0].name}`);
  };
  const { state } = tf.engine();
  const { activeTape } = state;
  const variables = Object.values(state.registeredVariables).map((v) => [v, v.dataId] as const);
  const ownerOf = (dataId: object) => state.tensorInfo.get(dataId)?.backend;
  // An assignment gives up what the variable held: it is held here until it is known that there was none.
  for (const [, dataId] of variables) ownerOf(dataId)?.incRef(dataId);
  const { stackTraceLimit } = Error;
  // Gradients of gradients stand deep above the caller's line.
  Error.stackTraceLimit = 200;
  try {
    onBackend(BACKEND, () => tf.tidy(record));
  } catch (error) {
    // A gradient that fails leaves its tape behind, and what that holds.
    if (state.activeTape !== activeTape) {
      for (const { saved } of state.activeTape ?? []) for (const one of saved ?? []) one.dispose();
      state.activeTape = activeTape;
    }
    throw explained(error);
  } finally {
    for (const [variable, dataId] of variables) {
      if (variable.dataId === dataId) ownerOf(dataId)?.disposeData(dataId);
      else variable.dataId = dataId;
    }
    Error.stackTraceLimit = stackTraceLimit;
    backend.restart();
  }
  return { graph, inputs, outputs };
}

function explained(error: unknown): unknown {
  if (!(error instanceof Error) || error instanceof TraceError) return error;
  const kernel = /Kernel '(\w+)' not registered|registered kernel '(\w+)'/.exec(error.message);
  if (!kernel) return error;
  return new TraceError(
    `no lowering for the tfjs kernel ${kernel[1] ?? kernel[2]}, ${userLine(error)}`,
  );
}
