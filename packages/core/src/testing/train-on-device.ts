import { openCpu } from '@hyperlaw/engine';
import type { FloatArrays } from '../init-state.ts';
import { initConstants, initState } from '../init-state.ts';
import type { LanePlan } from '../lane-plan.ts';
import { stepScalars } from '../step-scalars.ts';
import type { HostArray, Specs } from '../tensors.ts';
import { tensorOf } from '../tensors.ts';
import type { Batch, TrainingStep } from '../training-step.ts';
import { testNormal } from './normals.ts';
import type { EagerRun } from './train-eagerly.ts';

/** Trains all lanes as a traced graph on the cpu device, on the batches that `trainEagerly` would take; for tests. */
export async function trainOnDevice(
  step: TrainingStep,
  plans: readonly LanePlan[],
  options: { readonly steps: number; readonly batch: (step: number) => Batch },
): Promise<EagerRun> {
  const { steps, batch } = options;
  const specs = specsOf(batch(0));
  const program = await openCpu().compileLoop({
    state: step.state,
    constants: step.constants,
    perStep: { ...step.perStep, ...specs },
    step: ({ state, constants, perStep }) =>
      step.step({
        state,
        constants,
        perStep,
        batch: { x: tensorOf(perStep, 'x'), y: tensorOf(perStep, 'y') },
      }),
  });
  const state = initState(step, plans, testNormal);
  const constants = initConstants(step, plans, state);
  const run = await program.start({ state, constants });
  try {
    const curve: Float32Array[] = [];
    for (let t = 0; t < steps; t++) {
      const { x, y } = batch(t);
      const { loss } = await run.advance(1, {
        ...stepScalars(step, plans, { first: t, count: 1, steps }),
        x: x.dataSync<'float32'>() as HostArray,
        y: y.dataSync<'float32'>() as HostArray,
      });
      curve.push((loss as Float32Array).slice());
    }
    return { curve, state: (await run.read()) as FloatArrays, initial: state, constants };
  } finally {
    await run.dispose();
    await program.dispose();
  }
}

function specsOf({ x, y }: Batch): Specs {
  const spec = ({ shape, dtype }: Batch['x']) => ({
    shape,
    dtype: dtype === 'int32' ? ('int32' as const) : ('float32' as const),
  });
  return { x: spec(x), y: spec(y) };
}
