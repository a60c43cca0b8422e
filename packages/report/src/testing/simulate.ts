import { normalSource, uniformSource } from '../statistics/random.ts';

/** For tests: the share of simulated samples for which something holds. */
export function simulatedShare(
  simulations: number,
  holds: (normal: () => number, index: number) => boolean,
  seed = 1,
): number {
  const normal = normalSource(uniformSource(seed));
  let count = 0;
  for (let i = 0; i < simulations; i++) if (holds(normal, i)) count += 1;
  return count / simulations;
}

/** For tests: three standard errors of a share estimated from so many simulations. */
export function shareError(share: number, simulations: number): number {
  return 3 * Math.sqrt((share * (1 - share)) / simulations);
}

/** For tests: so many independent standard normal numbers. */
export function sampleOf(count: number, normal: () => number): number[] {
  return Array.from({ length: count }, normal);
}
