import { decideHarm, type HarmDuel } from '@hyperlaw/report';
import { describe, expect, it } from 'vitest';
import type { CounterexampleDeclaration } from './declaration.ts';
import { statementOf, type Told } from './statement.ts';

const words = { size: 'depth', more: 'deeper' };

/** A duel whose larger net loses so much, in log2. */
const duel = (harm: number): HarmDuel => ({
  small: { size: 1, losses: [0.25, 0.25], status: 'interior' },
  large: { size: 8, losses: [0.25 * 2 ** harm, 0.25 * 2 ** harm], status: 'interior' },
  ...{ ceiling: 4, seeds: 2 },
});
const draws = (harm: number) => [-0.01, 0, 0.01, 0.02].map((off) => duel(harm + off));

/** Two finalists of which the second does harm; the ladder, with more steps, belongs to one of them. */
function told(ladder: number): Told {
  const evidence = {
    finalists: [0, 0.5].map((harm, i) => ({
      ...{ task: `task-${i}`, title: `task ${i}`, found: harm, believed: harm },
      duels: draws(harm),
    })),
    ...{ sample: [duel(-0.1)], ladder: null, stretched: draws(0.3) },
  };
  const findings = {
    ...{ searched: [0, 1], finalists: [{ point: [0] }, { point: [1] }] },
    ladder: { point: [ladder] },
  };
  const scale = {
    ...{ sizes: { small: 1, large: 8 }, steps: 600 },
    plan: { draws: 4, stretch: { factor: 4 } },
  };
  return { scale, findings, decision: decideHarm(evidence, words) } as unknown as Told;
}

const declaration = {
  ...{ words, family: { axes: [{ name: 'a', levels: [0, 1] }] } },
} as unknown as CounterexampleDeclaration;

describe('the statement of a find', () => {
  it('says at how many steps', () => {
    expect(statementOf(declaration, told(1))).toMatch(
      /^A counterexample: in the task task 1 .*at most 600 steps, 4 fresh draws/,
    );
  });

  it('tells of more steps only where they were those of the task that it names', () => {
    expect(statementOf(declaration, told(1))).toMatch(
      /with 4 times as many steps \+\d.* \(above \+5\.0 %: p = [\d.e-]+\)/,
    );
    expect(statementOf(declaration, told(0))).not.toContain('times as many steps');
  });
});
