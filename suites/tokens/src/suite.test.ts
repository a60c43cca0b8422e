import type { Evidence, Profile } from '@hyperlaw/cli';
import { madeUpVerdict } from '@hyperlaw/cli/testing';
import { renderPage, validateVerdict } from '@hyperlaw/report';
import { type ArmOutcome, planSize, settingKnobs } from '@hyperlaw/sweep';
import { available, loadTask, randomStream, type Task } from '@hyperlaw/tasks';
import { scalingLoss } from '@hyperlaw/theory';
import { describe, expect, it } from 'vitest';
import { type Cell, cellsOf, planOf } from './plan.ts';
import { onePassShare } from './prediction.ts';
import { featureCells, featurePlan } from './random-features/plan.ts';
import { counterpart } from './random-features/task.ts';
import { difficulties } from './sources.ts';
import { suite } from './suite.ts';
import { plantedLaw } from './testing/made-up-scaling.ts';

/** The tasks of a profile that need no data folder. */
function tasksOf(profile: Profile): Promise<readonly Task[]> {
  const laws = suite.tasks(profile).filter((law) => available(law, { data: '' }).available);
  return Promise.all(laws.map((law) => loadTask(law, { data: '' })));
}

/** What a size and budget would come to if its loss obeyed the law that is predicted for its difficulty. */
function madeUpOutcome({ arm, task, parameters, tokens }: Cell): ArmOutcome {
  const difficulty = task.law.kind === 'facts' ? task.law.exponent : 0.2;
  const law = plantedLaw(
    { share: onePassShare(difficulty), alpha: 0.2 + 0.6 * difficulty },
    { budget: 3e7, parameters: 1500 * Math.exp(-0.4 * difficulty) },
  );
  const noise = new Float32Array(4);
  randomStream({ seed: 1, role: 'noise', path: [arm.name] }).fillNormal(0, noise);
  const setting = [-6];
  return {
    arm: arm.name,
    status: 'interior',
    edges: [],
    winner: { setting, knobs: { ...arm.knobs, ...settingKnobs(arm.space, setting) } },
    slice: [],
    judged: Array.from(noise, (z, seed) => ({
      ...{ seed, status: 'finished' as const, divergedAt: null },
      loss: 0.4 * scalingLoss(law, parameters, tokens) * Math.exp(0.01 * z),
    })),
    explored: [],
    borrowed: [],
    trials: { total: 12, diverged: 0, failed: 0 },
    spent: { screen: 3, halve: 3, refine: 1, confirm: 0, slice: 1, judge: 4 },
    compute: { modelSteps: 1, flops: 1, seconds: 1 },
    failures: [],
  };
}

describe('the plan', () => {
  it('has three languages or more, both texts, and both nets', () => {
    for (const profile of ['smoke', 'standard', 'full'] as const) {
      expect(difficulties[profile].length).toBeGreaterThanOrEqual(3);
    }
    const kinds = new Set(suite.tasks('standard').map(({ kind }) => kind));
    expect(kinds).toEqual(new Set(['facts', 'typescript-bytes', 'tiny-shakespeare']));
  });

  it('spends its budgets to half a step, on five sizes or more at each', async () => {
    const cells = cellsOf('standard', await tasksOf('standard'));
    const groups = new Map<string, Cell[]>();
    for (const cell of cells) {
      const { budget, parameters, tokens, arm } = cell;
      const half = (tokens / arm.steps / 2) * parameters;
      expect(Math.abs(parameters * tokens - budget)).toBeLessThanOrEqual(half);
      // Budgets within a hundredth are one to the parabolas.
      expect(Math.abs(Math.log((parameters * tokens) / budget))).toBeLessThanOrEqual(0.01);
      const key = `${cell.net} ${cell.task.name} ${budget}`;
      groups.set(key, [...(groups.get(key) ?? []), cell]);
    }
    for (const own of groups.values()) expect(own.length).toBeGreaterThanOrEqual(5);
  });

  it('names every arm once and can be tuned within its budget', async () => {
    for (const profile of ['smoke', 'standard'] as const) {
      const { arms, protocol } = planOf(profile, await tasksOf(profile));
      expect(new Set(arms.map(({ name }) => name)).size).toBe(arms.length);
      expect(planSize(arms, protocol).trials).toBeLessThan(profile === 'smoke' ? 500 : 8000);
    }
  });

  it('gives random features budgets of three sizes or more, and names of their own', () => {
    for (const profile of ['smoke', 'standard', 'full'] as const) {
      for (const { onePass, fitted, budgets } of featureCells(profile)) {
        const sizes = (all: readonly (readonly [number, number])[], budget: number) =>
          all.filter(([n, k]) => n * k === budget).length;
        for (const each of budgets.onePass) {
          expect(sizes(onePass.input.sizes, each)).toBeGreaterThanOrEqual(3);
        }
        for (const each of budgets.fitted) {
          expect(sizes(fitted.input.sizes, each)).toBeGreaterThanOrEqual(3);
        }
      }
      const names = featurePlan(profile).map(({ name }) => name);
      expect(new Set(names).size).toBe(names.length);
    }
    expect(counterpart(0.5, 100).eigenvalues).toHaveLength(100);
  });
});

describe('verdict and page', () => {
  it('are what the schema and the page take, on losses made up as predicted', async () => {
    const tasks = await tasksOf('standard');
    const evidence: Evidence = {
      ...planOf('standard', tasks),
      profile: 'standard',
      tasks,
      skipped: [{ name: 'tiny-shakespeare', reason: 'made up' }],
      outcomes: cellsOf('standard', tasks).map(madeUpOutcome),
      measured: () => ({ status: 'failed', reason: 'made up' }),
    };
    const verdict = madeUpVerdict(suite, evidence);
    expect(validateVerdict(JSON.parse(JSON.stringify(verdict)))).toEqual(
      JSON.parse(JSON.stringify(verdict)),
    );
    expect(verdict.verdict).toBe('supported');
    const page = await renderPage({
      ...suite.page(evidence, verdict),
      title: suite.title,
      command: 'made up',
      verdict,
    });
    expect(JSON.stringify(page)).not.toContain('NaN');
  });
});
