import { describe, expect, it } from 'vitest';
import { curvesTable, type TrialEntry, trialsTable } from './trials-table.ts';

function entry(index: number): TrialEntry {
  const diverged = index % 7 === 0;
  return {
    key: index.toString(16).padStart(64, '0'),
    status: diverged ? 'diverged' : 'finished',
    divergedAt: diverged ? 3 : null,
    loss: diverged ? null : 1 / (1 + index),
    seconds: 0.1,
    flops: 1e9,
    spec: {
      task: { kind: 'teacher', depth: 9 },
      shape: {
        model: { kind: 'mlp', width: 2 ** (3 + (index % 6)), depth: 3, activation: 'relu' },
        optimizer: { kind: 'adam' },
        batch: 64,
      },
      parameterization: { name: 'mup', baseWidth: 32 },
      schedule: { kind: 'constant' },
      knobs: { learningRate: 2 ** -(index % 9), ...(index > 2 ? { momentum: 0.9 } : {}) },
      seed: index % 5,
      steps: 1000,
      heldOut: 'test',
    },
    curve: Array.from({ length: 64 }, (_, i) => [i * 16, 1 / (1 + i)] as const),
  };
}

const taskName = (law: unknown): string => (law as { kind: string }).kind;

function* entries(count: number): Generator<TrialEntry> {
  for (let i = 0; i < count; i++) yield entry(i);
}

describe('trialsTable', () => {
  it('has a row a trial and a column a thing that tells trials apart', () => {
    const table = trialsTable(entries(4), { taskName });
    expect(table.object(1)).toMatchObject({
      task: 'teacher',
      status: 'finished',
      loss: 0.5,
      model: 'mlp',
      width: 16,
      depth: 3,
      optimizer: 'adam',
      batch: 64,
      parameterization: 'mup',
      baseWidth: 32,
      schedule: 'constant',
      learningRate: 0.5,
      momentum: null,
    });
    expect(table.array('momentum')).toEqual([null, null, null, 0.9]);
    expect(table.object(0)).toMatchObject({ status: 'diverged', divergedAt: 3, loss: null });
  });

  it('prefixes a name that is taken', () => {
    const { spec, ...rest } = entry(1);
    const table = trialsTable(
      [{ ...rest, spec: { ...spec, schedule: { kind: 'cosine', steps: 10 } } }],
      { taskName },
    );
    expect(table.object(0)).toMatchObject({
      steps: 1000,
      'schedule.steps': 10,
      schedule: 'cosine',
    });
  });

  it('holds 50,000 trials and their 64-point curves in well under 500 MB', () => {
    globalThis.gc?.();
    const before = process.memoryUsage().heapUsed;
    const table = trialsTable(entries(50_000), { taskName });
    const curves = curvesTable(entries(50_000));
    expect([table.numRows(), curves.numRows()]).toEqual([50_000, 3_200_000]);
    expect(process.memoryUsage().heapUsed - before).toBeLessThan(400e6);
  });
});
