import type { Claim } from '@hyperlaw/report';
import type { Arm, ArmOutcome } from '@hyperlaw/sweep';
import type { Task } from '@hyperlaw/tasks';
import { describe, expect, it } from 'vitest';
import type { Evidence } from '../suite.ts';
import { contestsOf } from './doubt.ts';

const task = (name: string) => ({ name, law: { kind: 'teacher', name } }) as unknown as Task;
const arm = (of: string) => ({ task: task(of).law }) as unknown as Arm;
const outcome = (...losses: readonly (number | null)[]) =>
  ({ judged: losses.map((loss, seed) => ({ seed, loss })) }) as unknown as ArmOutcome;
const claim = (of: string | null, effect: number, half: number, changes: Partial<Claim> = {}) =>
  ({ task: of, effect, interval: [effect - half, effect + half], ...changes }) as Claim;

const evidence: Pick<Evidence, 'arms' | 'tasks' | 'outcomes'> = {
  tasks: [task('a'), task('b')],
  arms: [arm('a'), arm('b'), arm('a'), arm('b')],
  outcomes: [outcome(1, 1.2), outcome(3, 3), outcome(2, 2.2), outcome(3, null)],
};
const doubts = (claims: readonly Claim[]) =>
  contestsOf(evidence, { claims }).map(({ name, doubt }) => [name, Number(doubt.toFixed(6))]);

describe('contestsOf', () => {
  it('is in as much doubt as its least certain claim', () => {
    const claims = [claim('a', -0.4, 0.1), claim('a', 0.2, 0.1), claim('b', 0.1, 0.01)];
    expect(doubts(claims)).toEqual([
      ['a', 0.5],
      ['b', 0.1],
    ]);
  });

  it('takes an effect of nothing, or one that was not measured, for the most doubt', () => {
    expect(doubts([claim('a', 0, 0.1), claim('b', 1, 0, { interval: null })])).toEqual([
      ['a', 10],
      ['b', 10],
    ]);
  });

  it('looks at losses where no claim is on the task: claims across tasks and laws are not', () => {
    const others = [claim(null, 1, 5), claim('a', 1, 5, { predicted: 2 })];
    // Standard errors of 0.1 each, means 1 apart.
    expect(doubts(others)[0]).toEqual(['a', 0.2]);
  });

  it('holds the arms of a task together, with the seeds that all of them have', () => {
    expect(contestsOf(evidence, { claims: [] }).map(({ arms, seeds }) => [arms, seeds])).toEqual([
      [[0, 2], 2],
      [[1, 3], 2],
    ]);
  });

  it('has none where a task has one arm, or arms without a winner', () => {
    expect(contestsOf({ ...evidence, arms: [arm('a')] }, { claims: [] })).toEqual([]);
    const outcomes = evidence.outcomes.map((one, i) => (i === 0 ? outcome() : one));
    expect(contestsOf({ ...evidence, outcomes }, { claims: [] }).map(({ name }) => name)).toEqual([
      'b',
    ]);
  });
});
