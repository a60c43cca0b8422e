import type { Shape } from '@hyperlaw/core';
import { float32 } from '@hyperlaw/engine';
import type { TaskLaw } from '@hyperlaw/tasks';
import type { Experiments, Laboratory } from '../laboratory.ts';

interface TrainInput {
  readonly task: TaskLaw;
  readonly rates: readonly number[];
  readonly steps: number;
}

/** Squares a number on the device. */
async function square({ value }: { readonly value: number }, { device, count }: Laboratory) {
  const program = await device.compile({
    inputs: { x: float32(1) },
    call: ({ x }) => ({ y: (x as NonNullable<typeof x>).square() }),
  });
  try {
    const { y } = await program.run({ x: Float32Array.of(value) });
    count({ flops: 1 });
    return { square: y?.[0] ?? null };
  } finally {
    await program.dispose();
  }
}

/** Trains a small net at several rates. */
async function train({ task, rates, steps }: TrainInput, laboratory: Laboratory) {
  const { inputDim } = await laboratory.loadTask(task);
  const shape: Shape = {
    model: { kind: 'mlp', width: 4, depth: 1, activation: 'tanh', bias: false, centred: false },
    optimizer: { kind: 'sgd' },
    batch: 8,
  };
  const lanes = rates.map((learningRate) => ({
    task,
    parameterization: { name: 'mup' as const },
    schedule: { kind: 'constant' as const },
    knobs: { learningRate },
    seed: 1,
  }));
  const results = await laboratory.train({ shape, steps, heldOut: 'test', lanes });
  return { inputDim, losses: results.map(({ loss }) => loss) };
}

/** Gives a number that no journal can hold. */
async function overflow() {
  return { curve: [1, 1 / 0] };
}

/** Goes on until it is interrupted. */
async function wait(_input: object, { goOn }: Laboratory): Promise<object> {
  for (;;) {
    goOn();
    await new Promise((resolve) => setTimeout(resolve, 5));
  }
}

export const experiments = { square, train, overflow, wait } satisfies Experiments;
