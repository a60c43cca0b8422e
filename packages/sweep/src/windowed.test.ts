import { expect, it } from 'vitest';
import { windowed } from './windowed.ts';

it('begins items in order, at most so many at a time, and answers in their order', async () => {
  const begun: number[] = [];
  let underWay = 0;
  let most = 0;
  const results = await windowed([5, 1, 4, 2, 3], 2, async (item) => {
    begun.push(item);
    most = Math.max(most, ++underWay);
    await new Promise((resolve) => setTimeout(resolve, item));
    underWay--;
    return 10 * item;
  });
  expect(begun).toEqual([5, 1, 4, 2, 3]);
  expect(most).toBe(2);
  expect(results).toEqual([50, 10, 40, 20, 30]);
});

it('begins nothing more once one has failed', async () => {
  const begun: number[] = [];
  const run = windowed([1, 2, 3, 4], 2, async (item) => {
    begun.push(item);
    if (item === 2) throw new Error('two');
    await new Promise((resolve) => setTimeout(resolve, 5));
  });
  await expect(run).rejects.toThrow('two');
  await new Promise((resolve) => setTimeout(resolve, 20));
  expect(begun).toEqual([1, 2]);
});
