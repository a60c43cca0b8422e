import { type Evidence, measuredFrom, type Profile } from '@hyperlaw/cli';
import { madeUpVerdict } from '@hyperlaw/cli/testing';
import { renderPage, validateVerdict } from '@hyperlaw/report';
import { type Arm, type ArmOutcome, madeUpOutcome, planSize } from '@hyperlaw/sweep';
import { available, loadTask, type Task } from '@hyperlaw/tasks';
import { describe, expect, it } from 'vitest';
import { axes, axisNames, BASE } from './axes.ts';
import type { Course, CourseInput, Look } from './course.ts';
import { coursePlan } from './course-plan.ts';
import { tunedOf } from './evidence.ts';
import { cellsOf, planOf } from './plan.ts';
import { proposalNames, sameTraining } from './proposals.ts';
import { suite } from './suite.ts';

/** The tasks of a profile that need no data folder. */
function tasksOf(profile: Profile): Promise<readonly Task[]> {
  const laws = suite.tasks(profile).filter((law) => available(law, { data: '' }).available);
  return Promise.all(laws.map((law) => loadTask(law, { data: '' })));
}

/** What an arm would come to if its best rate fell as the width does, and as the number of active experts. */
function outcomeOf(arm: Arm, at: number): ArmOutcome {
  const setting = Math.round(at);
  return madeUpOutcome(arm, {
    setting: [setting],
    lossOf: (seed, off) => 0.3 * (1 + 0.01 * (setting + off - at) ** 2 + 0.001 * seed),
    ...{ tuningSeeds: 2, judgeSeeds: 2 },
  });
}

/** A course in which nothing depends on size. */
function madeUpCourse({ proposals, seeds, stops }: CourseInput): Course {
  const look = (step: number, p: number, seed: number): Look => {
    const change = 0.1 * (1 + step) * (1 + 0.01 * p + 0.001 * seed);
    return {
      step,
      changes: {
        ...{ input: change, router: change, output: change },
        ...{ 'expert-up': change, 'expert-down': change },
      },
      load: { entropy: 0.9, balance: 0.95, imbalance: 1.4 + 0.01 * p, dead: 0, dropped: 0 },
      features: { relative: change, kernel: change / 4 },
    };
  };
  return {
    nets: proposals.map((_, p) =>
      seeds.map((seed) => [0, ...stops].map((step) => look(step, p, seed % 7))),
    ),
  };
}

describe('the plan', () => {
  it('goes through one net along every axis, at which all rules but equal starts are SP', () => {
    for (const axis of axisNames) expect(axes[axis].sizes(1)).toEqual(BASE);
    const others = proposalNames.filter((proposal) => sameTraining(BASE)[proposal] !== 'sp');
    expect(others).toEqual(['all-scaling-mssp']);
  });

  it('finds the proposals that train alike', () => {
    const wide = sameTraining(axes.width.sizes(4));
    expect(wide['fixed-experts']).toBe('router-as-output');
    expect(wide.bottleneck).toBe('all-scaling');
    expect(wide['router-as-output']).toBe('router-as-output');
    // At one width only what scales with numbers of experts differs from SP.
    const active = sameTraining(axes.active.sizes(4));
    expect(active['fixed-experts']).toBe('sp');
    expect(active['all-scaling']).toBe('all-scaling');
    expect(sameTraining(axes.experts.sizes(4))['bottleneck-mssp']).toBe('bottleneck-mssp');
  });

  it('has every rule at every size of every axis, and each arm once', async () => {
    for (const profile of ['smoke', 'standard', 'full'] as const) {
      const tasks = await tasksOf(profile);
      const cells = cellsOf(profile, tasks);
      const { arms, protocol } = planOf(profile, tasks);
      expect(cells.length % proposalNames.length).toBe(0);
      expect(new Set(arms.map(({ name }) => name)).size).toBe(arms.length);
      expect(new Set(cells.map(({ arm }) => arm.name)).size).toBe(arms.length);
      const most = { smoke: 1000, standard: 12_000, full: 100_000 }[profile];
      expect(planSize(arms, protocol).trials).toBeLessThan(most);
    }
  });
});

describe('verdict and page', () => {
  it('are what the schema and the page take, on made-up outcomes', async () => {
    const profile = 'standard';
    const tasks = await tasksOf(profile);
    const plan = planOf(profile, tasks);
    const rates = new Map(
      cellsOf(profile, tasks).map(({ arm, sizes, proposal }) => {
        const narrow = proposal === 'sp' ? sizes.width / BASE.width : 1;
        return [arm.name, -6.2 - Math.log2(narrow)] as const;
      }),
    );
    const experiments = coursePlan(profile).map(({ name, input }) => {
      const result = madeUpCourse(input as CourseInput);
      return [name, { status: 'done', result }] as const;
    });
    const evidence: Evidence = {
      ...plan,
      ...{ profile, tasks, skipped: [] },
      outcomes: plan.arms.map((arm) => outcomeOf(arm, rates.get(arm.name) ?? 0)),
      measured: measuredFrom(new Map(experiments)),
    };
    const verdict = madeUpVerdict(suite, evidence);
    const file = JSON.parse(JSON.stringify(verdict));
    expect(validateVerdict(file)).toEqual(file);
    expect(verdict.verdict).toBe('supported');
    // What stays put is named, and where SP needs no rule is said.
    expect(verdict.statement).toContain('router as output = fixed experts, least surely along');
    const { caveats = [] } = suite.page(evidence, verdict);
    expect(caveats.join(' ')).toContain('Along experts, active experts, experts and active ones');
    const claim = (words: string) => verdict.claims.find(({ name }) => name.includes(words));
    expect(claim('by the rule of SP')?.verdict).toBe('refuted');
    expect(claim('along width: SP')?.effect).toBeCloseTo(-1, 3);
    expect(claim('along width: router as output = fixed experts')?.verdict).toBe('supported');
    expect(claim('Every role moves its layer alike along width: router')?.effect).toBeCloseTo(0, 2);
    expect(tunedOf(evidence)).toHaveLength(cellsOf(profile, tasks).length);
    const page = await renderPage({
      ...suite.page(evidence, verdict),
      ...{ title: suite.title, command: 'made up', verdict },
    });
    expect(JSON.stringify(page)).not.toContain('NaN');
  });
});
