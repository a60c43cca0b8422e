import { describe, expect, it } from 'vitest';
import { epochOrder } from './epoch-order.ts';

describe('epochOrder', () => {
  it('visits everything once an epoch, in another order each time', () => {
    const order = epochOrder(10, ['a', 0]);
    const items = Array.from({ length: 10 }, (_, step) => {
      const out = new Int32Array(3);
      order(step, 3, out);
      return [...out];
    }).flat();
    const epochs = [items.slice(0, 10), items.slice(10, 20), items.slice(20, 30)];
    for (const epoch of epochs) {
      expect([...epoch].sort((a, b) => a - b)).toEqual([0, 1, 2, 3, 4, 5, 6, 7, 8, 9]);
    }
    expect(epochs[0]).not.toEqual(epochs[1]);
    expect(epochs[1]).not.toEqual(epochs[2]);
  });

  it('does not depend on the order of asking or on the batch size', () => {
    const first = new Int32Array(20);
    epochOrder(7, ['a', 0])(0, 20, first);
    const order = epochOrder(7, ['a', 0]);
    const parts = [3, 1, 0, 2].map((step) => {
      const out = new Int32Array(5);
      order(step, 5, out);
      return [step, [...out]] as const;
    });
    for (const [step, part] of parts)
      expect(part).toEqual([...first.slice(5 * step, 5 * step + 5)]);
  });
});
