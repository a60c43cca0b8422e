import { describe, expect, it } from 'vitest';
import { staircase } from './hermite-terms.ts';
import { checkTaskName, loadTask, taskKinds, taskName } from './registry.ts';
import type { TaskLaw } from './task-law.ts';

const data = '/nowhere';
const teacher = {
  kind: 'teacher',
  inputDim: 4,
  outputDim: 1,
  width: 4,
  depth: 1,
  activation: 'relu',
  noise: 0,
  instance: 0,
} as const;
const hierarchy = {
  kind: 'hierarchy',
  symbols: 4,
  synonyms: 2,
  branching: 2,
  levels: 2,
  classes: 2,
  code: 'one-hot',
  instance: 0,
} as const;

const load = (law: unknown, name?: string) =>
  loadTask(law as TaskLaw, name === undefined ? { data } : { data, name });

describe('loadTask', () => {
  it.each([
    [{ kind: 'foo' }, /^unknown task: foo \(one of teacher, multi-index, .*, finite\)$/],
    [{ kind: '<b>' }, /^unknown task: <b> \(one of /],
    [{}, /^unknown task: nothing \(one of /],
    [null, /^unknown task: nothing \(one of /],
    [{ kind: 'toString' }, /^unknown task: toString /],
    [{ ...teacher, width: -3 }, /^unknown width: -3 \(an integer from 1 to 4096\)$/],
    [{ ...teacher, width: 2.5 }, /^unknown width: 2.5 /],
    [{ ...teacher, width: '8' }, /^unknown width: 8 /],
    [{ ...teacher, width: undefined }, /^unknown width: nothing /],
    [{ ...teacher, width: 4000, depth: 2 }, /^unknown width: 4000 \(at most 1048576 weights, not /],
    [{ ...teacher, noise: Number.NaN }, /^unknown noise: NaN \(a number from 0 to 1000\)$/],
    [{ ...teacher, noise: -1 }, /^unknown noise: -1 /],
    [{ ...teacher, instance: -1 }, /^unknown instance: -1 \(a non-negative integer\)$/],
    [{ ...teacher, inputDim: 0 }, /^unknown input dim: 0 /],
    [{ ...teacher, activation: 'step' }, /^unknown activation: step \(one of relu, tanh, sine, li/],
    [{ ...teacher, widht: 3 }, /^unknown parameter of task teacher: widht \(one of inputDim, /],
    [
      { kind: 'multi-index', inputDim: 2, terms: [[1, 1, 1]], noise: 0, instance: 0 },
      /^unknown terms: 3 directions \(at most the input dim, 2\)$/,
    ],
    [
      { kind: 'parity', inputDim: 4, sparsity: 5, output: 'classes', flip: 0, instance: 0 },
      /^unknown sparsity: 5 \(an integer from 1 to 4\)$/,
    ],
    [
      {
        kind: 'gaussian-mixture',
        inputDim: 4,
        classes: 5,
        separation: 1,
        capacity: 0,
        instance: 0,
      },
      /^unknown classes: 5 \(an integer from 2 to 4\)$/,
    ],
    [{ ...hierarchy, synonyms: 5 }, /^unknown synonyms: 5 \(at most 4: /],
    [{ ...hierarchy, levels: 16 }, /^unknown levels: 16 \(an input dim of at most 65536, /],
    [{ ...hierarchy, symbols: 4096, branching: 16 }, /^unknown symbols: 4096 /],
    [{ ...hierarchy, code: 'dense' }, /^unknown code: dense \(one-hot, or a number\)$/],
    [{ kind: 'mnist', side: 5 }, /^unknown side: 5 \(one of 28, 14, 7, 4, 2, 1\)$/],
    [{ kind: 'mnist', side: 7 }, /^missing data: mnist \(not in \/nowhere\)$/],
    [{ kind: 'cifar-10', side: 8 }, /^missing data: cifar-10 \(not in \/nowhere\)$/],
    [
      { kind: 'tiny-shakespeare', context: 4, codeDim: 4, vocabulary: 'all', instance: 0 },
      /^missing data: tiny-shakespeare \(not in \/nowhere\)$/,
    ],
    [
      { kind: 'typescript-bytes', context: 4, codeDim: 4, vocabulary: 1, instance: 0 },
      /^unknown vocabulary: 1 \(an integer from 2 to 256\)$/,
    ],
    [{ kind: 'finite', of: teacher, samples: 0 }, /^unknown samples: 0 \(an integer from 1 to /],
    [{ kind: 'finite', of: { ...teacher, width: 0 }, samples: 5 }, /^unknown width: 0 /],
    [
      { kind: 'finite', of: { kind: 'finite', of: teacher, samples: 2 }, samples: 5 },
      /^unknown law of a finite task: finite \(one of /,
    ],
    [{ kind: 'finite', samples: 5 }, /^unknown law of a finite task: nothing \(one of /],
    [{ ...teacher, 'x\n<script>': 1 }, /^unknown parameter of task teacher: x <script> \(/],
  ])('refuses %j in one line', async (law, message) => {
    const error = await load(law).then(
      () => null,
      (thrown: unknown) => thrown as Error,
    );
    expect(error?.message).toMatch(message);
    expect(error?.message).not.toContain('\n');
  });

  it.each(['../x', '<b>x</b>', 'a/b', 'a--b', '-a', '', 'A', 'a b', 'a\n', 'x'.repeat(81)])(
    'refuses the name %j',
    async (name) => {
      await expect(load(teacher, name)).rejects.toThrow(/^unknown task name: /);
    },
  );

  it('takes a safe name, and makes one where none is given', async () => {
    expect((await load(teacher, 'teacher-narrow-2')).name).toBe('teacher-narrow-2');
    expect((await load(teacher)).name).toBe(taskName(teacher));
    expect(checkTaskName(taskName(teacher))).toMatch(/^teacher-[0-9a-f]{8}$/);
  });
});

describe('taskName', () => {
  it('is the same for the same law, however its keys are ordered, and another for another', () => {
    const reversed = Object.fromEntries(Object.entries(teacher).reverse()) as typeof teacher;
    expect(taskName(reversed)).toBe(taskName(teacher));
    expect(taskName({ ...teacher, instance: 1 })).not.toBe(taskName(teacher));
    const terms = (steps: number) => staircase({ leap: 1, steps });
    const law = { kind: 'multi-index', inputDim: 8, noise: 0, instance: 0 } as const;
    expect(taskName({ ...law, terms: terms(2) })).not.toBe(taskName({ ...law, terms: terms(3) }));
  });

  it('is safe for every kind', () => {
    for (const kind of taskKinds) checkTaskName(taskName({ kind } as TaskLaw));
  });
});
