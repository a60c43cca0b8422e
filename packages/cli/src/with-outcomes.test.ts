import type { ArmOutcome } from '@hyperlaw/sweep';
import { expect, it } from 'vitest';
import { withOutcomes } from './with-outcomes.ts';

const cells = ['one', 'two'].map((name, size) => ({ arm: { name }, size }));
const outcomeOf = (arm: string) => ({ arm }) as ArmOutcome;

it('puts outcomes beside the cells of their arms, and refuses those of another plan', () => {
  const outcomes = ['one', 'two'].map(outcomeOf);
  expect(withOutcomes(cells, outcomes)).toEqual([
    { ...cells[0], outcome: outcomes[0] },
    { ...cells[1], outcome: outcomes[1] },
  ]);
  const swapped = ['two', 'one'].map(outcomeOf);
  expect(() => withOutcomes(cells, swapped)).toThrow('unexpected outcome: two (one)');
  expect(() => withOutcomes(cells, [])).toThrow('unexpected outcome: undefined (one)');
});
