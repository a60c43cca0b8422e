import * as tf from '@tensorflow/tfjs';
import type { FloatArrays } from '../init-state.ts';
import type { Lane } from '../lane-plan.ts';
import { rootMeanSquareChange } from '../probes/coordinate-check.ts';
import { logSlope } from '../probes/log-slope.ts';
import type { Shape } from '../shape.ts';
import type { Batch } from '../training-step.ts';
import { trainingStep } from '../training-step.ts';
import { plansOf, trainEagerly, upload } from './train-eagerly.ts';

/**
 * The exponents at which the change of `layers` in one step grows with width, over four seeds a width: 0 where every
 * layer learns alike at every width (2203.03466, Section D.1).
 */
export function widthSlopes(
  shapeAt: (width: number) => Shape,
  options: {
    readonly lane: Lane;
    readonly layers: readonly string[];
    readonly inputDim: number;
    readonly batch: (step: number) => Batch;
    readonly widths?: readonly number[];
  },
): readonly number[] {
  const { layers, widths = [16, 32, 64, 128] } = options;
  const rows = widths.map((width) => changes(shapeAt(width), options));
  return layers.map(
    (_, i) =>
      logSlope(
        widths,
        rows.map((row) => row[i] ?? Number.NaN),
      ).slope,
  );
}

function changes(
  shape: Shape,
  {
    lane,
    layers,
    inputDim,
    batch,
  }: {
    readonly lane: Lane;
    readonly layers: readonly string[];
    readonly inputDim: number;
    readonly batch: (step: number) => Batch;
  },
): readonly number[] {
  const lanes = [1, 2, 3, 4].map((seed) => ({ ...lane, seed }));
  const step = trainingStep(shape, {
    ...{ inputDim, output: { kind: 'regression', dim: 1 }, lanes: lanes.length },
  });
  const run = trainEagerly(step, plansOf(step, lanes), { steps: 1, batch });
  return tf.tidy(() => {
    const seen = (state: FloatArrays) => {
      const all: Record<string, Float32Array> = {};
      step.model.forward(upload(state, step.state), batch(99).x, {
        record: (layer, tensor) => {
          all[layer] = tensor.dataSync<'float32'>().slice();
        },
      });
      return all;
    };
    const [before, after] = [seen(run.initial), seen(run.state)];
    return layers.map((layer) =>
      rootMeanSquareChange(before[layer] ?? new Float32Array(), after[layer] ?? new Float32Array()),
    );
  });
}
