import type { Laboratory } from '@hyperlaw/cli';
import { type DepthRule, initState, lanePlan, trainingStep } from '@hyperlaw/core';
import { type Arrays, float32 } from '@hyperlaw/engine';
import { randomStream } from '@hyperlaw/tasks';
import type { Tensor } from '@tensorflow/tfjs';
import * as tf from '@tensorflow/tfjs';
import { laneOf, shapeOf } from './nets.ts';

/** Nets at initialization, all of one depth. */
export interface StreamSizesInput {
  readonly rule: DepthRule;
  readonly width: number;
  readonly depth: number;
  readonly inputs: number;
  readonly nets: number;
  /** Nets of one program: their weights are in memory together. */
  readonly atATime: number;
  readonly seed: number;
}

export interface StreamSizes {
  /** ‖h_L‖²/‖h_0‖² by net, summed over inputs before it is divided. */
  readonly ratios: readonly number[];
}

/** How much the residual stream grows from the first block to the last, in core's residual nets on the device. */
export async function streamSizes(
  { rule, width, depth, inputs, nets, atATime, seed }: StreamSizesInput,
  { device, goOn, count }: Pick<Laboratory, 'device' | 'goOn' | 'count'>,
): Promise<StreamSizes> {
  const shape = shapeOf({ width, depth, optimizer: 'sgd', batch: inputs, normed: false });
  const sides = {
    inputDim: width,
    output: { kind: 'regression', dim: 1 },
    lanes: atATime,
  } as const;
  const step = trainingStep(shape, sides);
  const program = await device.compile({
    inputs: { ...step.state, x: float32(1, inputs, width) },
    call: ({ x, ...weights }) => {
      const sizes: Tensor[] = [];
      const keep = (name: string, h: Tensor) => {
        if (name === 'input.preactivation' || name === `block${depth}.stream`) {
          sizes.push(tf.sum(tf.square(h), [1, 2]));
        }
      };
      step.model.forward(weights, x as Tensor, { record: keep });
      const [first, last] = sizes as [Tensor, Tensor];
      return { ratio: tf.div(last, first) } as never;
    },
  });
  const ratios: number[] = [];
  try {
    const x = new Float32Array(inputs * width);
    randomStream({ seed, role: 'data', path: ['stream-sizes'] }).fillNormal(0, x);
    for (let net = 0; net < nets; net += atATime) {
      goOn();
      const plans = Array.from({ length: atATime }, (_, lane) =>
        lanePlan(laneOf({ rule, baseDepth: 1, learningRate: 1, seed: seed + net + lane }), {
          ...{ shape, parameters: step.model.parameters, optimizer: step.optimizer },
        }),
      );
      const state = initState(step, plans) as Arrays;
      const { ratio } = await program.run({ ...state, x });
      for (const value of ratio ?? []) ratios.push(Number(value.toPrecision(7)));
      count({ flops: 4 * atATime * inputs * depth * width ** 2 });
    }
    return { ratios: ratios.slice(0, nets) };
  } finally {
    await program.dispose();
  }
}
