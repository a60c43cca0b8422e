import type { Task } from './task.ts';

/** Loss of a constant prediction: variance 1 and the noise, or a uniform guess among the classes. */
export function constantLoss({ law, output }: Pick<Task, 'law' | 'output'>): number {
  if (output.kind === 'classes') return Math.log(output.count);
  return 1 + ('noise' in law ? law.noise ** 2 : 0);
}
