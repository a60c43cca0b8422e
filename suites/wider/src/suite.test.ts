import { type Evidence, measuredFrom, type Profile } from '@hyperlaw/cli';
import { madeUpVerdict } from '@hyperlaw/cli/testing';
import { renderPage, validateVerdict } from '@hyperlaw/report';
import { type Arm, type ArmOutcome, madeUpOutcome, planSize } from '@hyperlaw/sweep';
import { available, loadTask, type Task } from '@hyperlaw/tasks';
import { describe, expect, it } from 'vitest';
import { cellsOf, planOf } from './plan.ts';
import { suite } from './suite.ts';

/** The tasks of a profile that need no data folder. */
function tasksOf(profile: Profile): Promise<readonly Task[]> {
  const laws = suite.tasks(profile).filter((law) => available(law, { data: '' }).available);
  return Promise.all(laws.map((law) => loadTask(law, { data: '' })));
}

/** What an arm would come to if its loss fell with width and its best rate stood where it should. */
function outcomeOf(arm: Arm, width: number, judgeSeeds: number): ArmOutcome {
  return madeUpOutcome(arm, {
    setting: arm.space.map(({ name }) => (name === 'learningRate' ? -4 : -1)),
    lossOf: (seed, off) => 0.5 * width ** -0.1 * (1 + 0.001 * seed + 0.01 * off * off),
    ...{ tuningSeeds: 3, judgeSeeds },
  });
}

async function madeUpEvidence(profile: Profile, judgeSeeds = 6): Promise<Evidence> {
  const tasks = await tasksOf(profile);
  const outcomes = cellsOf(profile, tasks).map(({ arm, width }) =>
    outcomeOf(arm, width, judgeSeeds),
  );
  return {
    ...planOf(profile, tasks),
    profile,
    tasks,
    skipped: [],
    outcomes,
    measured: measuredFrom(new Map()),
  };
}

describe('the plan', () => {
  it('has six named tasks at least and is never without the declaration files', async () => {
    const laws = suite.tasks('standard').map(({ kind }) => kind);
    for (const kind of [
      'typescript-bytes',
      'mnist',
      'teacher',
      'multi-index',
      'power-law',
      'hierarchy',
    ]) {
      expect(laws.slice(0, 7)).toContain(kind);
    }
    expect((await tasksOf('smoke')).map(({ law }) => law.kind)).toContain('typescript-bytes');
  });

  it('covers widths 8 to 256 in μP and SP, and to 4096 in full', async () => {
    for (const [profile, widest] of [
      ['standard', 256],
      ['full', 4096],
    ] as const) {
      const cells = cellsOf(profile, await tasksOf(profile)).filter(
        ({ group }) => group === 'named',
      );
      for (const name of ['mup', 'sp']) {
        const widths = cells
          .filter(({ parameterization }) => parameterization === name)
          .map(({ width }) => width);
        expect([Math.min(...widths), Math.max(...widths)]).toEqual([8, widest]);
      }
    }
  });

  it('names every arm once and can be tuned within its budget', async () => {
    for (const profile of ['smoke', 'standard'] as const) {
      const { arms, protocol } = planOf(profile, await tasksOf(profile));
      expect(new Set(arms.map(({ name }) => name)).size).toBe(arms.length);
      expect(planSize(arms, protocol).trials).toBeLessThan(profile === 'smoke' ? 400 : 12_000);
    }
  });
});

describe('verdict and page', () => {
  it('make use of judging seeds beyond the protocol’s, where a budget has added some', async () => {
    const [few, many] = [await madeUpEvidence('smoke'), await madeUpEvidence('smoke', 24)];
    const widthOf = (evidence: Evidence) => {
      const [low, high] = suite.judge(evidence).claims[0]?.interval ?? [0, 0];
      return high - low;
    };
    expect(widthOf(many)).not.toBe(widthOf(few));
  });

  it('are what the schema and the page take, on made-up outcomes of every task', async () => {
    const evidence = await madeUpEvidence('standard');
    const verdict = madeUpVerdict(suite, evidence);
    expect(validateVerdict(JSON.parse(JSON.stringify(verdict)))).toEqual(
      JSON.parse(JSON.stringify(verdict)),
    );
    expect(verdict.verdict).toBe('supported');
    expect(verdict.statement).toContain('multiplies the held-out loss by 0.933 [0.933, 0.933]');
    expect(verdict.statement).toContain(
      'width 128 beats width 8 in 40 of the 40 in which anything is learnt (100 %',
    );
    const transfer = verdict.claims.find(({ name }) => name.includes('transfers'));
    expect(transfer?.verdict).toBe('supported');
    expect(transfer?.effect).toBeCloseTo(0, 6);
    const page = await renderPage({
      ...suite.page(evidence, verdict),
      title: suite.title,
      command: 'made up',
      verdict,
    });
    expect(JSON.stringify(page)).not.toContain('NaN');
  });
});
