import { type ArmOutcome, defineProtocol } from '@hyperlaw/sweep';
import { expect, it } from 'vitest';
import { judgedSeeds } from './judged-seeds.ts';

const protocol = defineProtocol({ judgeSeeds: 6 });
const judgedOn = (count: number) => ({ judged: Array(count).fill({}) }) as unknown as ArmOutcome;

it('is what all arms with a winner have', () => {
  expect(judgedSeeds([judgedOn(6), judgedOn(6)], protocol)).toBe(6);
  expect(judgedSeeds([judgedOn(24), judgedOn(0), judgedOn(20)], protocol)).toBe(20);
});

it('is the protocol’s where none has a winner', () => {
  expect(judgedSeeds([judgedOn(0)], protocol)).toBe(6);
  expect(judgedSeeds([], protocol)).toBe(6);
});
