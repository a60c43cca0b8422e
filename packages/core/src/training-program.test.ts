import type { Device, LoopProgram } from '@hyperlaw/engine';
import { openCpu } from '@hyperlaw/engine';
import { loadTask } from '@hyperlaw/tasks';
import { expect, it } from 'vitest';
import { lanePlan } from './lane-plan.ts';
import { packRunner } from './pack-runner.ts';
import { batchesOf } from './probes/batches.ts';
import { trainLanes } from './probes/train-lanes.ts';
import { lane, law, shape } from './testing/small-packs.ts';
import { trainingStep } from './training-step.ts';

/** A device that counts what is open on it, and refuses to compile more than `most` programs. */
function counting(most = Infinity) {
  const open = { programs: 0, runs: 0 };
  const cpu = openCpu();
  const device: Device = {
    ...cpu,
    async compileLoop(spec) {
      if (open.programs === most) throw new Error('out of memory');
      const program = await cpu.compileLoop(spec);
      open.programs++;
      const start: LoopProgram['start'] = async (values) => {
        const run = await program.start(values);
        open.runs++;
        return { ...run, dispose: () => run.dispose().finally(() => open.runs--) };
      };
      return { ...program, start, dispose: () => program.dispose().finally(() => open.programs--) };
    },
  };
  return { device, open };
}

it('leaves nothing on the device where only a half of it can be compiled', async () => {
  const { device, open } = counting(1);
  const run = packRunner({ device, loadTask: (l) => loadTask(l, { data: '' }), clock: () => 0 });
  const pack = { shape, steps: 5, heldOut: 'test' as const, lanes: [lane(0.01, 1)] };
  await expect(run(pack)).rejects.toThrow('out of memory');
  expect(open).toEqual({ programs: 0, runs: 0 });
});

it('leaves nothing there after lanes were trained beside it, nor where that was interrupted', async () => {
  const { device, open } = counting();
  const task = await loadTask(law, { data: '' });
  const step = trainingStep(shape, { inputDim: 6, output: task.output, lanes: 1 });
  const plans = [
    lanePlan(lane(0.01, 1), {
      ...{ shape, parameters: step.model.parameters, optimizer: step.optimizer },
    }),
  ];
  const batches = batchesOf(task, [task.stream(1, 'train')], shape.batch);
  const training = { step, plans, batches, steps: 3 };
  const count = () => {};
  await trainLanes({ device, count, goOn: () => {} }, training);
  expect(open).toEqual({ programs: 0, runs: 0 });
  const goOn = () => {
    throw new Error('interrupted');
  };
  await expect(trainLanes({ device, count, goOn }, training)).rejects.toThrow('interrupted');
  expect(open).toEqual({ programs: 0, runs: 0 });
});
