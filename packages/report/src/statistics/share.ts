import { betaCumulative, betaQuantile } from './distributions.ts';
import type { Estimate } from './estimate.ts';

function checkCount(count: number, total: number): void {
  const whole = Number.isInteger(count) && Number.isInteger(total);
  if (!whole || total < 1 || count < 0 || count > total) {
    throw new Error(`unknown share: ${count} of ${total} (whole, 0 to total, total at least 1)`);
  }
}

/** The share count/total with its exact Clopper–Pearson (1934) interval. */
export function shareInterval(
  count: number,
  total: number,
  { level = 0.95 }: { readonly level?: number } = {},
): Estimate {
  checkCount(count, total);
  const estimate = count / total;
  const tail = (1 - level) / 2;
  const low = count === 0 ? 0 : betaQuantile(tail, count, total - count + 1);
  const high = count === total ? 1 : betaQuantile(1 - tail, count + 1, total - count);
  return { estimate, interval: [low, high], level };
}

/** The exact two-sided binomial test of a share: twice the smaller tail, at most 1. */
export function shareTest(count: number, total: number, share = 0.5): number {
  checkCount(count, total);
  const atLeast = count === 0 ? 1 : betaCumulative(share, count, total - count + 1);
  const atMost = count === total ? 1 : 1 - betaCumulative(share, count + 1, total - count);
  return Math.min(1, 2 * Math.min(atLeast, atMost));
}
