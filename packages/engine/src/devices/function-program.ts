import { functionModel } from '../onnx/models.ts';
import { optimize } from '../optimize.ts';
import type { Tensors } from '../tensor-spec.ts';
import { checkArrays } from '../tensor-spec.ts';
import { RETURNED_NOTHING, trace } from '../trace.ts';
import { TraceError } from '../trace-error.ts';
import { inGroup } from '../traced-step.ts';
import type { FunctionProgram, FunctionSpec } from './device.ts';
import type { SessionSettings } from './session.ts';
import { hostArrays, openSession, tensorsOf } from './session.ts';

/** Compiles a function: one graph, one session. */
export async function functionProgram(
  spec: FunctionSpec,
  settings: SessionSettings,
): Promise<FunctionProgram> {
  const given = (name: string) => inGroup('perStep', name);
  const report = (name: string) => inGroup('outputs', name);
  // Names inside a model are apart from those that the caller chose.
  const inputs = Object.fromEntries(
    Object.entries(spec.inputs).map(([name, tensor]) => [given(name), tensor]),
  );
  const traced = trace(inputs, (tensors) =>
    spec.call(
      Object.fromEntries(
        Object.keys(spec.inputs).map((name) => [name, tensors[given(name)]]),
      ) as unknown as Tensors,
    ),
  );
  const names = Object.keys(traced.outputs);
  if (names.length === 0) throw new TraceError(RETURNED_NOTHING);
  const outputs = Object.fromEntries(
    Object.entries(optimize(traced.outputs)).map(([name, v]) => [report(name), v]),
  );
  const session = await openSession(functionModel(inputs, outputs, settings.target), settings);
  return {
    async run(arrays) {
      checkArrays('input', spec.inputs, arrays);
      const feeds = tensorsOf(spec.inputs, arrays, { rename: given });
      return hostArrays(await session.run(feeds), names, report);
    },
    dispose: () => session.release(),
  };
}
