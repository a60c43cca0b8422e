import { type Evidence, measuredFrom, type Profile } from '@hyperlaw/cli';
import { madeUpVerdict } from '@hyperlaw/cli/testing';
import { renderPage, validateVerdict } from '@hyperlaw/report';
import { type Arm, type ArmOutcome, madeUpOutcome, planSize } from '@hyperlaw/sweep';
import { available, loadTask, type Task } from '@hyperlaw/tasks';
import { describe, expect, it } from 'vitest';
import { comparisons } from './equal-budgets.ts';
import { cellsOf, planOf } from './plan.ts';
import { suite } from './suite.ts';
import { driftClaims } from './transfer.ts';

/** The tasks of a profile that need no data folder. */
function tasksOf(profile: Profile): Promise<readonly Task[]> {
  const laws = suite.tasks(profile).filter((law) => available(law, { data: '' }).available);
  return Promise.all(laws.map((law) => loadTask(law, { data: '' })));
}

/** What an arm would come to if its loss fell with depth and its best rate stood where it should. */
function outcomeOf(arm: Arm, depth: number): ArmOutcome {
  return madeUpOutcome(arm, {
    setting: arm.space.map(({ name }) => (name === 'learningRate' ? -4 : 0)),
    lossOf: (seed, off) => 0.5 * depth ** -0.1 * (1 + 0.001 * seed + 0.01 * off * off),
    ...{ tuningSeeds: 3, judgeSeeds: 6 },
  });
}

describe('the plan', () => {
  it('has bytes for MLPs and for the transformer, the random hierarchy, and more', async () => {
    const laws = suite.tasks('standard').map(({ kind }) => kind);
    expect(laws.filter((kind) => kind === 'typescript-bytes')).toHaveLength(2);
    for (const kind of ['mnist', 'teacher', 'hierarchy']) expect(laws).toContain(kind);
  });

  it('has every depth once in every comparison', async () => {
    for (const profile of ['smoke', 'standard', 'full'] as const) {
      const cells = cellsOf(profile, await tasksOf(profile));
      const compared = cells.filter(({ group }) => group !== 'transfer');
      const places = [
        ...new Set(compared.map(({ task, net, group }) => `${task.name} ${net} ${group}`)),
      ];
      for (const place of places) {
        const own = compared.filter(
          ({ task, net, group }) => `${task.name} ${net} ${group}` === place,
        );
        const depths = comparisons.map((comparison) =>
          own
            .filter((cell) => cell.comparisons.includes(comparison))
            .map(({ depth }) => depth)
            .sort((a, b) => a - b),
        );
        expect(new Set(depths[0]).size).toBe(depths[0]?.length);
        expect(depths[1]).toEqual(depths[0]);
        expect(depths[2]).toEqual(depths[0]);
      }
    }
  });

  it.each(['standard', 'full'] as const)(
    'of %s reaches depth 64 from 1, of either MLP on every named task, in every comparison',
    async (profile) => {
      const cells = cellsOf(profile, await tasksOf(profile));
      const named = cells.filter(({ group, net }) => group === 'named' && net !== 'transformer');
      const tasks = new Set(named.map(({ task }) => task.name));
      for (const depth of [1, 64]) {
        const places = named
          .filter((cell) => cell.depth === depth)
          .flatMap((cell) =>
            cell.comparisons.map((each) => `${cell.task.name} ${cell.net} ${each}`),
          );
        expect(places).toHaveLength(tasks.size * 2 * comparisons.length);
      }
      const transfers = cells.filter(({ group }) => group === 'transfer');
      expect(Math.max(...transfers.map(({ depth }) => depth))).toBe(64);
    },
  );

  it('lets arms borrow from the next depths of the same net, task, rule and comparison', async () => {
    const tasks = await tasksOf('standard');
    const cells = cellsOf('standard', tasks);
    const { neighbours } = planOf('standard', tasks);
    const byName = new Map(cells.map((cell) => [cell.arm.name, cell]));
    for (const cell of cells) {
      const own = (neighbours?.(cell.arm) ?? []).map(({ name }) => byName.get(name));
      const alike = (other: (typeof own)[number]) =>
        ['group', 'net', 'task', 'rule'].every(
          (key) => other?.[key as keyof typeof cell] === cell[key as keyof typeof cell],
        ) && cell.comparisons.some((each) => other?.comparisons.includes(each));
      expect(own.every(alike)).toBe(true);
      // The anchor stands in all three comparisons.
      expect(own.length).toBeGreaterThanOrEqual(cell.comparisons.length);
      expect(own.length).toBeLessThanOrEqual(2 * cell.comparisons.length);
    }
  });

  it('names every arm once and can be tuned within its budget', async () => {
    for (const profile of ['smoke', 'standard'] as const) {
      const { arms, protocol } = planOf(profile, await tasksOf(profile));
      expect(new Set(arms.map(({ name }) => name)).size).toBe(arms.length);
      expect(planSize(arms, protocol).trials).toBeLessThan(profile === 'smoke' ? 1000 : 40_000);
    }
  });
});

describe('the best rate', () => {
  it('of nets that learnt nothing says nothing of transfer', async () => {
    const tasks = await tasksOf('standard');
    const cells = cellsOf('standard', tasks).filter(({ group }) => group === 'transfer');
    const idle = cells[0]?.task.name;
    const drifts = (guess: number) =>
      driftClaims(
        cells.map((cell) => {
          const { arm, depth, task } = cell;
          const own = task.name === idle;
          const setting = arm.space.map(() => (own ? -4 + Math.round(Math.log2(depth)) : -4));
          const lossOf = (_: number, off: number) => (own ? guess : 0.5) * (1 + 0.01 * off * off);
          const seeds = { tuningSeeds: 3, judgeSeeds: 6 };
          return { ...cell, outcome: madeUpOutcome(arm, { setting, lossOf, ...seeds }) };
        }),
      ).map(({ effect }) => effect ?? Number.NaN);
    for (const effect of drifts(100)) expect(effect).toBeCloseTo(0, 6);
    expect(Math.max(...drifts(0.5))).toBeGreaterThan(0.05);
  });
});

describe('verdict and page', () => {
  it('are what the schema and the page take, on made-up outcomes of every task', async () => {
    const tasks = await tasksOf('standard');
    const cells = cellsOf('standard', tasks);
    const evidence: Evidence = {
      ...planOf('standard', tasks),
      profile: 'standard',
      tasks,
      skipped: [],
      outcomes: cells.map(({ arm, depth }) => outcomeOf(arm, depth)),
      measured: measuredFrom(new Map()),
    };
    const verdict = madeUpVerdict(suite, evidence);
    expect(validateVerdict(JSON.parse(JSON.stringify(verdict)))).toEqual(
      JSON.parse(JSON.stringify(verdict)),
    );
    expect(verdict.verdict).toBe('supported');
    expect(verdict.statement).toContain(
      'in the median task a doubling of depth multiplies the loss by 0.933',
    );
    const transfer = verdict.claims.filter(({ name }) => name.includes('transfers'));
    expect(transfer).toHaveLength(4);
    for (const claim of transfer) expect(claim.effect).toBeCloseTo(0, 6);
    // The knob stands still, so that the multiplier goes as its rule does.
    const falls = verdict.claims.find(({ name }) => name.includes('multiplier'));
    expect(falls?.effect).toBeCloseTo(-1 / 2, 6);
    const page = await renderPage({
      ...suite.page(evidence, verdict),
      title: suite.title,
      command: 'made up',
      verdict,
    });
    expect(JSON.stringify(page)).not.toContain('NaN');
  });
});
