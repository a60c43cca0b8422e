import { loadTask } from '@hyperlaw/tasks';
import { describe, expect, it } from 'vitest';
import { batchStore } from './batch-store.ts';

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

  it('remembers streams by law, seed and split, and stays within its bytes', () => {
    const store = batchStore({ maxBytes: 10_000 });
    const stream = store.stream(task, 5, 'train');
    expect(store.stream(task, 5, 'train')).toBe(stream);
    expect(store.stream(task, 5, 'test')).not.toBe(stream);
    const first = store.batches(task, stream, { batch: 4, first: 0, count: 1 });
    store.batches(task, stream, { batch: 4, first: 6400, count: 640 });
    const again = store.batches(task, stream, { batch: 4, first: 0, count: 1 });
    expect(again.x).toEqual(first.x);
    expect(again.x.buffer).not.toBe(first.x.buffer);
  });
});
