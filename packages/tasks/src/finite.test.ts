import { describe, expect, it } from 'vitest';
import { loadTask } from './registry.ts';
import type { Task } from './task.ts';

const of = {
  kind: 'teacher',
  inputDim: 4,
  outputDim: 2,
  width: 4,
  depth: 1,
  activation: 'relu',
  noise: 0.1,
  instance: 0,
} as const;
const data = '/nowhere';

function table(task: Task, seed: number) {
  const stream = task.stream(seed, 'train');
  if (stream.kind !== 'table') throw new Error('not a table');
  return stream;
}

describe('finite', () => {
  it('is the same set for every seed, in another order, and longer sets begin with shorter', async () => {
    const task = await loadTask({ kind: 'finite', of, samples: 20 }, { data });
    const longer = await loadTask({ kind: 'finite', of, samples: 30 }, { data });
    expect(table(task, 0).x).toBe(table(task, 1).x);
    expect(table(task, 0).y).toHaveLength(40);
    expect(table(longer, 0).x.slice(0, 80)).toEqual(table(task, 0).x);
    const [a, b] = [new Int32Array(20), new Int32Array(20)];
    table(task, 0).indices(0, 20, a);
    table(task, 1).indices(0, 20, b);
    expect(a).not.toEqual(b);
    expect(a.slice().sort()).toEqual(b.slice().sort());
  });

  it('holds out fresh examples of the law itself', async () => {
    const whole = await loadTask(of, { data });
    const task = await loadTask({ kind: 'finite', of, samples: 20 }, { data });
    const batches = [whole, task].map((each) => {
      const stream = each.stream(3, 'test');
      if (stream.kind !== 'dense') throw new Error('not online');
      const x = new Float32Array(16);
      stream.fill(2, 4, x, new Float32Array(8));
      return x;
    });
    expect(batches[1]).toEqual(batches[0]);
    expect(task.bestLoss).toBe(whole.bestLoss);
  });

  it('can hold out clean examples of the same target: the noise was in training alone', async () => {
    const noisy = await loadTask({ kind: 'finite', of, samples: 20 }, { data });
    const clean = await loadTask({ kind: 'finite', of, samples: 20, heldOut: 'clean' }, { data });
    expect(table(clean, 0).y).toEqual(table(noisy, 0).y);
    const [a, b] = [noisy, clean].map((task) => {
      const stream = task.stream(3, 'test');
      if (stream.kind !== 'dense') throw new Error('not online');
      const [x, y] = [new Float32Array(4 * 4000), new Float32Array(2 * 4000)];
      stream.fill(0, 4000, x, y);
      return { x, y };
    });
    expect(b?.x).toEqual(a?.x);
    const apart = a?.y.reduce((sum, value, i) => sum + (value - (b?.y[i] ?? 0)) ** 2, 0) ?? 0;
    // Mean of 8000 squares of noise 0.1: five standard errors.
    expect(Math.abs(apart / 8000 / 0.01 - 1)).toBeLessThan(5 * Math.sqrt(2 / 8000));
    expect(clean.bestLoss).toBe(0);
    const parity = { kind: 'parity', inputDim: 4, sparsity: 2, output: 'regression' } as const;
    await expect(
      loadTask(
        { kind: 'finite', of: { ...parity, flip: 0.1, instance: 0 }, samples: 8, heldOut: 'clean' },
        { data },
      ),
    ).rejects.toThrow('unknown held out: clean (of a law with noise, not parity)');
  });

  it('takes classes as well', async () => {
    const law = {
      kind: 'finite',
      of: {
        kind: 'gaussian-mixture',
        inputDim: 4,
        classes: 3,
        separation: 2,
        capacity: 0,
        instance: 0,
      },
      samples: 9,
    } as const;
    const task = await loadTask(law, { data });
    expect(table(task, 0).y).toBeInstanceOf(Int32Array);
    expect(task.output).toEqual({ kind: 'classes', count: 3 });
  });
});
