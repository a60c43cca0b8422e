import type { InferenceSession, Tensor } from 'onnxruntime-common';
import type { Target } from '../onnx/legalize.ts';
import {
  allSteps,
  functionModel,
  loopModel,
  STEPS,
  stateAfter,
  stateBefore,
} from '../onnx/models.ts';
import type { Arrays, HostArray, Specs } from '../tensor-spec.ts';
import { checkArrays } from '../tensor-spec.ts';
import { inGroup, traceStep } from '../traced-step.ts';
import { trace } from '../tracing-backend.ts';
import type {
  Device,
  FunctionProgram,
  FunctionSpec,
  LoopProgram,
  LoopRun,
  LoopSpec,
} from './device.ts';

type Ort = typeof import('onnxruntime-node');
type OrtTensors = Record<string, Tensor>;

export interface OnnxDeviceOptions {
  readonly kind: Target;
  readonly name: string;
  readonly session: InferenceSession.SessionOptions;
}

/** ONNX Runtime as a device: traces, writes the model, and runs it in a session of its own. */
export function onnxDevice(ort: Ort, options: OnnxDeviceOptions): Device {
  const { kind, name } = options;
  const session = (model: Uint8Array) => ort.InferenceSession.create(model, options.session);
  return {
    kind,
    name,
    async compile(spec) {
      return functionProgram(ort, spec, (m) => session(m), kind);
    },
    async compileLoop(spec) {
      return loopProgram(ort, spec, (m) => session(m), kind);
    },
    async close() {},
  };
}

type OpenSession = (model: Uint8Array) => Promise<InferenceSession>;

async function functionProgram(
  ort: Ort,
  spec: FunctionSpec,
  open: OpenSession,
  target: Target,
): Promise<FunctionProgram> {
  const traced = trace(spec.inputs, (tensors) => spec.call(tensors));
  const outputs = Object.fromEntries(
    Object.entries(traced.outputs).map(([name, v]) => [inGroup('outputs', name), v]),
  );
  const session = await open(functionModel(spec.inputs, outputs, target));
  return {
    async run(inputs) {
      checkArrays('input', spec.inputs, inputs);
      const results = await session.run(tensorsOf(ort, spec.inputs, inputs));
      return hostArrays(results, Object.keys(traced.outputs), (n) => inGroup('outputs', n));
    },
    dispose: () => session.release(),
  };
}

async function loopProgram(
  ort: Ort,
  spec: LoopSpec,
  open: OpenSession,
  target: Target,
): Promise<LoopProgram> {
  const parts = traceStep(spec);
  const session = await open(loopModel(parts, target));
  const states = Object.keys(spec.state);
  const before = (name: string) => stateBefore(inGroup('state', name));
  const after = (name: string) => stateAfter(inGroup('state', name));
  const outputs = Object.keys(parts.outputs).map((name) => name.slice(2));
  return {
    async start({ state, constants }) {
      checkArrays('state', spec.state, state);
      checkArrays('constant', spec.constants, constants);
      const fixed = tensorsOf(ort, spec.constants, constants, (n) => inGroup('constants', n));
      let carried = tensorsOf(ort, spec.state, state, before);
      return {
        async advance(steps, perStep) {
          checkArrays('per-step input', spec.perStep, perStep, steps);
          const rows = tensorsOf(
            ort,
            spec.perStep,
            perStep,
            (n) => allSteps(inGroup('perStep', n)),
            steps,
          );
          const count = new ort.Tensor('int64', BigInt64Array.of(BigInt(steps)), []);
          const results = await session.run({ ...fixed, ...carried, ...rows, [STEPS]: count });
          carried = Object.fromEntries(states.map((n) => [before(n), results[after(n)] as Tensor]));
          return hostArrays(results, outputs, (n) => inGroup('outputs', n));
        },
        read: async () => hostArrays(carried, states, before),
        async dispose() {
          carried = {};
        },
      } satisfies LoopRun;
    },
    dispose: () => session.release(),
  };
}

function tensorsOf(
  ort: Ort,
  specs: Specs,
  arrays: Arrays,
  rename: (name: string) => string = (name) => name,
  leading?: number,
): OrtTensors {
  return Object.fromEntries(
    Object.entries(specs).map(([name, { shape, dtype }]) => {
      const dims = leading === undefined ? shape : [leading, ...shape];
      return [rename(name), new ort.Tensor(dtype, arrays[name] as HostArray as never, dims)];
    }),
  );
}

function hostArrays(
  tensors: Readonly<Record<string, Tensor>>,
  names: readonly string[],
  rename: (name: string) => string,
): Arrays {
  return Object.fromEntries(
    names.map((name) => [name, (tensors[rename(name)] as Tensor).data as HostArray]),
  );
}
