import { cpuLaboratory } from '@hyperlaw/cli/testing';
import type { TaskLaw } from '@hyperlaw/tasks';
import { afterAll, describe, expect, it } from 'vitest';
import { axes, BASE, type Sizes } from './axes.ts';
import { type Course, course } from './course.ts';
import type { Proposal } from './proposals.ts';

const laboratory = cpuLaboratory();
afterAll(() => laboratory.device.close());

const task: TaskLaw = {
  ...{ kind: 'teacher', inputDim: 8, outputDim: 1, width: 4, depth: 1, activation: 'relu' },
  ...{ noise: 0, instance: 0 },
};
const watch = (sizes: Sizes, proposals: readonly Proposal[], seeds = [1, 2]): Promise<Course> =>
  course({ task, sizes, proposals, seeds, learningRate: 2 ** -6, stops: [1, 4] }, laboratory);

describe('a course', () => {
  it('starts from nothing and moves every layer, under every rule', async () => {
    const { nets } = await watch(BASE, ['sp', 'all-scaling-mssp']);
    expect(nets.map((own) => own.map((looks) => looks.map(({ step }) => step)))).toEqual(
      [0, 1].map(() => [0, 1].map(() => [0, 1, 4])),
    );
    for (const [start, , end] of nets.flat()) {
      expect(Object.values(start?.changes ?? {})).toEqual([0, 0, 0, 0, 0]);
      expect(start?.features.kernel).toBeCloseTo(0, 6);
      for (const change of Object.values(end?.changes ?? {})) expect(change).toBeGreaterThan(0);
      // Without a capacity nothing is dropped, and a load is at least even.
      expect(end?.load.dropped).toBe(0);
      expect(end?.load.imbalance).toBeGreaterThanOrEqual(1);
      expect(end?.load.entropy).toBeLessThanOrEqual(1);
    }
  });

  it('at the base is the same under all rules that are SP there', async () => {
    const { nets } = await watch(BASE, ['sp', 'router-as-output', 'scaled-gates', 'bottleneck']);
    const [sp, ...others] = nets.map((own) => own.map((looks) => looks.at(-1)?.changes.output));
    for (const other of others) {
      other.forEach((change, seed) => {
        // Float32 round-off: lanes of one program do the same operations, with factors of 1 in other places.
        expect(change).toBeCloseTo(sp?.[seed] as number, 5);
      });
    }
  });

  it('of a net does not depend on those that train beside it', async () => {
    const wide = axes.all.sizes(2);
    const together = await watch(wide, ['sp', 'all-scaling'], [1, 2, 3]);
    const alone = await watch(wide, ['all-scaling'], [1, 2, 3]);
    const outputs = (nets: Course['nets'][number] | undefined) =>
      nets?.map((looks) => looks.at(-1)?.changes.output as number) ?? [];
    outputs(alone.nets[0]).forEach((change, seed) => {
      // Float32 round-off of sums in another order, through four steps.
      expect(change).toBeCloseTo(outputs(together.nets[1])[seed] as number, 5);
    });
  });
});
