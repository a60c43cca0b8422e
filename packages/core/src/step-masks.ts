import { randomStream } from '@hyperlaw/tasks';
import { dropoutMask } from './dropout.ts';
import type { LanePlan } from './lane-plan.ts';
import type { Arrays } from './tensors.ts';
import type { TrainingStep } from './training-step.ts';

/**
 * Dropout masks of steps `first … first + count − 1`, each `[count, lane, batch, features]`, from every lane's own seed
 * and rate.
 */
export function stepMasks(
  { model, lanes, shape }: TrainingStep,
  plans: readonly LanePlan[],
  { first, count }: { readonly first: number; readonly count: number },
): Arrays {
  return Object.fromEntries(
    model.masks.map(({ name, features }) => {
      const size = shape.batch * features;
      const all = new Float32Array(count * lanes * size);
      for (const [lane, { seed, knobs }] of plans.entries()) {
        const stream = randomStream({ seed, role: 'noise', path: [name] });
        for (let i = 0; i < count; i++) {
          const own = all.subarray((i * lanes + lane) * size, (i * lanes + lane + 1) * size);
          stream.fillUniform((first + i) * size, own);
          dropoutMask(own, knobs.dropout ?? 0);
        }
      }
      return [name, all];
    }),
  );
}
