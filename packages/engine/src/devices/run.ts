import { checkArrays } from '../tensor-spec.ts';
import type { LoopRun, LoopSpec } from './device.ts';

/** A run that checks what it is given, and refuses to go on after its end. */
export function runOf(spec: LoopSpec, run: LoopRun): LoopRun {
  let disposed = false;
  const assertOpen = () => {
    if (disposed) throw new Error('the run is disposed');
  };
  return {
    async advance(steps, perStep) {
      assertOpen();
      if (!Number.isInteger(steps) || steps < 0) {
        throw new Error(`unknown number of steps: ${steps} (a whole number from 0)`);
      }
      checkArrays('per-step input', spec.perStep, perStep, steps);
      return run.advance(steps, perStep);
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
