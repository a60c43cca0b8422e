import { type Evidence, measuredFrom, type Profile } from '@hyperlaw/cli';
import { madeUpVerdict } from '@hyperlaw/cli/testing';
import { parameterCount, type Shape } from '@hyperlaw/core';
import { renderPage, validateVerdict } from '@hyperlaw/report';
import { type ArmOutcome, madeUpOutcome, planSize } from '@hyperlaw/sweep';
import { available, constantLoss, loadTask, type Task } from '@hyperlaw/tasks';
import { describe, expect, it } from 'vitest';
import { contestantsOf, type Net } from './contestants.ts';
import type { Course, CourseInput, Signal } from './course.ts';
import { phenomenaPlan } from './phenomena-plan.ts';
import { type Cell, cellsOf, planOf } from './plan.ts';
import type { Plane, PlaneInput } from './plane.ts';
import { predictionsOf } from './predictions.ts';
import { suite } from './suite.ts';

/** The tasks of a profile that need no data folder. */
function tasksOf(profile: Profile): Promise<readonly Task[]> {
  const laws = suite.tasks(profile).filter((law) => available(law, { data: '' }).available);
  return Promise.all(laws.map((law) => loadTask(law, { data: '' })));
}

/** What an arm would come to if norms made a difference of a factor. */
function outcomeOf({ arm, contestant }: Cell, without: number): ArmOutcome {
  const level = contestant.normed ? 0.3 : 0.3 * without;
  return madeUpOutcome(arm, {
    setting: arm.space.map(({ name }) => (name === 'learningRate' ? -4 : 0)),
    lossOf: (seed, off) => level * (1 + 0.002 * (seed % 3) + 0.01 * off * off),
    ...{ tuningSeeds: 4, judgeSeeds: 8 },
  });
}

/** Planes and courses as theory would have them, whatever the norm: a rate of σ²/16 is best. */
function madeUpMeasured(tasks: readonly Task[]) {
  const ceilings = new Map(tasks.map((task) => [JSON.stringify(task.law), constantLoss(task)]));
  return measuredFrom(
    new Map(
      phenomenaPlan('standard', tasks).map(({ name, kind, input }) => [
        name,
        {
          status: 'done' as const,
          result: kind === 'plane' ? planeAs(input as PlaneInput) : courseAs(input as CourseInput),
        },
      ]),
    ),
  );

  function planeAs({ task, scales, rates, seeds }: PlaneInput): Plane {
    const { learningRate = 1, 'learningRate/hidden': factor = 1 } = rates[0] ?? {};
    const first = Math.log2(learningRate * factor);
    const ceiling = ceilings.get(JSON.stringify(task)) as number;
    return {
      losses: scales.map((_, s) =>
        rates.map((_, r) =>
          seeds.map((_, seed) => {
            // The best rate is 2^-4 at the usual scale.
            const off = r + first + 4 - 2 * (s - 2);
            return off > 4
              ? null
              : ceiling * (1 - 0.7 * Math.exp(-((off / 4) ** 2)) + 0.001 * seed);
          }),
        ),
      ),
    };
  }
}

function courseAs({ rates, seeds, stops, shape }: CourseInput): Course {
  const signals = Array.from(
    { length: shape.model.depth },
    (_, layer): Signal => ({ scale: 1.1 ** layer, rank: 8 * 0.9 ** layer }),
  );
  return {
    nets: rates.map((_, r) =>
      seeds.map((_, seed) => ({
        loss: r === rates.length - 1 ? null : 0.3 + 0.01 * r,
        squares: [0, ...stops].map((t) => [Math.sqrt(1 + 4 ** (r - 4) * t) * (1 + 0.01 * seed)]),
        start: signals,
        end: signals,
      })),
    ),
  };
}

