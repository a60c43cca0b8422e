import { LEVEL } from '@hyperlaw/report';
import { normals, randomStream } from '@hyperlaw/tasks';
import { describe, expect, it } from 'vitest';
import { decideAccount, type Prediction } from './account-rule.ts';

/** Made-up predictions of effects in [−1, 1], whose effects are what is said, by prediction and task. */
function madeUp(
  effect: (prediction: number, task: number) => number,
  { run = 0, noise = 0.3, count = 14 } = {},
): readonly Prediction[] {
  const normal = normals(randomStream({ seed: run, role: 'made-up', path: [] }));
  return Array.from({ length: count }, (_, i) => ({
    ...{ id: `p${i}`, name: `prediction ${i}`, unit: '', note: '' },
    // As they are: some of two bounds, some of one.
    region: i % 2 === 0 ? { low: -1, high: 1 } : { low: -Infinity, high: 1 },
    tasks: [0, 1, 2].map((task) => ({
      title: `task ${task}`,
      seeds: Array.from({ length: 5 }, () => effect(i, task) + noise * normal()),
    })),
  }));
}

const verdictOf = (...of: Parameters<typeof madeUp>) => decideAccount(madeUp(...of)).verdict;

describe('what the rule says of made-up effects', () => {
  it('supports where all lie where they should, and where a few are unknown', () => {
    expect(verdictOf(() => 0)).toBe('supported');
    expect(verdictOf((i) => (i < 3 ? 1 : 0))).toBe('supported');
  });

  it('refutes where most lie elsewhere', () => {
    expect(verdictOf(() => 3)).toBe('refuted');
    expect(verdictOf((i) => (i < 4 ? 0 : 3))).toBe('refuted');
  });

  it('is mixed where some hold and one fails, or holds in one task and fails in another', () => {
    expect(verdictOf((i) => (i === 2 ? 3 : 0))).toBe('mixed');
    const { verdict, judged } = decideAccount(madeUp((i, task) => (i === 2 && task === 1 ? 4 : 0)));
    expect(verdict).toBe('mixed');
    expect(judged[2]?.verdict).toBe('mixed');
  });

  it('is inconclusive where noise hides them, and where little was measured', () => {
    expect(verdictOf(() => 0, { noise: 10 })).toBe('inconclusive');
    const few = madeUp(() => 0).map((each, i) => (i < 7 ? { ...each, tasks: [] } : each));
    const { verdict, judged } = decideAccount(few);
    expect(verdict).toBe('inconclusive');
    expect(judged[0]?.effect).toBeNull();
  });
});

describe('where every effect stands on its bound', () => {
  const runs = 400;
  // Three binomial standard errors above the level.
  const most = LEVEL + 3 * Math.sqrt((LEVEL * (1 - LEVEL)) / runs);

  it('says anything of any of them no more often than the level, in either direction', () => {
    let [some, decided] = [0, 0];
    for (let run = 0; run < runs; run++) {
      const { verdict, judged } = decideAccount(madeUp(() => 1, { run }));
      if (judged.some((each) => each.verdict === 'supported' || each.verdict === 'refuted')) some++;
      if (verdict !== 'inconclusive') decided++;
    }
    expect(some / runs).toBeLessThanOrEqual(most);
    expect(decided / runs).toBeLessThanOrEqual(most);
  });
});

describe('tasks whose scatter counts', () => {
  it('widen the interval, and do not make a prediction mixed', () => {
    const own = madeUp((_, task) => (task === 1 ? 2 : 0), { noise: 0.1, count: 1 });
    const [plain] = decideAccount(own).judged;
    const [wide] = decideAccount(own.map((each) => ({ ...each, scattered: true }))).judged;
    expect(plain?.verdict).toBe('mixed');
    expect(wide?.verdict).toBe('inconclusive');
    const width = (judged = plain) => (judged?.interval?.[1] ?? 0) - (judged?.interval?.[0] ?? 0);
    expect(width(wide)).toBeGreaterThan(5 * width(plain));
  });
});
