/** P values adjusted for many comparisons by Holm (1979), in the order given: each is at most the level exactly where Holm's procedure rejects. */
export function holm(pValues: readonly number[]): number[] {
  const order = pValues.map((_, i) => i).sort((a, b) => (pValues[a] ?? 0) - (pValues[b] ?? 0));
  const adjusted = new Array<number>(pValues.length);
  let running = 0;
  order.forEach((index, rank) => {
    running = Math.max(running, Math.min(1, (pValues.length - rank) * (pValues[index] ?? 0)));
    adjusted[index] = running;
  });
  return adjusted;
}
