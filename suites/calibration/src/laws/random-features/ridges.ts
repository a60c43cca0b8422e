import { type KernelTask, optimalRidge, type RandomFeatureSizes } from '@hyperlaw/theory';

/** A ridge: a share of Σλ, the kernel's mean diagonal, or the theory's best for every n and k, or a multiple of that. */
export type Ridge = number | 'optimal' | { readonly timesOptimal: number };

/** δ of a ridge for a task and sizes. */
export function ridgeOf(ridge: Ridge, task: KernelTask, sizes: RandomFeatureSizes): number {
  if (ridge === 'optimal') return optimalRidge(task, sizes).ridge;
  if (typeof ridge === 'object') return ridge.timesOptimal * optimalRidge(task, sizes).ridge;
  let trace = 0;
  for (let i = 0; i < task.eigenvalues.length; i++) trace += task.eigenvalues[i] as number;
  return ridge * trace;
}
