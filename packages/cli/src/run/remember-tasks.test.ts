import { loadTask, type TaskLaw } from '@hyperlaw/tasks';
import { describe, expect, it } from 'vitest';
import { rememberTasks } from './remember-tasks.ts';

const lawOf = (instance: number): TaskLaw => ({
  ...{ kind: 'teacher', inputDim: 2, outputDim: 1, width: 2, depth: 1, activation: 'relu' },
  ...{ noise: 0, instance },
});

/** A remembering loader that counts what it loads, and fails the first time if told to. */
function loader({ fails = false } = {}) {
  const loaded: number[] = [];
  const load = rememberTasks(async (law) => {
    loaded.push(law.kind === 'teacher' ? law.instance : -1);
    if (fails && loaded.length === 1) throw new Error('busy');
    return loadTask(law, { data: '' });
  });
  return { load, loaded };
}

describe('a task', () => {
  it('is loaded once, however often and how soon it is asked for again', async () => {
    const { load, loaded } = loader();
    const [one, same] = await Promise.all([load(lawOf(1)), load(lawOf(1))]);
    expect(same).toBe(one);
    expect(await load(lawOf(1))).toBe(one);
    expect(loaded).toEqual([1]);
  });

  it('is forgotten where 64 others were asked for since', async () => {
    const { load, loaded } = loader();
    const many = Array.from({ length: 64 }, (_, instance) => instance);
    for (const instance of [...many, 0, 64]) await load(lawOf(instance));
    await load(lawOf(0));
    expect(loaded).toEqual([...many, 64]);
    await load(lawOf(1));
    expect(loaded.at(-1)).toBe(1);
  });

  it('with data from files is forgotten where eight others were asked for since', async () => {
    const text: TaskLaw = {
      ...{ kind: 'typescript-bytes', context: 2, codeDim: 4, vocabulary: 32, instance: 0 },
    };
    const { load, loaded } = loader();
    const ask = async (laws: readonly TaskLaw[]) => {
      for (const law of laws) await load(law);
    };
    const others = Array.from({ length: 8 }, (_, instance) => lawOf(instance));
    await ask([text, ...others.slice(0, 7), text]);
    expect(loaded).toEqual([-1, 0, 1, 2, 3, 4, 5, 6]);
    await ask([...others, text]);
    expect(loaded.slice(8)).toEqual([7, -1]);
  });

  it('that could not be loaded once is loaded when it is asked for again', async () => {
    const { load, loaded } = loader({ fails: true });
    await expect(load(lawOf(1))).rejects.toThrow('busy');
    expect((await load(lawOf(1))).inputDim).toBe(2);
    expect(loaded).toEqual([1, 1]);
  });
});
