import { checkArrays } from '../tensor-spec.ts';
import type { LoopRun, LoopSpec } from './device.ts';

/** A run that checks what it is given, makes one call at a time, and refuses to go on after its end. */
export function runOf(spec: LoopSpec, run: LoopRun): LoopRun {
  let disposed = false;
  let call: Promise<unknown> | null = null;
  const assertFree = () => {
    if (disposed) throw new Error('the run is disposed');
    if (call) throw new Error('a call of the run is under way (await it)');
  };
  const alone = async <T>(made: Promise<T>): Promise<T> => {
    call = made;
    try {
      return await made;
    } finally {
      call = null;
    }
  };
  return {
    async advance(steps, perStep) {
      assertFree();
      if (!Number.isInteger(steps) || steps < 0) {
        throw new Error(`unknown number of steps: ${steps} (a whole number from 0)`);
      }
      checkArrays('per-step input', spec.perStep, perStep, steps);
      return alone(run.advance(steps, perStep));
    },
    async read() {
      assertFree();
      return alone(run.read());
    },
    async dispose() {
      if (disposed) return;
      disposed = true;
      // What it works with must outlive a call.
      await call?.catch(() => {});
      await run.dispose();
    },
  };
}
