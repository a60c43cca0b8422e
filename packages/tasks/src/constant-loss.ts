import { heldOutLaw } from './finite.ts';
import type { Task } from './task.ts';

/** Loss of a constant prediction: variance 1 and the noise, or a uniform guess among the classes. */
export function constantLoss({ law, output }: Pick<Task, 'law' | 'output'>): number {
  if (output.kind === 'classes') return Math.log(output.count);
  const of = law.kind === 'finite' ? heldOutLaw(law) : law;
  return 1 + ('noise' in of ? of.noise ** 2 : 0);
}
