import { openCpu } from '@hyperlaw/engine';
import type { FiniteLaw, SyntheticLaw, Task, TaskLaw, TeacherLaw } from '@hyperlaw/tasks';
import { loadTask } from '@hyperlaw/tasks';
import { describe, expect, it } from 'vitest';
import type { TaskLane } from './lane-plan.ts';
import { packRunner } from './pack-runner.ts';
import type { Shape } from './shape.ts';

const law: TeacherLaw = {
  kind: 'teacher',
  inputDim: 6,
  outputDim: 1,
  width: 4,
  depth: 1,
  activation: 'relu',
  noise: 0.1,
  instance: 0,
};
const mixture: SyntheticLaw = {
  ...{ kind: 'gaussian-mixture', inputDim: 6, classes: 3, separation: 2, capacity: 0.5 },
  instance: 0,
};
const few = (of: SyntheticLaw, samples: number): FiniteLaw => ({ kind: 'finite', of, samples });
const linear: TaskLaw = { kind: 'noisy-linear', inputDim: 6, noise: 0.1, instance: 0 };
const shape: Shape = {
  model: { kind: 'mlp', width: 16, depth: 2, activation: 'relu', bias: true, centred: false },
  optimizer: { kind: 'adam' },
  batch: 16,
};
const lane = (learningRate: number, seed: number, task: TaskLaw = law): TaskLane => ({
  task,
  parameterization: { name: 'mup', baseWidth: 8 },
  schedule: { kind: 'constant' },
  knobs: { learningRate },
  seed,
});

function runner(task: (law: TaskLaw) => Promise<Task> = (l) => loadTask(l, { data: '' })) {
  return packRunner({ device: openCpu(), loadTask: task, clock: () => 0 });
}

