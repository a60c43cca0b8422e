import type { Laboratory } from '@hyperlaw/cli';
import { forwardProbe, type TrainingStep } from '@hyperlaw/core';
import type { Arrays } from '@hyperlaw/engine';
import type { Tensor } from '@tensorflow/tfjs';

/** What is seen of one net, by what it tells of: `[probes, features]` each. */
export interface Seen {
  readonly input: Float32Array;
  readonly logits: Float32Array;
  readonly assigned: Float32Array;
  readonly features: Float32Array;
  readonly mixture: Float32Array;
  readonly output: Float32Array;
}

const layers: Readonly<Record<keyof Seen, string>> = {
  input: 'input.preactivation',
  logits: 'hidden1.logits',
  assigned: 'hidden1.assigned',
  features: 'hidden1.experts',
  mixture: 'hidden1.preactivation',
  output: 'output.preactivation',
};
const names = Object.keys(layers) as readonly (keyof Seen)[];

/** A program that looks at all lanes of a training step on the same examples x `[1, probes, inputDim]`. */
export async function watcher(
  step: TrainingStep,
  { device }: Laboratory,
  { probes, x }: { readonly probes: number; readonly x: Float32Array },
) {
  const { lanes } = step;
  const probe = await forwardProbe(step, {
    ...{ device, examples: probes },
    read: (recorded) =>
      Object.fromEntries(names.map((name) => [name, recorded.get(layers[name]) as Tensor])),
  });
  return {
    /** Every lane of a state. */
    async look(all: Arrays): Promise<readonly Seen[]> {
      const made = await probe.run(all, x);
      const of = (name: keyof Seen, lane: number) => {
        const values = made[name] as Float32Array;
        const size = values.length / lanes;
        return values.slice(lane * size, (lane + 1) * size);
      };
      return Array.from(
        { length: lanes },
        (_, lane): Seen => ({
          input: of('input', lane),
          logits: of('logits', lane),
          assigned: of('assigned', lane),
          features: of('features', lane),
          mixture: of('mixture', lane),
          output: of('output', lane),
        }),
      );
    },
    dispose: () => probe.dispose(),
  };
}
