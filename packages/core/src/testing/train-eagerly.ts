import type { Tensor } from '@tensorflow/tfjs';
import * as tf from '@tensorflow/tfjs';
import type { FloatArrays } from '../init-state.ts';
import { initConstants, initState } from '../init-state.ts';
import type { Lane, LanePlan } from '../lane-plan.ts';
import { lanePlan } from '../lane-plan.ts';
import { stepScalars } from '../step-scalars.ts';
import type { Specs, Tensors } from '../tensors.ts';
import type { Batch, TrainingStep } from '../training-step.ts';
import { testNormal } from './normals.ts';

/** What a run of a test leaves. */
export interface EagerRun {
  /** Training loss `[step][lane]`. */
  readonly curve: readonly Float32Array[];
  readonly state: FloatArrays;
  readonly initial: FloatArrays;
  readonly constants: FloatArrays;
}

/** Tensors of host arrays, by the specs' shapes. */
export function upload(arrays: FloatArrays, specs: Specs): Tensors {
  return Object.fromEntries(
    Object.entries(specs).map(([name, { shape }]) => [
      name,
      tf.tensor(arrays[name] as Float32Array, [...shape], 'float32'),
    ]),
  );
}

/** Host arrays of tensors. */
export function download(tensors: Tensors): FloatArrays {
  return Object.fromEntries(
    Object.entries(tensors).map(([name, tensor]) => [name, tensor.dataSync<'float32'>().slice()]),
  );
}

/** Resolves lanes against a training step's model. */
export function plansOf(step: TrainingStep, lanes: readonly Lane[]): readonly LanePlan[] {
  return lanes.map((lane) => lanePlan(lane, { ...step, parameters: step.model.parameters }));
}

/** Trains all lanes eagerly on the current tfjs backend; for tests. */
export function trainEagerly(
  step: TrainingStep,
  plans: readonly LanePlan[],
  options: {
    readonly steps: number;
    readonly batch: (step: number) => Batch;
    readonly masks?: (step: number) => Tensors;
  },
): EagerRun {
  const initial = initState(step, plans, testNormal);
  const constants = initConstants(step, plans, initial);
  const curve: Float32Array[] = [];
  let state = initial;
  for (let t = 0; t < options.steps; t++) {
    tf.tidy(() => {
      const scalars = stepScalars(step, plans, { first: t, count: 1, steps: options.steps });
      const scalarSpecs = Object.fromEntries(
        Object.entries(step.perStep).filter(([name]) => name in scalars),
      );
      const next = step.step({
        state: upload(state, step.state),
        constants: upload(constants, step.constants),
        perStep: { ...upload(scalars, scalarSpecs), ...options.masks?.(t) },
        batch: options.batch(t),
      });
      curve.push((next.outputs.loss as Tensor).dataSync<'float32'>().slice());
      state = download(next.state);
    });
  }
  return { curve, state, initial, constants };
}
