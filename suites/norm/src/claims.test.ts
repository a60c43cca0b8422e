import { LEVEL } from '@hyperlaw/report';
import { expect, it } from 'vitest';
import { needClaims } from './claims.ts';
import { NEED_MARGIN } from './need-gaps.ts';
import { decideNeed } from './need-rule.ts';
import { madeUpContests } from './testing/made-up-contests.ts';

it('gives every decided claim the p of the test that decided it', () => {
  // Norms are needed in even contests; in odd ones the third replacement is better.
  const law = {
    ...{ tuning: 0.02, seed: 0.05, noise: 0.02 },
    gap: (k: number, r: number) => (k % 2 === 0 ? 0.5 : r === 2 ? -0.1 : 0.3),
  };
  const claims = needClaims(decideNeed(madeUpContests(law, { run: 0 })));
  const words = claims.map(({ verdict }) => verdict);
  expect(words).toContain('supported');
  expect(words).toContain('refuted');
  for (const { verdict, pValue, test } of claims) {
    expect((pValue ?? 1) <= LEVEL).toBe(verdict !== 'inconclusive');
    expect(test.includes('pairs')).toBe(verdict === 'refuted');
  }
  // What is shown is what decided: with p doubled, a gap found within the margin has its interval there.
  for (const { name, verdict, interval } of claims) {
    if (name.startsWith('Norm layers') && verdict === 'refuted') {
      expect(interval?.[1]).toBeLessThan(NEED_MARGIN);
    }
  }
});
