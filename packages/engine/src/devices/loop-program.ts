import type { LoopParts } from '../onnx/models.ts';
import { allSteps, loopModel, STEPS, stateAfter, stateBefore } from '../onnx/models.ts';
import type { Arrays, HostArray, Specs } from '../tensor-spec.ts';
import { checkArrays } from '../tensor-spec.ts';
import { inGroup, reportsOf } from '../traced-step.ts';
import type { LoopProgram, LoopSpec } from './device.ts';
import { openInPlaceSession } from './in-place-session.ts';
import { emptyColumns } from './rows.ts';
import { runOf } from './run.ts';
import type { SessionSettings } from './session.ts';
import { count, tensorsOf } from './session.ts';

const before = (name: string) => stateBefore(inGroup('state', name));
const after = (name: string) => stateAfter(inGroup('state', name));
const constant = (name: string) => inGroup('constants', name);
const rowsOf = (name: string) => allSteps(inGroup('perStep', name));
const report = (name: string) => inGroup('outputs', name);

/** Compiles a loop into one ONNX `Loop`: a call to the session makes all its steps, in place. */
export async function loopProgram(
  spec: LoopSpec,
  parts: LoopParts,
  settings: SessionSettings,
): Promise<LoopProgram> {
  const session = await openInPlaceSession(loopModel(parts, settings.target), settings);
  const reported = reportsOf(parts);
  return {
    async start({ state, constants }) {
      checkArrays('state', spec.state, state);
      checkArrays('constant', spec.constants, constants);
      const fixed = tensorsOf(spec.constants, constants, { rename: constant });
      // A call reads the one and writes the other.
      let held = copyOf(spec.state, state);
      let free = copyOf(spec.state, state);
      return runOf(spec, {
        async advance(steps, perStep) {
          const columns = emptyColumns(reported, steps);
          await session.run(
            {
              ...fixed,
              ...tensorsOf(spec.state, held, { rename: before }),
              ...tensorsOf(spec.perStep, perStep, { rename: rowsOf, leading: steps }),
              [STEPS]: count(steps),
            },
            {
              ...tensorsOf(spec.state, free, { rename: after }),
              ...tensorsOf(reported, columns, { rename: report, leading: steps }),
            },
          );
          [held, free] = [free, held];
          return columns;
        },
        read: async () => copyOf(spec.state, held),
        async dispose() {
          held = {};
          free = {};
        },
      });
    },
    dispose: () => session.release(),
  };
}

const copyOf = (specs: Specs, arrays: Arrays): Arrays =>
  Object.fromEntries(
    Object.keys(specs).map((name) => [name, (arrays[name] as HostArray).slice() as HostArray]),
  );
