import { describe, expect, it } from 'vitest';
import type { Shape } from './shape.ts';
import { lane, law, runner, shape } from './testing/small-packs.ts';

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

  it('of a narrow net with weak batch norms is the same alone, bit by bit', async () => {
    const norm = { kind: 'batch', position: 'before', gains: true, strength: 0.5 } as const;
    const narrow: Shape = {
      ...{ optimizer: { kind: 'sgd' }, batch: 12 },
      model: {
        ...{ kind: 'mlp', width: 7, depth: 2, activation: 'relu' },
        ...{ bias: false, centred: false, norm },
      },
    };
    const run = runner();
    const pack = { shape: narrow, steps: 40, heldOut: 'test' as const };
    const three = lanes.slice(0, 3);
    const together = await run({ ...pack, lanes: three });
    for (const [i, own] of three.entries()) {
      expect(await run({ ...pack, lanes: [own] })).toEqual([together[i]]);
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
