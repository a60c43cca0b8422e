import type { Laboratory } from '@hyperlaw/cli';
import {
  initState,
  type Lane,
  lanePlan,
  type MlpShape,
  type Shape,
  trainingStep,
} from '@hyperlaw/core';
import { float32 } from '@hyperlaw/engine';
import { randomStream } from '@hyperlaw/tasks';
import type { Tensor } from '@tensorflow/tfjs';

/** Random nets whose inputs, or weights, are multiplied by factors. */
export interface HomogeneityInput {
  readonly model: MlpShape;
  readonly inputDim: number;
  /** Standard deviation of biases. */
  readonly biasScale: number;
  readonly scaled: 'input' | 'weights';
  readonly factors: readonly number[];
  readonly examples: number;
  readonly seeds: readonly number[];
}

/** By factor c and net, `[factor][net]`. */
export interface Homogeneity {
  /** ‖f_c‖/‖f_1‖ over the examples. */
  readonly ratios: readonly (readonly number[])[];
  /** ‖f_c − c^k f_1‖/‖c^k f_1‖ with the degree k: 1 for inputs, the number of layers for weights. */
  readonly errors: readonly (readonly number[])[];
}

/** How outputs of core's MLP answer to a factor on inputs or on all weights. */
export async function homogeneity(
  { model, inputDim, biasScale, scaled, factors, examples, seeds }: HomogeneityInput,
  { device, goOn, count }: Laboratory,
): Promise<Homogeneity> {
  const shape: Shape = { model, optimizer: { kind: 'sgd' }, batch: examples };
  const output = { kind: 'regression', dim: 1 } as const;
  const step = trainingStep(shape, { inputDim, output, lanes: seeds.length });
  const plans = seeds.map((seed) => {
    const lane: Lane = {
      ...{ parameterization: { name: 'sp' }, schedule: { kind: 'constant' }, seed },
      knobs: { learningRate: 0, ...(model.bias && { biasScale }) },
    };
    return lanePlan(lane, { shape, parameters: step.model.parameters, optimizer: step.optimizer });
  });
  const state = initState(step, plans);
  const x = new Float32Array(examples * inputDim);
  randomStream({ seed: 0, role: 'data', path: ['homogeneity'] }).fillNormal(0, x);
  const program = await device.compile({
    inputs: { ...step.state, x: float32(1, examples, inputDim) },
    call: ({ x: inputs, ...weights }) =>
      ({ f: step.model.forward(weights, inputs as Tensor) }) as never,
  });
  const times = (values: Float32Array, factor: number) => values.map((value) => factor * value);
  const outputs = async (factor: number): Promise<Float32Array> => {
    goOn();
    const weights = scaled === 'weights' ? factor : 1;
    const inputs = scaled === 'input' ? factor : 1;
    const scaledState = Object.entries(state).map(
      ([name, w]) => [name, times(w, weights)] as const,
    );
    const { f } = await program.run({ ...Object.fromEntries(scaledState), x: times(x, inputs) });
    return f as Float32Array;
  };
  try {
    const reference = await outputs(1);
    const degree = scaled === 'input' ? 1 : model.depth + 1;
    const ratios: number[][] = [];
    const errors: number[][] = [];
    for (const factor of factors) {
      const f = await outputs(factor);
      const own = seeds.map((_, net) => {
        const sums = { size: 0, reference: 0, error: 0 };
        for (let i = net * examples; i < (net + 1) * examples; i++) {
          const [value, before] = [f[i] as number, reference[i] as number];
          sums.size += value ** 2;
          sums.reference += before ** 2;
          sums.error += (value / factor ** degree - before) ** 2;
        }
        return sums;
      });
      ratios.push(own.map(({ size, reference: r }) => Math.sqrt(size / r)));
      errors.push(own.map(({ error, reference: r }) => Math.sqrt(error / r)));
    }
    const entries = seeds.length * model.depth * model.width ** 2;
    count({ flops: 2 * (factors.length + 1) * examples * entries });
    return { ratios, errors };
  } finally {
    await program.dispose();
  }
}
