import { expect, it } from 'vitest';
import { tunedStatus } from './arm.ts';

it('an arm of which trials failed is not known to be tuned, a winner or not, and none that diverged', () => {
  const failed = { status: 'failed', winner: null, edges: [] } as const;
  expect(tunedStatus(failed)).toBe('edge');
  expect(tunedStatus({ ...failed, status: 'diverged' })).toBe('diverged');
});
