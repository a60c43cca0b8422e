/** What a seed is for: settings are chosen on tuning seeds and reported on judging seeds. */
export type SeedRole = 'tuning' | 'judging';

const PER_ROLE = 2 ** 16;
const REPLICATES = 2 ** 15;

/**
 * The `index`-th seed of a role, an unsigned 32-bit integer. Roles and replicates own disjoint ranges, so
 * that no judging seed was ever tuned on. Throws on an index or replicate out of range.
 */
export function seedOf(role: SeedRole, index: number, replicate = 0): number {
  checkRange('seed index', index, PER_ROLE);
  checkRange('replicate', replicate, REPLICATES);
  return (2 * replicate + (role === 'judging' ? 1 : 0)) * PER_ROLE + index;
}

/** The first `count` seeds of a role. */
export function seedsOf(role: SeedRole, count: number, replicate = 0): readonly number[] {
  return Array.from({ length: count }, (_, index) => seedOf(role, index, replicate));
}

function checkRange(name: string, value: number, end: number): void {
  if (!Number.isInteger(value) || value < 0 || value >= end) {
    throw new Error(`unknown ${name}: ${value} (an integer from 0 to ${end - 1})`);
  }
}
