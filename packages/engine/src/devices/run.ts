import { checkArrays } from '../tensor-spec.ts';
import type { LoopRun, LoopSpec } from './device.ts';

/** A run that checks what it is given, and refuses to go on after its end. */
export function runOf(spec: LoopSpec, run: LoopRun): LoopRun {
  let disposed = false;
  let advancing = false;
  const assertOpen = () => {
    if (disposed) throw new Error('the run is disposed');
    if (advancing) throw new Error('the run is still advancing (await it)');
  };
  return {
    async advance(steps, perStep) {
      assertOpen();
      if (!Number.isInteger(steps) || steps < 0) {
        throw new Error(`unknown number of steps: ${steps} (a whole number from 0)`);
      }
      checkArrays('per-step input', spec.perStep, perStep, steps);
      advancing = true;
      try {
        return await run.advance(steps, perStep);
      } finally {
        advancing = false;
      }
    },
    async read() {
      assertOpen();
      return run.read();
    },
    async dispose() {
      if (disposed) return;
      disposed = true;
      await run.dispose();
    },
  };
}
