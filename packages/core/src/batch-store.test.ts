import type { DenseStream, Task } from '@hyperlaw/tasks';
import { loadTask } from '@hyperlaw/tasks';
import { describe, expect, it } from 'vitest';
import { batchStore } from './batch-store.ts';
import { poolMemory } from './block-pool.ts';

const task = await loadTask(
  {
    kind: 'teacher',
    inputDim: 3,
    outputDim: 1,
    width: 2,
    depth: 1,
    activation: 'relu',
    noise: 0.1,
    instance: 0,
  },
  { data: '' },
);

describe('a batch store', () => {
  it('gives what the stream gives, whatever the cuts', () => {
    const store = batchStore();
    const stream = store.stream(task, 5, 'train');
    if (stream.kind !== 'dense') throw new Error('a teacher is online');
    const range = { batch: 4, first: 50, count: 100 };
    const { x, y } = store.batches(task, stream, range);
    for (const step of [50, 63, 64, 127, 128, 149]) {
      const ownX = new Float32Array(12);
      const ownY = new Float32Array(4);
      stream.fill(step, 4, ownX, ownY);
      const at = step - 50;
      expect(x.subarray(at * 12, (at + 1) * 12)).toEqual(ownX);
      expect(y.subarray(at * 4, (at + 1) * 4)).toEqual(ownY);
    }
  });

  it('remembers streams by law, seed and split', () => {
    const store = batchStore();
    const stream = store.stream(task, 5, 'train');
    expect(store.stream(task, 5, 'train')).toBe(stream);
    expect(store.stream(task, 5, 'test')).not.toBe(stream);
  });

  it('has no batch made twice by those that share its memory', () => {
    const memory = poolMemory();
    const range = { batch: 4, first: 5, count: 40 };
    let fills = 0;
    const counting: Task = {
      ...task,
      stream: (seed, split) => {
        const stream = task.stream(seed, split);
        if (stream.kind !== 'dense') throw new Error('a teacher is online');
        const fill: DenseStream['fill'] = (...words) => {
          fills++;
          stream.fill(...words);
        };
        return { ...stream, fill };
      },
    };
    const [first, second] = [0, 0].map(() => {
      const store = batchStore({ memory });
      return store.batches(counting, store.stream(counting, 5, 'train'), range);
    });
    expect(second).toEqual(first);
    // Steps 5 to 44 lie in three blocks of sixteen.
    expect(fills).toBe(48);
  });
});