describe('a trial', () => {
  const lanes = [lane(0.01, 1), lane(0.02, 1), lane(0.01, 2), lane(0.005, 3)];

  it('gives the same curve alone as among other lanes', async () => {
    const run = runner();
    const together = await run({ shape, steps: 120, heldOut: 'test' as const, lanes });
    for (const [i, own] of lanes.entries()) {
      const [alone] = await run({
        shape,
        steps: 120,
        heldOut: 'test' as const,
        lanes: [own],
      });
      // Bit by bit: every lane's sums are added in one order, whatever stands beside it.
      expect(alone).toEqual(together[i]);
    }
  });

  it.each([5, 6, 7])('of %i examples a batch is the same alone, bit by bit', async (batch) => {
    const model = { ...shape.model, width: 6, activation: 'relu' } as Shape['model'];
    const run = runner();
    const pack = {
      ...{ shape: { ...shape, batch, model }, steps: 40 },
      heldOut: 'test' as const,
    };
    const together = await run({ ...pack, lanes });
    for (const [i, own] of lanes.entries()) {
      expect(await run({ ...pack, lanes: [own] })).toEqual([together[i]]);
    }
  });

  it('of a convolutional net with batch norm by LARS is the same alone, bit by bit', async () => {
    const norm = { kind: 'batch', position: 'before', gains: true } as const;
    const images: Shape = {
      ...{ optimizer: { kind: 'lars' }, batch: 16 },
      model: {
        ...{ kind: 'conv-net', width: 8, depth: 2, side: 4, channels: 1, pools: 1 },
        ...{ activation: 'relu', bias: false, centred: false, norm },
      },
    };
    const run = runner();
    const pack = {
      ...{ shape: images, steps: 40 },
      heldOut: 'test' as const,
    };
    const three = lanes.slice(0, 3).map((own) => ({
      ...own,
      task: { ...law, inputDim: 16 },
      knobs: { learningRate: own.knobs.learningRate ?? 0, trust: 1 },
    }));
    const together = await run({ ...pack, lanes: three });
    for (const [i, own] of three.entries()) {
      expect(await run({ ...pack, lanes: [own] })).toEqual([together[i]]);
    }
    expect(together.every(({ status }) => status === 'finished')).toBe(true);
  });

  it('of a residual net with norms under a depth rule is the same alone, bit by bit', async () => {
    const norm = { kind: 'layer', placement: 'pre', gains: true } as const;
    const residual: Shape = {
      ...shape,
      model: { ...shape.model, kind: 'residual-mlp', depth: 4, blockLayers: 2, norm },
    };
    const depth = { rule: 'completep', baseDepth: 1 } as const;
    const deep = lanes.slice(0, 3).map((each) => ({
      ...each,
      parameterization: { ...each.parameterization, depth },
    }));
    const run = runner();
    const pack = { shape: residual, steps: 60, heldOut: 'test' as const };
    const together = await run({ ...pack, lanes: deep });
    for (const [i, own] of deep.entries()) {
      expect(await run({ ...pack, lanes: [own] })).toEqual([together[i]]);
    }
    expect(together[0]?.loss as number).toBeLessThan(1);
  });

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
    const text: TaskLaw = {
      ...{ kind: 'typescript-bytes', context: 2, codeDim: 4, vocabulary: 32, instance: 0 },
    };
    for (const [one, other] of [
      [law, { ...law, inputDim: 7 }],
      [text, { ...text, instance: 1 }],
    ] as [TaskLaw, TaskLaw][]) {
      const lanes = [lane(0.01, 1, one), lane(0.01, 1, other)];
      await expect(runner()({ ...pack, lanes })).rejects.toThrow(
        /^unknown task beside ([a-z-]+)-\w{8}: \1-\w{8} \(of the same signature\)$/,
      );
    }
  });

  it('learns: the held-out loss falls well below that of the zero function', async () => {
    const [result] = await runner()({
      shape,
      steps: 600,
      heldOut: 'test' as const,
      lanes: [lane(0.01, 1)],
    });
    expect(result?.status).toBe('finished');
    expect(result?.loss as number).toBeLessThan(0.5);
    expect(result?.loss as number).toBeGreaterThan(0.01);
  });

  it('is a function of its own description: the same again, bit by bit', async () => {
    const pack = { shape, steps: 50, heldOut: 'test' as const, lanes };
    expect(await runner()(pack)).toEqual(await runner()(pack));
  });

  it('that diverges is a result, and changes no bit of its neighbours', async () => {
    const sgd: Shape = { ...shape, optimizer: { kind: 'sgd' } };
    const calm = [lane(0.01, 1), lane(0.02, 1)];
    const wild = lane(1e4, 1);
    const run = runner();
    const without = await run({
      shape: sgd,
      steps: 60,
      heldOut: 'test' as const,
      lanes: [...calm, lane(0.03, 1)],
    });
    const beside = await run({
      shape: sgd,
      steps: 60,
      heldOut: 'test' as const,
      lanes: [...calm, wild],
    });
    expect(beside[2]).toMatchObject({ status: 'diverged', loss: null });
    expect(beside[2]?.divergedAt).toBeGreaterThan(0);
    expect(beside.slice(0, 2)).toEqual(without.slice(0, 2));
  });

  it('stops early where every lane has diverged', async () => {
    const sgd: Shape = { ...shape, optimizer: { kind: 'sgd' } };
    const told: number[] = [];
    const results = await runner()(
      {
        shape: sgd,
        steps: 10_000,
        heldOut: 'test' as const,
        lanes: [lane(1e4, 1), lane(1e5, 1)],
      },
      { onProgress: (steps) => told.push(steps) },
    );
    expect(results.every(({ status }) => status === 'diverged')).toBe(true);
    expect(told.length).toBeLessThan(3);
  });
});

describe('data', () => {
  const finite: TaskLaw = { kind: 'finite', of: law, samples: 40 } as TaskLaw;

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
      const text: TaskLaw = {
        kind: 'typescript-bytes',
        context,
        codeDim: 4,
        vocabulary: 32,
        instance: 0,
      };
      const pack = {
        shape,
        steps: 5,
        heldOut: 'test' as const,
        lanes: [lane(0.01, 1, text)],
      };
      expect(await run(pack)).toEqual(await runner()(pack));
    }
  });

  it('of a text is learnt: the loss falls below that of the letters’ frequencies', async () => {
    const text: TaskLaw = {
      kind: 'typescript-bytes',
      context: 4,
      codeDim: 8,
      vocabulary: 128,
      instance: 0,
    } as TaskLaw;
    const wide: Shape = { ...shape, model: { ...shape.model, width: 64 }, batch: 64 };
    const [result] = await runner()({
      shape: wide,
      steps: 400,
      heldOut: 'test' as const,
      lanes: [lane(0.01, 1, text)],
    });
    // The entropy of single bytes of these files is about 3.2 nats; chance over the vocabulary is above 4.
    expect(result?.loss as number).toBeLessThan(2.8);
  });
});
