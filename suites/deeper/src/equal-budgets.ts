import { flopsPerStep, parameterCount } from '@hyperlaw/core';
import type { Task } from '@hyperlaw/tasks';
import type { Net } from './nets.ts';
import { shapeOf } from './nets.ts';

/** What is held equal as depth grows. */
export type Comparison = 'width' | 'parameters' | 'compute';

/** All of them, in the order of the page. */
export const comparisons: readonly Comparison[] = ['width', 'parameters', 'compute'];

/** The net at whose size the others are made equal. */
export interface Anchor {
  readonly depth: number;
  readonly width: number;
  readonly steps: number;
}

/**
 * Width and steps of a net of some depth that is as large as its anchor: in width (and steps); in parameters, at the
 * width whose count comes closest; or in compute, steps times the floating-point operations of a step.
 */
export function equalised(
  net: Net,
  task: Pick<Task, 'inputDim' | 'output'>,
  { comparison, depth, anchor }: { comparison: Comparison; depth: number; anchor: Anchor },
): { readonly width: number; readonly steps: number } {
  const { width, steps } = anchor;
  switch (comparison) {
    case 'width':
      return { width, steps };
    case 'parameters':
      return { width: widthOfParameters(net, task, { depth, anchor }), steps };
    case 'compute': {
      const own = flopsPerStep(shapeOf(net, { depth, width }), task);
      const at = flopsPerStep(shapeOf(net, anchor), task);
      return { width, steps: Math.round((steps * at) / own) };
    }
  }
}

function widthOfParameters(
  net: Net,
  task: Pick<Task, 'inputDim' | 'output'>,
  { depth, anchor }: { readonly depth: number; readonly anchor: Anchor },
): number {
  // Half of a transformer's width is its heads' size, which must be whole.
  const stride = net === 'transformer' ? 2 : 1;
  const target = parameterCount(shapeOf(net, anchor), task);
  const missed = (width: number) =>
    Math.abs(parameterCount(shapeOf(net, { depth, width }), task) - target);
  let [low, high] = [1, 2];
  while (parameterCount(shapeOf(net, { depth, width: stride * high }), task) < target) high *= 2;
  while (high - low > 1) {
    const middle = Math.floor((low + high) / 2);
    const count = parameterCount(shapeOf(net, { depth, width: stride * middle }), task);
    if (count < target) low = middle;
    else high = middle;
  }
  const [below, above] = [stride * low, stride * high];
  return missed(below) <= missed(above) ? below : above;
}
