import { openCpu } from '@hyperlaw/engine';
import type { TaskLaw } from '@hyperlaw/tasks';
import { loadTask } from '@hyperlaw/tasks';
import { describe, expect, it } from 'vitest';
import type { TaskLane } from './lane-plan.ts';
import { packRunner } from './pack-runner.ts';
import { smallShape, smallTransformerShape } from './testing/fixtures.ts';

const text: TaskLaw = {
  ...{ kind: 'typescript-bytes', context: 16, codeDim: 1, vocabulary: 32, instance: 0 },
};
const shape = smallTransformerShape({
  ...{ width: 32, heads: 2, headSize: 16, context: 12, expansion: 2, readout: 'tied' },
  ...{ optimizer: { kind: 'adam' }, batch: 16 },
});
const lane = (learningRate: number, seed: number, task: TaskLaw = text): TaskLane => ({
  task,
  parameterization: { name: 'mup', baseWidth: 8 },
  schedule: { kind: 'constant' },
  knobs: { learningRate },
  seed,
});
const lanesOf = (task: TaskLaw) => [lane(0.01, 1, task), lane(0.02, 1, task), lane(0.01, 2, task)];
const lanes = lanesOf(text);
const pack = { shape, steps: 150, heldOut: 'test' as const };
const runner = () =>
  packRunner({ device: openCpu(), loadTask: (law) => loadTask(law, { data: '' }), clock: () => 0 });

describe('a text read as tokens by a transformer', () => {
  it('is learnt, the same alone as among others, bit by bit', async () => {
    const run = runner();
    const together = await run({ ...pack, lanes });
    for (const [i, own] of lanes.entries()) {
      expect(await run({ ...pack, lanes: [own] })).toEqual([together[i]]);
      // Frequencies of single bytes alone leave about 2.7 nats of these 32 classes.
      expect(together[i]?.loss as number).toBeLessThan(2.5);
    }
  });

  it('is read from where its own windows end, whatever the runner trained on before', async () => {
    const of = (context: number, codeDim: number) => {
      const task: TaskLaw = { ...text, context, codeDim } as TaskLaw;
      const model = { ...shape.model, context: 4 };
      return { ...pack, shape: { ...shape, model }, steps: 20, lanes: lanesOf(task) };
    };
    // As many inputs, so that all else of the two programs is the same.
    const [short, long] = [of(4, 8), of(8, 4)];
    const run = runner();
    await run(long);
    expect(await run(short)).toEqual(await runner()(short));
  });

  it('is predicted at every position or at the last', async () => {
    const model = { ...shape.model, targets: 'last' } as const;
    const [result] = await runner()({ ...pack, shape: { ...shape, model }, steps: 3, lanes });
    expect(result?.status).toBe('finished');
  });

  it('must be a text, with as many tokens as the model reads', async () => {
    const of = (task: TaskLaw, context: number) =>
      runner()({
        ...pack,
        shape: { ...shape, model: { ...shape.model, context } },
        lanes: lanesOf(task),
      });
    await expect(of(text, 17)).rejects.toThrow(
      'unknown context: 17 (at most the 16 tokens of the task',
    );
    const classes: TaskLaw = {
      ...{
        kind: 'gaussian-mixture',
        inputDim: 4,
        classes: 3,
        separation: 2,
        capacity: 0.5,
        instance: 0,
      },
    };
    await expect(of(classes, 4)).rejects.toThrow(
      'unknown data for a model that reads tokens: dense (a text)',
    );
    const numbers: TaskLaw = {
      ...{ kind: 'teacher', inputDim: 4, outputDim: 1, width: 4, depth: 1, activation: 'relu' },
      ...{ noise: 0, instance: 0 },
    };
    await expect(of(numbers, 4)).rejects.toThrow(
      'unknown output of a model that reads tokens: regression (classes)',
    );
  });

  it('may be a language of fresh windows, read as tokens or as vectors', async () => {
    const facts: TaskLaw = {
      ...{ kind: 'facts', symbols: 8, length: 3, facts: 64, exponent: 1, noise: 0 },
      ...{ codeDim: 4, instance: 0 },
    };
    const last = { ...shape.model, context: 3, targets: 'last', readout: 'untied' } as const;
    const net = { ...smallShape({ width: 64, depth: 2 }), optimizer: shape.optimizer, batch: 16 };
    const steps = 600;
    for (const of of [{ ...shape, model: last }, net]) {
      const run = runner();
      const whole = { ...pack, shape: of, steps, lanes: lanesOf(facts) };
      const [together] = await run(whole);
      // Guessing costs ln 8; the most frequent fact alone is 61 % of what is said.
      expect(together?.loss as number).toBeLessThan(0.5 * Math.log(8));
      expect(await run({ ...whole, lanes: whole.lanes.slice(0, 1) })).toEqual([together]);
    }
  });

  it('has its held-out loss taken on the way, as shorter runs end with', async () => {
    const run = runner();
    const checkpoints = [10, 75];
    const long = await run({ ...pack, lanes, checkpoints });
    const plain = await run({ ...pack, lanes });
    expect(long.map(({ loss }) => loss)).toEqual(plain.map(({ loss }) => loss));
    for (const [i, steps] of checkpoints.entries()) {
      const short = await run({ ...pack, lanes, steps });
      expect(long.map((lane) => lane.checkpoints?.[i])).toEqual(short.map(({ loss }) => loss));
    }
    await expect(run({ ...pack, lanes, checkpoints: [150] })).rejects.toThrow(
      'unknown checkpoint: 150 (rising whole steps, below 150)',
    );
  });
});
