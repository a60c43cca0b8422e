import { openCpu } from '@hyperlaw/engine';
import { loadTask, sampleTask, type TaskLaw } from '@hyperlaw/tasks';
import { expect, it } from 'vitest';
import { BLOCK, makeBlock } from './batch-block.ts';
import { batchThreads } from './batch-threads.ts';
import { packRunner, type TrainingPack } from './pack-runner.ts';
import { laneWith, smallShape } from './testing/fixtures.ts';

const law = sampleTask(0, 0);

it('makes the same batches as this thread would, to the bit', async () => {
  const maker = batchThreads({ threads: 2, data: '' });
  const task = await loadTask(law, { data: '' });
  const stream = task.stream(5, 'train');
  if (stream.kind !== 'dense') throw new Error('made for dense tasks');
  const made = await Promise.all(
    [0, 1, 7].map((index) => maker({ law, seed: 5, split: 'train', batch: 8, index })),
  );
  expect(made).toEqual([0, 1, 7].map((index) => makeBlock(task, stream, 8, index)));
  expect(made[0]?.x.length).toBe(BLOCK * 8 * task.inputDim);
});

it('says what is wrong with a task', async () => {
  const maker = batchThreads({ threads: 1, data: '' });
  const wrong = { kind: 'sudoku' } as unknown as TaskLaw;
  const block = { law: wrong, seed: 0, split: 'train', batch: 1, index: 0 } as const;
  await expect(maker(block)).rejects.toThrow('unknown task: sudoku');
});

it('asks another thread where one has ended', async () => {
  const dying = `import { parentPort } from 'node:worker_threads'; parentPort.on('message', () => process.exit());`;
  const entry = new URL(`data:text/javascript,${encodeURIComponent(dying)}`);
  const maker = batchThreads({ threads: 1, data: '', entry });
  const block = { law, seed: 0, split: 'train', batch: 1, index: 0 } as const;
  for (let attempt = 0; attempt < 2; attempt++) {
    await expect(maker(block)).rejects.toThrow('a thread that makes batches has ended');
  }
});

it('changes no bit of a training', async () => {
  const pack: TrainingPack = {
    ...{ shape: smallShape(), steps: 250, heldOut: 'test' },
    lanes: [1, 2].flatMap((seed) =>
      [law, { ...law, instance: law.instance + 1 }].map((task) => ({
        task,
        ...laneWith({ seed }),
      })),
    ),
  };
  const common = {
    ...{ device: openCpu(), clock: () => 0 },
    loadTask: (of: TaskLaw) => loadTask(of, { data: '' }),
  };
  const alone = await packRunner(common)(pack);
  const maker = batchThreads({ threads: 2, data: '' });
  expect(await packRunner({ ...common, maker })(pack)).toEqual(alone);
});
