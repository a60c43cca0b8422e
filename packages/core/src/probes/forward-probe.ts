import type { Arrays, Device, Tensors } from '@hyperlaw/engine';
import { float32 } from '@hyperlaw/engine';
import type { Tensor } from '@tensorflow/tfjs';
import type { TrainingStep } from '../training-step.ts';

/** A program that looks at all lanes of a training step; disposed by its owner. */
export interface ForwardProbe {
  /** What is read off a state on examples x `[1, examples, inputDim]`, the same for every lane. */
  run(state: Arrays, x: Float32Array): Promise<Arrays>;
  dispose(): Promise<void>;
}

/**
 * Compiles a model's forward pass, without training it, into what `read` makes of the tensors that its layers record
 * (`[lane, …]` each, by name, in the order of the pass).
 */
export async function forwardProbe(
  { model, state }: Pick<TrainingStep, 'model' | 'state'>,
  {
    device,
    examples,
    read,
  }: {
    readonly device: Device;
    readonly examples: number;
    readonly read: (recorded: ReadonlyMap<string, Tensor>) => Tensors;
  },
): Promise<ForwardProbe> {
  // A state holds what optimizers keep too.
  const names = model.parameters.map(({ name }) => name);
  const of = <Value>(all: Readonly<Record<string, Value>>) =>
    Object.fromEntries(names.map((name) => [name, all[name] as Value]));
  const program = await device.compile({
    inputs: { ...of(state), x: float32(1, examples, model.inputDim) },
    call: (inputs) => {
      const recorded = new Map<string, Tensor>();
      model.forward(inputs, inputs.x as Tensor, {
        record: (name, tensor) => {
          recorded.set(name, tensor);
        },
      });
      return read(recorded);
    },
  });
  return {
    run: (all, x) => program.run({ ...of(all), x }),
    dispose: () => program.dispose(),
  };
}
