import { describe, expect, it } from 'vitest';
import { normalSource, uniformSource } from '../statistics/random.ts';
import { sizeSample } from './size-sample.ts';
import { judgedLoss, type SizedLosses } from './sized-losses.ts';

const words = { size: 'width', more: 'wider' };

/** A made-up task whose log2 losses at every size are given, the same but for a little noise on all seeds. */
function taskOf(
  name: string,
  levels: Readonly<Record<number, number>>,
  { edge }: { readonly edge?: number } = {},
): SizedLosses {
  const normal = normalSource(uniformSource(name.length));
  return {
    ...{ task: name, title: name, ceiling: 64, seeds: 5, alike: [] },
    arms: Object.entries(levels).map(([size, level]) => ({
      size: Number(size),
      status: Number(size) === edge ? 'edge' : 'interior',
      losses: Array.from({ length: 5 }, () => 2 ** (level + 0.01 * normal())),
    })),
  };
}

describe('wins in a sample', () => {
  const sample = (wins: number, losses: number) =>
    sizeSample(
      [
        ...Array.from({ length: wins }, (_, i) =>
          taskOf(`win ${i}`, { 8: 0, 32: -1, 128: -2 }, { edge: 8 }),
        ),
        ...Array.from({ length: losses }, (_, i) => taskOf(`loss ${i}`, { 8: -2, 32: -1, 128: 0 })),
      ],
      words,
    ).overall;

  it('say nothing where those with a loser on the edge are all there are on their side', () => {
    // 30 of 40: p = 0.002 of all; of the 10 that are sound, none.
    expect(sample(30, 10)).toMatchObject({ count: 30, total: 40, pValue: 1 });
    expect(sample(30, 0).pValue).toBe(1);
  });
});

describe('effects in a sample', () => {
  it('are judged over seeds alone, however many sizes there are', () => {
    for (const sizes of [
      [8, 32, 128],
      [8, 32, 128, 512],
    ]) {
      // Off a line by far more than seeds scatter.
      const levels = Object.fromEntries(
        sizes.map((size, i) => [size, -0.2 * Math.log2(size) + (i % 2 === 0 ? 0.1 : -0.1)]),
      );
      const tasks = Array.from({ length: 8 }, (_, i) => taskOf(`task ${i}`, levels));
      const { clear, effects } = sizeSample(tasks, words);
      expect(effects.map(({ scatter }) => scatter)).toEqual(tasks.map(() => null));
      expect(clear).toEqual([8, 0]);
    }
  });
});

describe('the loss of an arm', () => {
  it('is at most that of a constant prediction on every seed, whether the run diverged or ended above it', () => {
    const ceiling = 1;
    const finite = judgedLoss({ losses: [0.5, 10] }, ceiling);
    expect(finite).toEqual(judgedLoss({ losses: [0.5, null] }, ceiling));
    expect(finite?.estimate).toBe(0.75);
  });
});