describe('the plan', () => {
  const sides = { inputDim: 32, output: { kind: 'classes', count: 32 } } as const;

  it.each(['mlp', 'transformer'] as const satisfies readonly Net[])(
    'has as many normed nets as others of %s, of about the same size',
    async (net) => {
      const all = contestantsOf(net);
      const normed = all.filter((each) => each.normed);
      expect(normed).toHaveLength(all.length / 2);
      const cells = cellsOf('standard', await tasksOf('standard')).filter(
        (cell) => cell.net === net && cell.depth < 12,
      );
      const counts = all.map(({ id }) => {
        const cell = cells.find(({ contestant }) => contestant.id === id);
        return parameterCount(cell?.arm.shape as Shape, sides);
      });
      // Gains and biases of norms, and gains of branches and weights, beside the weights.
      expect(Math.max(...counts) / Math.min(...counts)).toBeLessThan(1.25);
    },
  );

  it('has four families or more, two depths, real data, and a transformer', async () => {
    const tasks = await tasksOf('standard');
    const cells = cellsOf('standard', tasks);
    const contests = new Set(cells.map(({ contest }) => contest));
    // MNIST needs a data folder.
    expect(contests.size).toBe(8);
    expect(new Set(cells.filter(({ net }) => net === 'mlp').map(({ depth }) => depth)).size).toBe(
      2,
    );
    expect(suite.tasks('standard').map(({ kind }) => kind)).toContain('mnist');
  });

  it('names every arm, experiment and task once and can be tuned within its budget', async () => {
    for (const profile of ['smoke', 'standard'] as const) {
      const tasks = await tasksOf(profile);
      const { arms, protocol } = planOf(profile, tasks);
      expect(new Set(arms.map(({ name }) => name)).size).toBe(arms.length);
      expect(new Set(tasks.map(({ name }) => name)).size).toBe(tasks.length);
      const names = phenomenaPlan(profile, tasks).map(({ name }) => name);
      expect(new Set(names).size).toBe(names.length);
      expect(planSize(arms, protocol).trials).toBeLessThan(profile === 'smoke' ? 1500 : 20_000);
    }
  });
});

describe('neighbours', () => {
  it('are the same contestant on the same task at the other depth, alike on both sides of a contest', async () => {
    const tasks = await tasksOf('standard');
    const cells = cellsOf('standard', tasks);
    const { neighbours } = planOf('standard', tasks);
    const byArm = new Map(cells.map((cell) => [cell.arm.name, cell]));
    const counts = new Map<string, Set<number>>();
    for (const cell of cells) {
      const own = neighbours?.(cell.arm) ?? [];
      const place = `${cell.contest} ${cell.task.name}`;
      counts.set(place, (counts.get(place) ?? new Set()).add(own.length));
      for (const { name } of own) {
        const other = byArm.get(name);
        expect(other?.contestant).toBe(cell.contestant);
        expect(other?.task).toBe(cell.task);
        expect(other?.depth).not.toBe(cell.depth);
      }
    }
    for (const [place, count] of counts) expect([...count], place).toHaveLength(1);
    expect([...counts.values()].filter((count) => count.has(1))).toHaveLength(8);
  });
});

describe('verdict and page', () => {
  const evidenceOf = async (without: number): Promise<Evidence> => {
    const tasks = await tasksOf('standard');
    return {
      ...planOf('standard', tasks),
      profile: 'standard',
      tasks,
      skipped: [],
      outcomes: cellsOf('standard', tasks).map((cell) => outcomeOf(cell, without)),
      measured: madeUpMeasured(tasks),
    };
  };

  it('are what the schema and the page take, on made-up outcomes of every task', async () => {
    const evidence = await evidenceOf(1);
    const verdict = madeUpVerdict(suite, evidence);
    const read = JSON.parse(JSON.stringify(verdict));
    expect(validateVerdict(read)).toEqual(read);
    const page = await renderPage({
      ...suite.page(evidence, verdict),
      title: suite.title,
      command: 'made up',
      verdict,
    });
    expect(page).not.toContain('NaN');
    expect(page.match(/class="banner"/g)).toHaveLength(2);
    expect(page.match(/<figure /g)?.length).toBeGreaterThanOrEqual(14);
  });

  it('say that norms are needed where they are, and not where they are not', async () => {
    const needed = async (without: number) =>
      madeUpVerdict(suite, await evidenceOf(without)).further?.[0]?.verdict;
    expect(await needed(1)).toBe('refuted');
    expect(await needed(1.5)).toBe('supported');
  });

  it('read off what was put into planes and courses', async () => {
    const predictions = predictionsOf(await evidenceOf(1));
    const effect = (id: string) => {
      const { tasks } = predictions.find((each) => each.id === id) ?? { tasks: [] };
      const means = tasks.map(({ seeds }) => seeds.reduce((sum, x) => sum + x, 0) / seeds.length);
      return means.reduce((sum, x) => sum + x, 0) / means.length;
    };
    expect(predictions).toHaveLength(14);
    for (const { tasks, id } of predictions) expect(tasks.length, id).toBeGreaterThan(2);
    expect(effect('square')).toBeCloseTo(2, 2);
    expect(effect('flat')).toBeCloseTo(0, 6);
    expect(effect('basin')).toBe(0);
    // w² = √(1 + 4^r t): at the largest rates η/w² stands still, and w² grows as √t.
    expect(effect('effective-rate')).toBeCloseTo(0, 1);
    expect(effect('growth')).toBeCloseTo(0.5, 2);
    expect(effect('scale')).toBeCloseTo(0, 6);
    expect(effect('centring')).toBeCloseTo(0, 6);
  });
});
