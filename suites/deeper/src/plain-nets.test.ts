import type { SizedArm } from '@hyperlaw/report';
import { expect, it } from 'vitest';
import { gapClaims, gapsOf } from './plain-nets.ts';

const tasksOf = (loss: (i: number) => number | null, status: SizedArm['status'] = 'interior') =>
  Array.from({ length: 7 }, (_, i) => {
    const own = loss(i);
    const losses = Array.from({ length: 6 }, (_, seed) => own && own * (1 + 0.01 * seed));
    return {
      ...{ task: `${i}`, title: `${i}`, ceiling: 64, seeds: 6, alike: [] },
      arms: [{ size: 16, status, losses }],
    };
  });
const worse = (i: number) => 1.2 + 0.01 * i;
const even = () => 1;

it('claims nothing of tasks in which either net might be tuned further', () => {
  const verdict = (...sides: Parameters<typeof gapsOf>) => gapClaims(gapsOf(...sides))[0]?.verdict;
  expect(verdict(tasksOf(worse), tasksOf(even))).toBe('supported');
  expect(verdict(tasksOf(even), tasksOf(worse))).toBe('refuted');
  expect(verdict(tasksOf(worse, 'edge'), tasksOf(even))).toBeUndefined();
  expect(verdict(tasksOf(even), tasksOf(worse, 'edge'))).toBeUndefined();
});

it('counts a plain net of which nothing trained as one that learnt nothing', () => {
  const [gap] = gapsOf(
    tasksOf(() => null, 'diverged'),
    tasksOf(worse),
  );
  expect(gap?.count).toBe(7);
  expect(gap?.mean.estimate).toBeCloseTo(6 - Math.log2(1.23 * 1.025), 1);
});
