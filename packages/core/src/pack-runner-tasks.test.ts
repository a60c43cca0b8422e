import type { FiniteLaw, SyntheticLaw, Task, TaskLaw } from '@hyperlaw/tasks';
import { loadTask } from '@hyperlaw/tasks';
import { describe, expect, it } from 'vitest';
import type { Shape } from './shape.ts';
import { lane, law, runner, shape } from './testing/small-packs.ts';

const mixture: SyntheticLaw = {
  ...{ kind: 'gaussian-mixture', inputDim: 6, classes: 3, separation: 2, capacity: 0.5 },
  instance: 0,
};
const linear: TaskLaw = { kind: 'noisy-linear', inputDim: 6, noise: 0.1, instance: 0 };
const few = (of: SyntheticLaw, samples: number): FiniteLaw => ({ kind: 'finite', of, samples });
const bytes = (context: number, codeDim: number, vocabulary: number, instance = 0): TaskLaw => ({
  ...{ kind: 'typescript-bytes', context, codeDim, vocabulary, instance },
});

describe('a trial', () => {
  it.each<[string, readonly TaskLaw[]]>([
    ['values of fresh', [law, { ...law, instance: 1 }, linear]],
    ['values of few', [few(law, 40), { ...few({ ...law, noise: 0.5 }, 24), heldOut: 'clean' }]],
    ['classes of fresh', [mixture, { ...mixture, instance: 1 }]],
    ['classes of few', [few(mixture, 30), few({ ...mixture, instance: 1 }, 31)]],
  ])('on %s examples is the same alone as among other tasks, bit by bit', async (_, tasks) => {
    const across = [1, 2].flatMap((seed) =>
      [...tasks, ...tasks].map((task, i) => lane(0.01 + 0.01 * i, seed, task)),
    );
    const pack = { shape, steps: 60, heldOut: 'validation' as const };
    const run = runner();
    const together = await run({ ...pack, lanes: across });
    for (const [i, own] of across.entries()) {
      expect(await run({ ...pack, lanes: [own] })).toEqual([together[i]]);
    }
    expect(new Set(together.map(({ loss }) => loss)).size).toBe(across.length);
  });

  it('is refused beside tasks of another signature', async () => {
    const pack = { shape, steps: 1, heldOut: 'test' as const };
    for (const [one, other] of [
      [law, { ...law, inputDim: 7 }],
      [bytes(2, 4, 32), bytes(2, 4, 32, 1)],
    ] as [TaskLaw, TaskLaw][]) {
      const lanes = [lane(0.01, 1, one), lane(0.01, 1, other)];
      await expect(runner()({ ...pack, lanes })).rejects.toThrow(
        /^unknown task beside ([a-z-]+)-\w{8}: \1-\w{8} \(of the same signature\)$/,
      );
    }
  });
});

describe('data', () => {
  const finite = few(law, 40);

  it('placed on the device and gathered there trains as when it is fed', async () => {
    const table = await loadTask(finite, { data: '' });
    const fed: Task = {
      ...table,
      stream(seed, split) {
        const stream = table.stream(seed, split);
        if (stream.kind !== 'table') return stream;
        return {
          kind: 'dense',
          fill(step, batch, x, y) {
            const rows = new Int32Array(batch);
            stream.indices(step, batch, rows);
            for (const [i, row] of rows.entries()) {
              const d = table.inputDim;
              x.set(stream.x.subarray(row * d, (row + 1) * d), i * d);
              y[i] = stream.y[row] as number;
            }
          },
        };
      },
    };
    const pack = {
      shape,
      steps: 60,
      heldOut: 'test' as const,
      lanes: [lane(0.01, 1, finite), lane(0.02, 2, finite)],
    };
    const gathered = await runner()(pack);
    const dense = await runner(async () => fed)(pack);
    for (const i of [0, 1]) expect(gathered[i]?.loss).toBeCloseTo(dense[i]?.loss as number, 5);
  });

  it('of one text with another context is another program', async () => {
    const run = runner();
    for (const context of [2, 4]) {
      const lanes = [lane(0.01, 1, bytes(context, 4, 32))];
      const pack = { shape, steps: 5, heldOut: 'test' as const, lanes };
      expect(await run(pack)).toEqual(await runner()(pack));
    }
  });

  it('of a text is learnt: the loss falls below that of the letters’ frequencies', async () => {
    const wide: Shape = { ...shape, model: { ...shape.model, width: 64 }, batch: 64 };
    const [result] = await runner()({
      shape: wide,
      steps: 400,
      heldOut: 'test' as const,
      lanes: [lane(0.01, 1, bytes(4, 8, 128))],
    });
    // The entropy of single bytes of these files is about 3.2 nats; chance over the vocabulary is above 4.
    expect(result?.loss as number).toBeLessThan(2.8);
  });
});
