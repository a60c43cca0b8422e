import * as tf from '@tensorflow/tfjs';
import type { FloatArrays } from '../init-state.ts';
import type { Lane } from '../lane-plan.ts';
import { rootMeanSquareChange } from '../probes/coordinate-check.ts';
import { logSlope } from '../probes/log-slope.ts';
import type { Shape } from '../shape.ts';
import type { Batch } from '../training-step.ts';
import { trainingStep } from '../training-step.ts';
import { plansOf, trainEagerly, upload } from './train-eagerly.ts';

interface Watched {
  readonly lane: Lane;
  readonly layers: readonly string[];
  readonly inputDim: number;
  readonly batch: (step: number) => Batch;
  /** 1 by default. */
  readonly steps?: number;
}

/**
 * The exponents at which the change of `layers` in one step grows with width, over four seeds a width: 0 where every
 * layer learns alike at every width (2203.03466, Section D.1).
 */
export function widthSlopes(
  shapeAt: (width: number) => Shape,
  options: Watched & { readonly widths?: readonly number[] },
): readonly number[] {
  const { widths = [16, 32, 64, 128] } = options;
  const sizes = widths.map((at) => ({ at }));
  return changesOver(sizes, { ...options, shapeAt: ({ at }) => shapeAt(at) });
}

/** The same over sizes of any kind, each of which stands somewhere on the axis that slopes are of. */
export function changesOver<Size extends { readonly at: number }>(
  sizes: readonly Size[],
  options: Watched & { readonly shapeAt: (size: Size) => Shape },
): readonly number[] {
  const rows = sizes.map((size) => changes(options.shapeAt(size), options));
  return options.layers.map(
    (_, i) =>
      logSlope(
        sizes.map(({ at }) => at),
        rows.map((row) => row[i] ?? Number.NaN),
      ).slope,
  );
}

function changes(
  shape: Shape,
  { lane, layers, inputDim, batch, steps = 1 }: Watched,
): readonly number[] {
  const lanes = [1, 2, 3, 4].map((seed) => ({ ...lane, seed }));
  const step = trainingStep(shape, {
    ...{ inputDim, output: { kind: 'regression', dim: 1 }, lanes: lanes.length },
  });
  const run = trainEagerly(step, plansOf(step, lanes), { steps, batch });
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
