import type { Task } from '../task.ts';

/** The first `n` held-out examples of an online task of one output. */
export function draw(task: Task, n: number) {
  const stream = task.stream(3, 'test');
  if (stream.kind !== 'dense') throw new Error('not online');
  const x = new Float32Array(n * task.inputDim);
  const y = task.output.kind === 'classes' ? new Int32Array(n) : new Float32Array(n);
  stream.fill(0, n, x, y);
  return { x, y };
}

/** The mean of `f(0)` … `f(n − 1)`. */
export const mean = (n: number, f: (e: number) => number): number => {
  let sum = 0;
  for (let e = 0; e < n; e++) sum += f(e);
  return sum / n;
};

/** u · x[at …]. */
export const dot = (u: Float64Array, x: Float32Array, at: number): number =>
  u.reduce((sum, value, i) => sum + value * (x[at + i] as number), 0);
