/** The median of numbers. Throws on none. */
export function median(values: readonly number[]): number {
  if (values.length === 0) throw new Error('unknown median: of 0 numbers (at least one)');
  const sorted = [...values].sort((a, b) => a - b);
  const middle = sorted.length >> 1;
  const upper = sorted[middle] as number;
  return sorted.length % 2 === 1 ? upper : (upper + (sorted[middle - 1] as number)) / 2;
}

/** The largest relative difference `|a − b| / |b|` of the numbers that both curves have. */
export function largestDifference(a: readonly number[], b: readonly number[]): number {
  let largest = 0;
  for (let i = 0; i < Math.min(a.length, b.length); i++) {
    const [one, other] = [a[i] as number, b[i] as number];
    largest = Math.max(largest, Math.abs(one - other) / Math.abs(other));
  }
  return largest;
}
