import { loadTask, sampleTask } from '@hyperlaw/tasks';
import { describe, expect, it } from 'vitest';
import { costModel } from './cost-model.ts';
import { largestTensorBytes, stateBytes, workingSetBytes } from './flops.ts';
import { laneLimits } from './lane-limits.ts';
import type { Shape } from './shape.ts';

const task = await loadTask(sampleTask(0, 0), { data: '' });
const shapeOf = (width: number): Shape => ({
  model: { kind: 'mlp', width, depth: 3, activation: 'relu', bias: false, centred: false },
  optimizer: { kind: 'sgd' },
  batch: 32,
});
const lanes = (hardware: 'processor' | 'gpu', width: number, memoryBytes = 2 ** 40) =>
  costModel({ taskOf: () => task, memoryBytes, hardware }).lanesFor({
    ...{ task: task.law, shape: shapeOf(width), steps: 1 },
  });

describe('lanes', () => {
  it('are a cacheful on a processor, and hundreds of narrow nets on a GPU', () => {
    expect(lanes('processor', 512)).toBeLessThan(8);
    expect(lanes('gpu', 32)).toBeGreaterThanOrEqual(512);
    expect(lanes('gpu', 512)).toBeGreaterThan(8 * lanes('processor', 512));
  });

  it('keep what the next step reads in the cache of a processor, but for a single one', () => {
    const { stateBytes: most } = laneLimits('processor');
    for (const width of [8, 32, 64, 128, 256, 512]) {
      const count = lanes('processor', width);
      // Rounded to the nearest: half a lane more.
      const bytes = (count - 0.5) * stateBytes(shapeOf(width), task);
      expect(count === 1 || bytes <= most, `width ${width}`).toBe(true);
    }
  });

  it('never pass what a device promises for a tensor, nor the memory that there is', () => {
    const { tensorBytes, workingSetBytes: most } = laneLimits('gpu');
    for (const width of [32, 256, 1024, 4096]) {
      const count = lanes('gpu', width);
      expect(count * largestTensorBytes(shapeOf(width), task)).toBeLessThanOrEqual(tensorBytes);
      // Rounded to the nearest: half a lane more.
      expect((count - 0.5) * workingSetBytes(shapeOf(width), task)).toBeLessThanOrEqual(most);
    }
    const bytes = workingSetBytes(shapeOf(256), task);
    expect(lanes('gpu', 256, 40 * bytes)).toBe(10);
  });

  it('are at least one where a single one passes the limits of a tensor', () => {
    expect(lanes('gpu', 8192)).toBe(1);
  });
});
