import type { Tensor } from 'onnxruntime-node';
import type { LoopParts } from '../onnx/models.ts';
import { allSteps, loopModel, STEPS, stateAfter, stateBefore } from '../onnx/models.ts';
import { checkArrays } from '../tensor-spec.ts';
import { inGroup, reportsOf } from '../traced-step.ts';
import type { LoopProgram, LoopSpec } from './device.ts';
import { runOf } from './run.ts';
import type { OrtTensors, SessionSettings } from './session.ts';
import { count, hostArrays, openSession, tensorsOf } from './session.ts';

const before = (name: string) => stateBefore(inGroup('state', name));
const after = (name: string) => stateAfter(inGroup('state', name));
const constant = (name: string) => inGroup('constants', name);
const rowsOf = (name: string) => allSteps(inGroup('perStep', name));
const report = (name: string) => inGroup('outputs', name);

/** Compiles a loop into one ONNX `Loop`: a call to the session makes all its steps. */
export async function loopProgram(
  spec: LoopSpec,
  parts: LoopParts,
  settings: SessionSettings,
): Promise<LoopProgram> {
  const session = await openSession(loopModel(parts, settings.target), settings);
  const states = Object.keys(spec.state);
  const outputs = Object.keys(reportsOf(parts));
  return {
    async start({ state, constants }) {
      checkArrays('state', spec.state, state);
      checkArrays('constant', spec.constants, constants);
      const fixed = tensorsOf(spec.constants, constants, { rename: constant });
      let carried: OrtTensors = tensorsOf(spec.state, state, { rename: before });
      return runOf(spec, {
        async advance(steps, perStep) {
          const rows = tensorsOf(spec.perStep, perStep, { rename: rowsOf, leading: steps });
          const results = await session.run({
            ...fixed,
            ...carried,
            ...rows,
            [STEPS]: count(steps),
          });
          carried = Object.fromEntries(states.map((n) => [before(n), results[after(n)] as Tensor]));
          return hostArrays(results, outputs, report);
        },
        read: async () => hostArrays(carried, states, before),
        async dispose() {
          carried = {};
        },
      });
    },
    dispose: () => session.release(),
  };
}
