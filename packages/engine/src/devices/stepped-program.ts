import type { Value } from '../graph.ts';
import { functionModel } from '../onnx/models.ts';
import { checkArrays } from '../tensor-spec.ts';
import { inGroup, reportsOf, traceStep } from '../traced-step.ts';
import type { LoopProgram, LoopSpec } from './device.ts';
import { discard, gatherer, transfer } from './resident.ts';
import { emptyColumns, rowOf } from './rows.ts';
import { runOf } from './run.ts';
import type { OrtTensors, SessionSettings } from './session.ts';
import { hostArrays, openSession, tensorsOf } from './session.ts';

const carriedName = (name: string) => inGroup('state', name);
const nextName = (name: string) => `${carriedName(name)}:next`;
const constant = (name: string) => inGroup('constants', name);
const rowName = (name: string) => inGroup('perStep', name);
const report = (name: string) => inGroup('outputs', name);

/**
 * Compiles a loop into a session that makes one step a run and leaves all it makes on the device: state is fed
 * back from run to run, and outputs are brought to the host sixteen steps at a time.
 */
export async function steppedProgram(
  spec: LoopSpec,
  settings: SessionSettings,
): Promise<LoopProgram> {
  const parts = traceStep(spec);
  const { state, constants, perStep, next, outputs } = parts;
  const reported = reportsOf(parts);
  const states = Object.keys(spec.state);
  const model = functionModel(
    { ...state, ...constants, ...perStep },
    {
      ...Object.fromEntries(states.map((n) => [nextName(n), next[carriedName(n)] as Value])),
      ...outputs,
    },
    settings.target,
  );
  const step = await openSession(model, settings, { resident: true });
  const upload = await transfer({ ...state, ...constants }, settings, { resident: true });
  const download = await transfer(state, settings);
  const gather = await gatherer(reported, settings);
  return {
    async start({ state: initial, constants: values }) {
      checkArrays('state', spec.state, initial);
      checkArrays('constant', spec.constants, values);
      const resident = await upload.run({
        ...tensorsOf(spec.state, initial, { rename: carriedName }),
        ...tensorsOf(spec.constants, values, { rename: constant }),
      });
      const fixed = renamed(resident, Object.keys(spec.constants), constant, constant);
      let carried = renamed(resident, states, carriedName, carriedName);
      return runOf(spec, {
        async advance(steps, rows) {
          const columns = emptyColumns(reported, steps);
          const waiting: OrtTensors[] = [];
          for (let i = 0; i < steps; i++) {
            const row = tensorsOf(spec.perStep, rowOf(spec.perStep, rows, i), { rename: rowName });
            const results = await step.run({ ...fixed, ...carried, ...row });
            discard(carried);
            carried = renamed(results, states, nextName, carriedName);
            waiting.push(renamed(results, Object.keys(reported), report, (name) => name));
            if (waiting.length < gather.size && i < steps - 1) continue;
            await gather.take(waiting, columns, i + 1 - waiting.length);
            waiting.forEach(discard);
            waiting.length = 0;
          }
          return columns;
        },
        read: async () => hostArrays(await download.run(carried), states, carriedName),
        async dispose() {
          discard(carried);
          discard(fixed);
        },
      });
    },
    async dispose() {
      await Promise.all([step, upload, download, gather].map((session) => session.release()));
    },
  };
}

/** Some tensors, from under one name to another. */
function renamed(
  tensors: OrtTensors,
  names: readonly string[],
  from: (name: string) => string,
  to: (name: string) => string,
): OrtTensors {
  return Object.fromEntries(
    names.map((name) => [to(name), tensors[from(name)] as OrtTensors[string]]),
  );
}
