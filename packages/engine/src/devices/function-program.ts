import { functionModel } from '../onnx/models.ts';
import { optimize } from '../optimize.ts';
import { checkArrays } from '../tensor-spec.ts';
import { trace } from '../trace.ts';
import { inGroup } from '../traced-step.ts';
import type { FunctionProgram, FunctionSpec } from './device.ts';
import type { SessionSettings } from './session.ts';
import { hostArrays, openSession, tensorsOf } from './session.ts';

/** Compiles a function: one graph, one session. */
export async function functionProgram(
  spec: FunctionSpec,
  settings: SessionSettings,
): Promise<FunctionProgram> {
  const traced = trace(spec.inputs, (tensors) => spec.call(tensors));
  const report = (name: string) => inGroup('outputs', name);
  const names = Object.keys(traced.outputs);
  const outputs = Object.fromEntries(
    Object.entries(optimize(traced.outputs)).map(([name, v]) => [report(name), v]),
  );
  const session = await openSession(functionModel(spec.inputs, outputs, settings.target), settings);
  return {
    async run(inputs) {
      checkArrays('input', spec.inputs, inputs);
      return hostArrays(await session.run(tensorsOf(spec.inputs, inputs)), names, report);
    },
    dispose: () => session.release(),
  };
}
