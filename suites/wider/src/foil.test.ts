import type { SizedArm } from '@hyperlaw/report';
import { expect, it } from 'vitest';
import { gapClaim, gapsOf } from './foil.ts';

const armOf = (loss: number | null, status: SizedArm['status'] = 'interior'): SizedArm => ({
  ...{ size: 256, status },
  losses: Array.from({ length: 6 }, (_, seed) => loss && loss * (1 + 0.01 * seed)),
});

const claimOf = (mup: (i: number) => SizedArm, sp: (i: number) => SizedArm) =>
  gapClaim(
    gapsOf(
      Array.from({ length: 7 }, (_, i) => ({
        ...{ task: `${i}`, title: `${i}`, ceiling: 64, seeds: 6 },
        ...{ mup: [mup(i)], sp: [sp(i)] },
      })),
    ),
  );

it('claims nothing of tasks in which either net might be tuned further', () => {
  const worse = (i: number) => 1.2 + 0.01 * i;
  expect(
    claimOf(
      (i) => armOf(worse(i)),
      () => armOf(1),
    )?.verdict,
  ).toBe('refuted');
  expect(
    claimOf(
      () => armOf(1),
      (i) => armOf(worse(i)),
    )?.verdict,
  ).toBe('supported');
  expect(
    claimOf(
      (i) => armOf(worse(i), 'edge'),
      () => armOf(1),
    ),
  ).toBeNull();
  expect(
    claimOf(
      () => armOf(1),
      (i) => armOf(worse(i), 'edge'),
    ),
  ).toBeNull();
});

it('counts a net of which nothing trained as one that learnt nothing', () => {
  const claim = claimOf(
    (i) => armOf(1 + 0.01 * i),
    () => armOf(null, 'diverged'),
  );
  expect(claim).toMatchObject({ verdict: 'supported', test: 'mean over 7 tasks, t test' });
  expect(claim?.effect).toBeCloseTo(6 - Math.log2(1.03 * 1.025), 1);
});
