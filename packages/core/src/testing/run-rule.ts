import * as tf from '@tensorflow/tfjs';
import type { Knobs } from '../knobs.ts';
import { knobOf } from '../knobs.ts';
import { biasCorrections } from '../optimizers/bias-corrections.ts';
import type { UpdateRule } from '../optimizers/update-rule.ts';
import type { Tensors } from '../tensors.ts';

/** Runs a rule on one lane of one matrix along a given gradient sequence; returns the weights after every step. */
export function runRule(
  rule: UpdateRule,
  options: {
    readonly start: Float32Array;
    readonly shape: readonly [number, number];
    readonly gradient: (step: number, weights: Float32Array) => Float32Array;
    readonly steps: number;
    readonly rate: number | ((step: number) => number);
    readonly epsilon?: number;
    readonly decay?: number;
    readonly knobs: Knobs;
  },
): readonly Float32Array[] {
  const { start, shape, gradient, steps, rate, epsilon = 0, decay = 0, knobs } = options;
  const tensor = (values: Float32Array) => tf.tensor(values, [1, ...shape]);
  let weights = start;
  let slots: Readonly<Record<string, Float32Array>> = Object.fromEntries(
    rule.slots.map((slot) => [slot, new Float32Array(start.length)]),
  );
  const trajectory: Float32Array[] = [];
  for (let step = 0; step < steps; step++) {
    tf.tidy(() => {
      const now = typeof rate === 'number' ? rate : rate(step);
      const bias = biasCorrections(knobs, step);
      const inputs = { rate: now, epsilon, decay, knobs, bias };
      const scalars = [
        ...rule.constants.map((key) => [key, knobOf(knobs, key)] as const),
        ...Object.entries(rule.perStep).map(([key, scalar]) => [key, scalar(inputs)] as const),
      ];
      const scalarTensors: Tensors = Object.fromEntries(
        scalars.map(([key, value]) => [key, tf.tensor([value], [1, 1, 1])]),
      );
      const slotTensors = Object.fromEntries(
        Object.entries(slots).map(([slot, values]) => [slot, tensor(values)]),
      );
      const next = rule.update(
        tensor(weights),
        tensor(gradient(step, weights)),
        slotTensors,
        scalarTensors,
      );
      weights = next.parameter.dataSync<'float32'>().slice();
      slots = Object.fromEntries(
        Object.entries(next.slots).map(([slot, values]) => [
          slot,
          values.dataSync<'float32'>().slice(),
        ]),
      );
    });
    trajectory.push(weights);
  }
  return trajectory;
}
