import type { Laboratory } from '@hyperlaw/cli';
import type { TaskLaw } from '@hyperlaw/tasks';
import { memoryParts } from '../../memory-parts.ts';

/** Deep tanh nets of one depth, trained by SGD from initial variances σ_w² and σ_b². */
export interface TrainedInput {
  readonly task: TaskLaw;
  readonly width: number;
  readonly depth: number;
  readonly weightVariances: readonly number[];
  readonly biasVariance: number;
  readonly learningRate: number;
  readonly batch: number;
  readonly steps: number;
  readonly seed: number;
}

export interface Trained {
  /** Held-out loss in nats by weight variance; null where training diverged. */
  readonly losses: readonly (number | null)[];
}

/** Trains the nets as a sweep does, weight variances as lanes of one program. */
export async function trainedDepths(
  input: TrainedInput,
  { device, train }: Pick<Laboratory, 'device' | 'train'>,
): Promise<Trained> {
  const { task, width, depth, weightVariances, biasVariance, learningRate, batch, steps, seed } =
    input;
  const losses: (number | null)[] = [];
  for (const part of memoryParts(weightVariances, depth * width ** 2, device.hardware)) {
    const results = await train({
      shape: {
        model: { kind: 'mlp', width, depth, activation: 'tanh', bias: true, centred: false },
        optimizer: { kind: 'sgd' },
        batch,
      },
      steps,
      heldOut: 'validation',
      lanes: part.map((weightVariance) => ({
        task,
        parameterization: { name: 'sp' },
        schedule: { kind: 'constant' },
        knobs: {
          learningRate,
          initScale: Math.sqrt(weightVariance),
          biasScale: Math.sqrt(biasVariance),
        },
        seed,
      })),
    });
    losses.push(...results.map(({ loss }) => loss));
  }
  return { losses };
}
