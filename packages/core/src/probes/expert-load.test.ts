import { expect, it } from 'vitest';
import { expertLoad } from './expert-load.ts';

const mixture = { count: 2, active: 1, gate: 'softmax' } as const;

it('tells a router that cannot decide from one that decides evenly, and from one that has collapsed', () => {
  const of = (logits: readonly number[], assigned: readonly number[]) =>
    expertLoad(
      { logits: Float32Array.from(logits), assigned: Float32Array.from(assigned) },
      mixture,
    );
  expect(of([0, 0, 0, 0], [1, 0, 0, 1])).toMatchObject({ entropy: 1, balance: 1, imbalance: 1 });
  const decided = of([50, -50, -50, 50], [1, 0, 0, 1]);
  expect(decided.entropy).toBeLessThan(1e-9);
  expect(decided).toMatchObject({ balance: 1, imbalance: 1, dead: 0, dropped: 0 });
  const collapsed = of([50, -50, 50, -50], [1, 0, 0, 0]);
  expect(collapsed).toMatchObject({ imbalance: 2, dead: 1, load: [1, 0], dropped: 0.5 });
  expect(collapsed.balance).toBeLessThan(1e-9);
});

it('reads sigmoids as shares of their sum', () => {
  const logits = Float32Array.from([Math.log(3), 0]);
  const { entropy } = expertLoad(
    { logits, assigned: Float32Array.from([1, 0]) },
    { ...mixture, gate: 'sigmoid' },
  );
  // σ(ln 3) = 3/4 beside 1/2: shares of 0.6 and 0.4.
  expect(entropy).toBeCloseTo(-(0.6 * Math.log2(0.6) + 0.4 * Math.log2(0.4)), 6);
  expect(() => expertLoad({ logits, assigned: new Float32Array(4) }, mixture)).toThrow(
    'unknown sizes of probes: 2 and 4 (equal multiples of 2)',
  );
});
