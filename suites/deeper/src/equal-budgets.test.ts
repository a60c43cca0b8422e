import { flopsPerStep, parameterCount } from '@hyperlaw/core';
import { describe, expect, it } from 'vitest';
import { equalised } from './equal-budgets.ts';
import { type Net, shapeOf } from './nets.ts';

const task = { inputDim: 32, output: { kind: 'classes', count: 32 } } as const;
const anchor = { depth: 8, width: 32, steps: 400 };
const nets: readonly Net[] = ['residual', 'plain', 'transformer'];
const depths = [1, 2, 3, 4, 8, 16, 32];

describe('equal budgets', () => {
  it.each(nets)('of %s leave the anchor as it is', (net) => {
    for (const comparison of ['width', 'parameters', 'compute'] as const) {
      const { depth, width, steps } = anchor;
      expect(equalised(net, task, { comparison, depth, anchor })).toEqual({ width, steps });
    }
  });

  it.each(nets)('of %s have as many parameters, to what one more unit of width changes', (net) => {
    const count = (depth: number, width: number) =>
      parameterCount(shapeOf(net, { depth, width }), task);
    const target = count(anchor.depth, anchor.width);
    for (const depth of depths) {
      const { width, steps } = equalised(net, task, { comparison: 'parameters', depth, anchor });
      expect(steps).toBe(anchor.steps);
      const stride = net === 'transformer' ? 2 : 1;
      const unit = count(depth, width + stride) - count(depth, width);
      expect(Math.abs(count(depth, width) - target)).toBeLessThanOrEqual(unit);
    }
  });

  it.each(nets)('of %s cost as many operations, to half a step', (net) => {
    const cost = (depth: number) =>
      flopsPerStep(shapeOf(net, { depth, width: anchor.width }), task);
    for (const depth of depths) {
      const { steps } = equalised(net, task, { comparison: 'compute', depth, anchor });
      const off = Math.abs(steps * cost(depth) - anchor.steps * cost(anchor.depth));
      expect(off).toBeLessThanOrEqual(cost(depth) / 2);
    }
  });
});
